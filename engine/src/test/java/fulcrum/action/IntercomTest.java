package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Origin;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

class IntercomTest {
    private static final String VARIABLE = "Auto-Answer-Suppress-Notify";

    private static Scenario code(String number, String data) {
        return Trial.dials(number, "^\\*0([0-9]*)$", node("intercom", data, early("after")))
                .comesFrom(Origin.device("d1"))
                .document("device", "d1", "{}");
    }

    private static Trial to1001(String data) {
        return Trial.of(code("*01001", data).callflow("1001", early("one")));
    }

    @Test
    void the_callflow_of_the_number_runs_with_phones_asked_to_answer() {
        Trial trial = to1001("{}");
        assertThat(trial.heard()).containsExactly("one", "after");
        assertThat(trial.variables().channel()).containsEntry(VARIABLE, "true");
        assertThat(trial.variables().exported()).contains(VARIABLE);
        assertThat(trial.isAnswered()).isFalse();
    }

    @Test
    void barging_in_is_told() {
        assertThat(to1001("{'barge_calls':true}").variables().channel())
                .containsEntry(VARIABLE, "false");
        assertThat(to1001("{'barge_calls':false}").variables().channel())
                .containsEntry(VARIABLE, "true");
    }

    @Test
    void a_number_that_only_no_match_answers_goes_on_at_the_wildcard() {
        Trial trial = Trial.of(code("*04155550123", "{}").callflow("no_match", early("out")));
        assertThat(trial.heard()).containsExactly("after");
        assertThat(trial.variables().channel()).doesNotContainKey(VARIABLE);
    }

    @Test
    void no_number_is_a_fault() {
        Trial trial = Trial.of(code("*0", "{}"));
        assertThat(trial.heard()).containsExactly("fault-can_not_be_completed_as_dialed");
    }
}
