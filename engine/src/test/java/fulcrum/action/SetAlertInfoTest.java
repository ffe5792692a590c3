package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

class SetAlertInfoTest {
    private static Trial after(String data) {
        return Trial.of(Scenario.callTo(node("set_alert_info", data, early("next"))));
    }

    @Test
    void legs_that_are_dialled_later_carry_it() {
        Trial trial = after("{'alert_info':'<http://x.example/r.wav>;info=door'}");
        assertThat(trial.variables().channel())
                .containsEntry("Alert-Info", "<http://x.example/r.wav>;info=door");
        assertThat(trial.variables().exported()).containsExactly("Alert-Info");
        assertThat(trial.heard()).containsExactly("next");
        assertThat(trial.isAnswered()).isFalse();
    }

    @Test
    void a_line_break_does_not_begin_another_header() {
        assertThat(after("{'alert_info':'info=door\\r\\nX-Evil: 1'}").variables().channel())
                .containsEntry("Alert-Info", "info=door X-Evil: 1");
    }

    @Test
    void nothing_sets_nothing_and_is_noticed() {
        Trial trial = after("{'alert_info':''}");
        assertThat(trial.variables().channel()).doesNotContainKey("Alert-Info");
        assertThat(trial.notices()).hasSize(1);
        assertThat(trial.heard()).containsExactly("next");
    }
}
