package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class NoopTest {
    @Test
    void what_is_queued_is_carried_out_before_the_flow_goes_on() {
        String flow =
                node(
                        "answer",
                        "{}",
                        node("send_dtmf", "{'digits':'12'}", node("noop", "{}", early("done"))));
        Outcome call = Scenario.callTo(flow).receives("12").hears("done").plays();
        assertThat(call.lasted()).isEqualTo(Duration.ofSeconds(2 + 2 + 2));
    }

    @Test
    void with_an_empty_queue_it_takes_no_time_and_does_not_answer() {
        Outcome call = Scenario.callTo(node("noop", "{}")).isHungUp(480).plays();
        assertThat(call.lasted()).isZero();
    }
}
