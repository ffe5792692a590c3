package fulcrum.action;

import static fulcrum.testing.Nodes.children;
import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.Call;
import fulcrum.directory.Json;
import fulcrum.flow.Action;
import fulcrum.flow.ActionCatalog;
import fulcrum.flow.Branches;
import fulcrum.flow.Doc;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.WholeData;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

class RouteToCidTest {
    /// Tells what it was given, and that nobody answered.
    @Named("ring_group")
    @Doc("For the test.")
    public record Told(@WholeData ObjectNode data) implements Action {
        @Override
        public Next run(Call call, Branches branches) {
            call.notice(branches.pointer(), data.toString());
            return Next.child("NO_ANSWER");
        }
    }

    private static final ActionCatalog ACTIONS =
            ActionCatalog.of(List.of(RouteToCid.class, Play.class, Told.class));

    private static Trial calling(String data) {
        String flow =
                node(
                        "route_to_cid",
                        data,
                        children("NO_ANSWER", early("nobody"), "_", early("else")));
        Scenario scenario =
                Trial.dials("201", "^2..$", flow)
                        .document("device", "d1", cid("internal", "201"))
                        .document("device", "d2", cid("internal", "202"))
                        .document("user", "u1", cid("internal", "201"))
                        .document("user", "u2", cid("external", "201"))
                        .document("user", "u3", cid("own", "201"));
        return Trial.of(scenario, ACTIONS);
    }

    private static String cid(String type, String number) {
        return json("{'caller_id':{'" + type + "':{'number':'" + number + "'}}}");
    }

    /// The members that were rung, as `id/seconds`.
    private static List<String> rung(Trial trial) {
        List<String> rung = new ArrayList<>();
        JsonNode data = group(trial);
        for (JsonNode member : data.path("endpoints")) {
            assertThat(member.path("delay").asInt()).isZero();
            rung.add(
                    member.path("endpoint_type").asString()
                            + " "
                            + member.path("id").asString()
                            + " "
                            + member.path("timeout").asInt());
        }
        assertThat(data.path("strategy").asString()).isEqualTo("simultaneous");
        return rung;
    }

    private static ObjectNode group(Trial trial) {
        return Json.object(trial.call().notices().getFirst().message());
    }

    @Test
    void whoever_has_the_number_as_internal_caller_id_is_rung_for_twenty_seconds() {
        Trial trial = calling("{}");
        assertThat(rung(trial)).containsExactly("device d1 20", "user u1 20");
        assertThat(group(trial).path("timeout").asInt()).isEqualTo(20);
        assertThat(trial.heard()).containsExactly("nobody");
    }

    @Test
    void the_types_of_caller_ids_may_be_others() {
        assertThat(rung(calling("{'cid_types':['external']}"))).containsExactly("user u2 20");
        assertThat(rung(calling("{'cid_types':['own','internal']}")))
                .containsExactly("device d1 20", "user u3 20", "user u1 20");
    }

    @Test
    void the_types_of_endpoints_may_be_fewer() {
        assertThat(rung(calling("{'endpoint_types':['user']}"))).containsExactly("user u1 20");
        assertThat(rung(calling("{'endpoint_types':['device']}"))).containsExactly("device d1 20");
        assertThat(rung(calling("{'endpoint_types':['device','user']}"))).hasSize(2);
    }

    @Test
    void the_time_may_be_another_and_no_time_is_the_usual_one() {
        assertThat(rung(calling("{'timeout':7,'endpoint_types':['user']}")))
                .containsExactly("user u1 7");
        assertThat(rung(calling("{'timeout':0,'endpoint_types':['user']}")))
                .containsExactly("user u1 20");
    }

    @Test
    void fields_of_ring_groups_that_kazoo_does_not_read_here_change_nothing() {
        String data =
                "{'can_call_self':true,'can_text_self':true,'static_invite':'x','suppress_clid':true,'delay':9}";
        assertThat(rung(calling(data))).containsExactly("device d1 20", "user u1 20");
    }

    @Test
    void nobody_with_the_number_goes_on_at_the_wildcard() {
        Trial trial = calling("{'cid_types':['emergency']}");
        assertThat(trial.heard()).containsExactly("else");
        assertThat(trial.notices()).singleElement().asString().contains("201");
    }
}
