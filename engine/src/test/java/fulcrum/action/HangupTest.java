package fulcrum.action;

import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.HangupCause;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class HangupTest {
    @Test
    void an_unanswered_call_is_refused_with_480() {
        Outcome call = Scenario.callTo(node("hangup", "{}")).isHungUp(480).plays();
        assertThat(call.ending().cause()).isEqualTo(HangupCause.NORMAL_CLEARING);
    }

    @Test
    void what_is_queued_is_carried_out_first() {
        String flow =
                node("answer", "{}", node("send_dtmf", "{'digits':'1'}", node("hangup", "{}")));
        Outcome call = Scenario.callTo(flow).receives("1").isHungUp(0).plays();
        assertThat(call.lasted()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void a_child_is_never_run() {
        Outcome call = Scenario.callTo(node("hangup", "{}", node("play", "{'id':'a'}"))).plays();
        assertThat(call.heard()).isEmpty();
    }
}
