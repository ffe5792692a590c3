package fulcrum.action.endpoint;

import static fulcrum.action.RingTrial.withDevices;
import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.action.RingTrial;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

/// What becomes of the caller after the conversation.
class AfterTalkTest {
    private static final String RING = node("device", "{'id':'d1'}", early("child"));

    /// A flow that branched here first, so that something is left behind.
    private static Scenario after(String data) {
        String flow = node("after_bridge", data, RING);
        return withDevices(node("callflow", "{'id':'inner'}", early("left behind")), "d1", "{}")
                .document("callflow", "inner", json("{'flow':" + flow + "}"))
                .callflow("2100", early("extension"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|left behind",
                "{'action':'hangup','data':false}|left behind",
                "{'action':'hangup','data':true}|",
                "{'action':'park','data':true}|",
                "{'action':'park','data':false}|left behind",
                "{'action':'transfer','data':'2100'}|extension left behind",
                "{'action':'transfer','data':'9999'}|",
            })
    void the_caller_is_left_or_sent_on(String data, String heard) {
        RingTrial trial = RingTrial.of(after(data));
        assertThat(trial.rang()).containsExactly("d1");
        assertThat(String.join(" ", trial.heard())).isEqualTo(heard == null ? "" : heard);
    }

    @Test
    void a_transfer_happens_once() {
        Scenario scenario =
                withDevices(
                                node("after_bridge", "{'action':'transfer','data':'2100'}", RING),
                                "d1",
                                "{}")
                        .callflow("2100", RING);
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.rang()).containsExactly("d1", "d1");
        assertThat(trial.outcome().lasted()).isEqualTo(Duration.ofSeconds(24));
    }

    @Test
    void parking_is_told_to_be_missing() {
        assertThat(RingTrial.of(after("{'action':'park','data':true}")).notices())
                .singleElement()
                .asString()
                .contains("parked");
    }
}
