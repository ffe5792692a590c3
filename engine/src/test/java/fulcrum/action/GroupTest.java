package fulcrum.action;

import static fulcrum.action.RingTrial.withDevices;
import static fulcrum.testing.Nodes.children;
import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.Order;
import fulcrum.sdk.Origin;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;

class GroupTest {
    private static final String MEMBERS =
            "'endpoints':{'u1':{'type':'user'},'d1':{'type':'device'},'d2':{}}";

    private static String group(String data) {
        return node("group", data, children("_", early("else"), "USER_BUSY", early("busy")));
    }

    private static Scenario robots(String data, String document) {
        return withDevices(
                        group(data),
                        "d1",
                        "{}",
                        "d2",
                        "{'owner_id':'u1'}",
                        "d3",
                        "{'owner_id':'u1'}")
                .document("user", "u1", "{}")
                .document("group", "g1", json(document));
    }

    private static Scenario one(String data, String document) {
        return Scenario.callTo(group(data))
                .document("device", "d1", "{}")
                .document("group", "g1", json(document))
                .registers("bob", "d1")
                .registers("carol", "d1");
    }

    private static boolean isAnswered(RingTrial trial) {
        return trial.orders().stream().anyMatch(Order.Answer.class::isInstance);
    }

    @Test
    void devices_ring_and_then_users_devices_each_once() {
        RingTrial trial = RingTrial.of(robots("{'id':'g1'}", "{" + MEMBERS + "}"));
        assertThat(trial.rang()).containsExactly("d1", "d2", "d3");
    }

    @Test
    void the_caller_is_answered_before_anybody_rings() {
        Scenario scenario = one("{'id':'g1'}", "{'endpoints':{'d1':{'type':'device'}}}");
        scenario.person("bob").isRinging();
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.orders().getFirst()).isInstanceOf(Order.Answer.class);
        assertThat(trial.heard()).endsWith("else");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'id':'g1'}|{%s}|20",
                "{'id':'g1','timeout':9}|{%s}|9",
                "{'id':'g1','timeout':9}|{'timeout':5,%s}|5",
                "{'id':'g1','timeout':0}|{%s}|20",
            })
    void the_documents_time_out_wins_over_the_nodes(String data, String document, int seconds) {
        String members = "'endpoints':{'d1':{'type':'device'}}";
        Scenario scenario = one(data, document.formatted(members));
        scenario.person("bob").isRinging().isHungUp(487);
        assertThat(RingTrial.of(scenario).outcome().lasted())
                .isEqualTo(Duration.ofSeconds(seconds + 2L));
    }

    @Test
    void the_documents_strategy_ringback_and_redirections_win_over_the_nodes() {
        String members = "'endpoints':{'d1':{'type':'device'}}";
        Scenario tune =
                one("{'id':'g1','ringback':'mine'}", "{'ringback':'theirs'," + members + "}");
        assertThat(RingTrial.of(tune).heard()).containsExactly("theirs", "else");
        Scenario own = one("{'id':'g1','ringback':'mine'}", "{" + members + "}");
        assertThat(RingTrial.of(own).heard()).containsExactly("mine", "else");
        Scenario turn = one("{'id':'g1'}", "{'strategy':'single'," + members + "}");
        assertThat(RingTrial.of(turn).rang()).containsExactly("bob");
        Scenario both =
                one(
                        "{'id':'g1','strategy':'single'}",
                        "{'strategy':'simultaneous'," + members + "}");
        assertThat(RingTrial.of(both).rang()).containsExactly("bob", "carol");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'id':'g1'}|{%s}|false",
                "{'id':'g1','ignore_forward':false}|{%s}|true",
                "{'id':'g1'}|{'ignore_forward':false,%s}|true",
                "{'id':'g1','ignore_forward':false}|{'ignore_forward':true,%s}|false",
            })
    void redirections_are_ignored_unless_node_or_document_say_otherwise(
            String data, String document, boolean followed) {
        String members = "'endpoints':{'d1':{'type':'device'}}";
        Scenario scenario =
                Scenario.callTo(group(data))
                        .document("device", "d1", "{}")
                        .document("device", "d2", "{}")
                        .document("group", "g1", json(document.formatted(members)))
                        .registers("bob", "d1")
                        .registers("carol", "d2")
                        .callflow("2002", node("device", "{'id':'d2'}"));
        scenario.person("bob").isRinging().pointsTo("sip:2002@x.example");
        assertThat(RingTrial.of(scenario).rang())
                .isEqualTo(followed ? List.of("bob", "carol") : List.of("bob"));
    }

    @Test
    void members_have_delay_time_out_and_leave_to_call_oneself() {
        String document =
                "{'endpoints':{'d1':{'type':'device','timeout':3},"
                        + "'u1':{'type':'user','delay':4,'can_call_self':true}}}";
        Scenario scenario = robots("{'id':'g1'}", document).comesFrom(Origin.device("d2", "u1"));
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.rang()).containsExactly("d1"); // it answers before the user's delay
        Scenario others =
                robots("{'id':'g1'}", "{'endpoints':{'u1':{'type':'user','can_call_self':true}}}")
                        .comesFrom(Origin.device("d2", "u1"));
        assertThat(RingTrial.of(others).rang()).containsExactly("d3");
    }

    @Test
    void an_unknown_group_goes_on_without_an_answer() {
        for (String data : List.of("{'id':'g9'}", "{}", "{'id':'d1'}")) {
            RingTrial trial = RingTrial.of(robots(data, "{" + MEMBERS + "}"));
            assertThat(trial.heard()).containsExactly("else");
            assertThat(trial.notices()).singleElement().asString().startsWith("there is no group");
            assertThat(isAnswered(trial)).isFalse();
        }
    }

    @Test
    void nobody_to_ring_is_answered_all_the_same() {
        RingTrial trial = RingTrial.of(robots("{'id':'g1'}", "{'endpoints':{}}"));
        assertThat(trial.heard()).containsExactly("else");
        assertThat(isAnswered(trial)).isTrue();
        assertThat(trial.notices()).containsExactly("nobody rings: the group g1 is empty");
        RingTrial nested =
                RingTrial.of(robots("{'id':'g1'}", "{'endpoints':{'g1':{'type':'group'}}}"));
        assertThat(nested.notices())
                .containsExactly("nobody rings: 'g1' is neither device nor user");
    }

    @Test
    void members_of_its_own_make_it_a_ring_group() {
        String data =
                "{'id':'g1','endpoints':[{'endpoint_type':'device','id':'d1'},'u1'],"
                        + "'ringtones':{'internal':'in'},'repeats':2,'fail_on_single_reject':true}";
        RingTrial trial = RingTrial.of(robots(data, "{'endpoints':{}}"));
        assertThat(trial.rang()).containsExactly("d1", "d2", "d3");
        assertThat(trial.dials().getFirst().headers()).containsEntry("Alert-Info", "in");
        assertThat(trial.orders().getFirst()).isNotInstanceOf(Order.Answer.class);
        String brief = "{'endpoints':['d1'],'repeats':2,'timeout':4,'ignore_forward':true}";
        Scenario twice = one(brief, "{}");
        assertThat(RingTrial.of(twice).rang()).hasSize(4);
        Scenario refused = one("{'endpoints':['d1'],'fail_on_single_reject':true}", "{}");
        refused.person("carol").isRinging();
        refused.person("bob").isRinging().refuses(486);
        assertThat(RingTrial.of(refused).heard()).containsExactly("busy");
    }
}
