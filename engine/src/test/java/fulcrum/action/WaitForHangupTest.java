package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class WaitForHangupTest {
    @Test
    void the_call_stays_unanswered_until_the_caller_leaves() {
        Scenario scenario =
                Scenario.callTo(node("wait_for_hangup", "{}", early("never")))
                        .waits(Duration.ofHours(30))
                        .hangsUp();
        Outcome call = scenario.plays();
        assertThat(call.lasted()).isEqualTo(Duration.ofHours(30));
        assertThat(call.heard()).isEmpty();
        assertThat(call.ending().answered()).isFalse();
    }
}
