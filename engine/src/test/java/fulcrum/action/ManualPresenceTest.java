package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.CallEvent.PresenceSet;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

import java.util.List;

class ManualPresenceTest {
    private static Scenario calling(String data) {
        return Trial.dials(
                "*9942", "^\\*99([0-9]*)$", node("manual_presence", data, early("next")));
    }

    private static String kept(Trial trial) {
        return trial.stored(ManualPresence.DOCUMENT).body().toString();
    }

    private static List<String> told(Trial trial) {
        return trial.call().events(PresenceSet.class).stream()
                .map(set -> set.presenceId() + " " + set.state())
                .toList();
    }

    @Test
    void the_state_is_kept_and_told() {
        Trial trial = Trial.of(calling("{'presence_id':'night','status':'busy'}"));
        assertThat(kept(trial)).isEqualTo(json("{'night@scenario.example':'confirmed'}"));
        assertThat(told(trial)).containsExactly("night@scenario.example confirmed");
        assertThat(trial.heard()).containsExactly("next");
        assertThat(trial.isAnswered()).isTrue();
        assertThat(trial.stored(ManualPresence.DOCUMENT).type()).isEqualTo("manual_presence");
    }

    @Test
    void each_status_has_its_state_and_idle_is_the_usual_one() {
        assertThat(told(Trial.of(calling("{'presence_id':'n@x.example','status':'ringing'}"))))
                .containsExactly("n@x.example early");
        assertThat(told(Trial.of(calling("{'presence_id':'n@x.example','status':'idle'}"))))
                .containsExactly("n@x.example terminated");
        assertThat(told(Trial.of(calling("{'presence_id':'n@x.example'}"))))
                .containsExactly("n@x.example terminated");
    }

    @Test
    void other_lamps_keep_their_state() {
        Scenario scenario =
                calling("{'presence_id':'b@x.example','status':'busy'}")
                        .document(
                                "manual_presence",
                                "manual_presence",
                                json("{'a@x.example':'early','b@x.example':'terminated'}"));
        assertThat(kept(Trial.of(scenario)))
                .isEqualTo(json("{'a@x.example':'early','b@x.example':'confirmed'}"));
    }

    @Test
    void a_state_that_is_so_already_is_told_again() {
        Scenario scenario =
                calling("{'presence_id':'b@x.example','status':'busy'}")
                        .document(
                                "manual_presence",
                                "manual_presence",
                                json("{'b@x.example':'confirmed'}"));
        assertThat(told(Trial.of(scenario))).containsExactly("b@x.example confirmed");
    }

    @Test
    void without_an_id_it_is_the_captured_lamp() {
        assertThat(told(Trial.of(calling("{'status':'busy'}"))))
                .containsExactly("42@scenario.example confirmed");
    }

    @Test
    void no_id_or_another_status_changes_nothing_and_goes_on() {
        Scenario nobody =
                Scenario.callTo(node("manual_presence", "{'status':'busy'}", early("next")));
        Scenario odd = calling("{'presence_id':'night','status':'on'}");
        for (Scenario scenario : new Scenario[] {nobody, odd}) {
            Trial trial = Trial.of(scenario);
            assertThat(told(trial)).isEmpty();
            assertThat(trial.heard()).containsExactly("next");
            assertThat(trial.isAnswered()).isTrue();
            assertThat(trial.notices()).hasSize(1);
        }
    }
}
