package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Origin;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

class DoNotDisturbTest {
    private static final String ON = ",'do_not_disturb':{'enabled':true,'own':1}";

    private static Scenario calling(String data, String user) {
        return Trial.dials("*76123", "^\\*76([0-9]*)$", node("do_not_disturb", data, early("next")))
                .comesFrom(Origin.device("d1", "u1"))
                .document("device", "d1", json("{'owner_id':'u1'}"))
                .document("device", "d2", "{}")
                .document("menu", "m1", "{}")
                .document("user", "u1", json("{'a':1" + user + "}"));
    }

    private static String state(Trial trial, String id) {
        return trial.stored(id).text("do_not_disturb", "enabled").orElse("unsaid");
    }

    @Test
    void the_callers_user_is_changed_and_answered() {
        Trial trial = Trial.of(calling("{'action':'activate'}", ""));
        assertThat(trial.heard()).containsExactly("dnd-activated", "next");
        assertThat(state(trial, "u1")).isEqualTo("true");
        assertThat(state(trial, "d1")).isEqualTo("unsaid");
        assertThat(trial.stored("u1").text("a")).contains("1");
        assertThat(trial.isAnswered()).isTrue();
    }

    @Test
    void toggle_is_the_opposite_of_what_is() {
        Trial on = Trial.of(calling("{'action':'toggle'}", ""));
        assertThat(on.heard()).containsExactly("dnd-activated", "next");
        Trial off = Trial.of(calling("{'action':'toggle'}", ON));
        assertThat(off.heard()).containsExactly("dnd-deactivated", "next");
        assertThat(state(off, "u1")).isEqualTo("false");
        assertThat(off.stored("u1").text("do_not_disturb", "own")).contains("1");
    }

    @Test
    void what_is_so_already_is_only_told() {
        Trial on = Trial.of(calling("{'action':'activate'}", ON));
        assertThat(on.heard()).containsExactly("dnd-activated", "next");
        assertThat(on.stored("u1").revision()).startsWith("1-");
        Trial off = Trial.of(calling("{'action':'deactivate'}", ON));
        assertThat(off.heard()).containsExactly("dnd-deactivated", "next");
        assertThat(state(off, "u1")).isEqualTo("false");
    }

    @Test
    void an_id_names_another_device_or_user() {
        Trial other = Trial.of(calling("{'action':'activate','id':'d2'}", ""));
        assertThat(state(other, "d2") + state(other, "u1")).isEqualTo("trueunsaid");
        for (String id : new String[] {"m1", "gone"}) {
            Trial trial = Trial.of(calling("{'action':'activate','id':'" + id + "'}", ""));
            assertThat(state(trial, "u1")).isEqualTo("true");
            assertThat(state(trial, "d2")).isEqualTo("unsaid");
        }
    }

    @Test
    void a_device_without_a_user_is_changed_itself() {
        Scenario scenario = calling("{'action':'activate'}", "").comesFrom(Origin.device("d2"));
        assertThat(state(Trial.of(scenario), "d2")).isEqualTo("true");
    }

    @Test
    void nobody_to_change_is_told_without_answering() {
        Scenario scenario = calling("{'action':'activate'}", "").comesFrom(Origin.carrier("c1"));
        Trial trial = Trial.of(scenario);
        assertThat(trial.heard()).containsExactly("dnd-not_available");
        assertThat(trial.isAnswered()).isFalse();
    }

    @Test
    void an_unknown_or_missing_action_changes_nothing_and_goes_on() {
        for (String data : new String[] {"{}", "{'action':'menu'}"}) {
            Trial trial = Trial.of(calling(data, ""));
            assertThat(trial.heard()).containsExactly("dnd-not_available", "next");
            assertThat(state(trial, "u1")).isEqualTo("unsaid");
        }
    }
}
