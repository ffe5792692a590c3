package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Origin;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

class CallWaitingTest {
    private static Scenario calling(String data, String device, String user) {
        return Scenario.callTo(node("call_waiting", data, early("next")))
                .comesFrom(Origin.device("d1", "u1"))
                .document("device", "d1", json("{'owner_id':'u1'" + device + "}"))
                .document("user", "u1", json("{'a':1" + user + "}"));
    }

    private static String state(Trial trial, String id) {
        return trial.stored(id).text("call_waiting", "enabled").orElse("unsaid");
    }

    @Test
    void it_is_on_until_somebody_turns_it_off() {
        Trial trial = Trial.of(calling("{}", "", ""));
        assertThat(trial.heard()).containsExactly("cw-deactivated", "next");
        assertThat(state(trial, "d1")).isEqualTo("false");
        assertThat(state(trial, "u1")).isEqualTo("unsaid");
        assertThat(trial.isAnswered()).isTrue();
    }

    @Test
    void toggle_turns_it_on_again() {
        Trial trial =
                Trial.of(calling("{'action':'toggle'}", ",'call_waiting':{'enabled':false}", ""));
        assertThat(trial.heard()).containsExactly("cw-activated", "next");
        assertThat(state(trial, "d1")).isEqualTo("true");
    }

    @Test
    void activate_and_deactivate_are_told_even_when_nothing_changes() {
        Trial on = Trial.of(calling("{'action':'activate'}", "", ""));
        assertThat(on.heard()).containsExactly("cw-activated", "next");
        Trial off =
                Trial.of(
                        calling(
                                "{'action':'deactivate'}",
                                ",'call_waiting':{'enabled':false}",
                                ""));
        assertThat(off.heard()).containsExactly("cw-deactivated", "next");
        assertThat(state(off, "d1")).isEqualTo("false");
        assertThat(off.stored("d1").revision()).startsWith("1-");
    }

    @Test
    void the_scope_says_whose_it_is() {
        Trial user = Trial.of(calling("{'scope':'user','action':'deactivate'}", "", ""));
        assertThat(state(user, "u1")).isEqualTo("false");
        assertThat(state(user, "d1")).isEqualTo("unsaid");
        assertThat(user.stored("u1").text("a")).contains("1");
    }

    @Test
    void nobody_to_change_is_told_without_answering() {
        Scenario stranger = calling("{}", "", "").comesFrom(Origin.carrier("d1"));
        Scenario ownerless = calling("{'scope':'user'}", "", "").comesFrom(Origin.device("d1"));
        for (Scenario scenario : new Scenario[] {stranger, ownerless}) {
            Trial trial = Trial.of(scenario);
            assertThat(trial.heard()).containsExactly("cw-not_available");
            assertThat(trial.isAnswered()).isFalse();
        }
    }

    @Test
    void words_that_it_does_not_know_change_nothing_and_go_on() {
        Trial action = Trial.of(calling("{'action':'flip'}", "", ""));
        assertThat(action.heard()).containsExactly("cw-not_available", "next");
        Trial scope = Trial.of(calling("{'scope':'account'}", "", ""));
        assertThat(scope.heard()).containsExactly("next");
        assertThat(state(action, "d1") + state(scope, "d1")).isEqualTo("unsaidunsaid");
    }
}
