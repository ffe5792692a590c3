package fulcrum.action;

import static fulcrum.testing.Nodes.children;
import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.directory.Json;
import fulcrum.sdk.Origin;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class RingGroupToggleTest {
    private static String group(String... members) {
        List<String> endpoints = new ArrayList<>();
        for (String member : members) {
            endpoints.add("{'endpoint_type':" + member + ",'timeout':7}");
        }
        return "{'strategy':'single','endpoints':[" + String.join(",", endpoints) + "]}";
    }

    /// Two groups below each other and one beside them; the caller's user is in the first and the last.
    private static String support() {
        String first = group("'user','id':'u2'", "'user','id':'u1'", "'device','id':'u1'");
        String second = group("'user','id':'u2'");
        String third = group("'user','id':'u1','disable_until':5");
        String flow =
                node(
                        "menu",
                        "{'id':'u1'}",
                        children(
                                "1", node("ring_group", first, node("ring_group", second)),
                                "2", node("ring_group", third)));
        return json("{'numbers':['200'],'flow':" + flow + "}");
    }

    private static Scenario calling(String data) {
        return Trial.dials("*61", "^\\*61$", node("ring_group_toggle", data, early("next")))
                .comesFrom(Origin.device("d1", "u1"))
                .document("device", "d1", "{}")
                .document("callflow", "support", support());
    }

    /// `disable_until` of every member, in the order of the flow.
    private static List<String> until(Trial trial) {
        JsonNode flow = trial.stored("support").at("flow").orElseThrow();
        JsonNode first = flow.path("children").path("1");
        List<String> all = new ArrayList<>();
        for (JsonNode group :
                List.of(first, first.path("children").path("_"), flow.path("children").path("2"))) {
            for (JsonNode member : group.path("data").path("endpoints")) {
                all.add(Json.text(member, "disable_until").orElse("-"));
            }
        }
        return all;
    }

    @Test
    void logout_disables_the_user_in_every_group_and_tells_each() {
        Trial trial = Trial.of(calling("{'action':'logout','callflow_id':'support'}"));
        String never = "66269664000";
        assertThat(until(trial)).containsExactly("-", never, "-", "-", never);
        assertThat(trial.heard())
                .containsExactly(
                        "agent-logged_out", "agent-invalid_choice", "agent-logged_out", "next");
        assertThat(trial.isAnswered()).isTrue();
    }

    @Test
    void login_enables_him_again() {
        Trial trial = Trial.of(calling("{'action':'login','callflow_id':'support'}"));
        assertThat(until(trial)).containsExactly("-", "0", "-", "-", "0");
        assertThat(trial.heard())
                .containsExactly(
                        "agent-logged_in", "agent-invalid_choice", "agent-logged_in", "next");
    }

    @Test
    void nothing_else_in_the_callflow_changes_not_even_the_order() {
        JsonNode before = Json.object(support());
        JsonNode after =
                Trial.of(calling("{'action':'login','callflow_id':'support'}"))
                        .stored("support")
                        .body();
        assertThat(json(after.toString().replace(",\"disable_until\":0", "").replace('"', '\'')))
                .isEqualTo(before.toString().replace(",\"disable_until\":5", ""));
    }

    @Test
    void nobody_waits_for_the_announcements() {
        String flow =
                node(
                        "ring_group_toggle",
                        "{'action':'login','callflow_id':'support'}",
                        node("hangup", "{}"));
        Scenario scenario =
                Scenario.callTo(flow)
                        .comesFrom(Origin.device("d1", "u1"))
                        .document("callflow", "support", support());
        assertThat(Trial.of(scenario).call().lasted())
                .isEqualTo(Duration.ofSeconds(6)); // the hang-up is queued behind them
    }

    @Test
    void a_caller_without_user_is_in_no_group() {
        Scenario scenario =
                calling("{'action':'logout','callflow_id':'support'}")
                        .comesFrom(Origin.device("d1"));
        Trial trial = Trial.of(scenario);
        assertThat(trial.heard()).containsOnly("agent-invalid_choice", "next");
        assertThat(until(trial)).containsExactly("-", "-", "-", "-", "5");
        assertThat(trial.stored("support").revision()).startsWith("1-");
    }

    @Test
    void another_action_or_callflow_changes_nothing_and_goes_on() {
        for (String data :
                List.of(
                        "{'action':'toggle','callflow_id':'support'}",
                        "{'callflow_id':'support'}",
                        "{'action':'login','callflow_id':'gone'}",
                        "{'action':'login','callflow_id':'d1'}",
                        "{'action':'login'}")) {
            Trial trial = Trial.of(calling(data));
            assertThat(trial.heard()).containsExactly("next");
            assertThat(trial.notices()).hasSize(1);
            assertThat(trial.isAnswered()).isTrue();
            assertThat(trial.stored("support").revision()).startsWith("1-");
        }
    }
}
