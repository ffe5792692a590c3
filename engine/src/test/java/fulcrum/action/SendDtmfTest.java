package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class SendDtmfTest {
    private static Outcome sent(String data) {
        return Scenario.callTo(node("answer", "{}", node("send_dtmf", data))).plays();
    }

    @Test
    void each_key_lasts_two_seconds_unless_told() {
        Outcome usual = sent("{'digits':'123ABC#'}");
        assertThat(usual.received()).isEqualTo("123ABC#");
        assertThat(usual.lasted()).isEqualTo(Duration.ofSeconds(14));
        assertThat(sent("{'digits':'1*','duration_ms':250}").lasted())
                .isEqualTo(Duration.ofMillis(500));
        assertThat(sent("{'digits':'1*','duration_ms':'250'}").lasted())
                .isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void the_flow_goes_on_at_once_and_what_is_queued_later_follows() {
        String flow = node("answer", "{}", node("send_dtmf", "{'digits':'1'}", early("after")));
        Outcome call = Scenario.callTo(flow).receives("1").hears("after").plays();
        assertThat(call.lasted()).isEqualTo(Duration.ofSeconds(2 + 2));
    }

    @Test
    void a_length_that_is_none_is_noticed_and_two_seconds_are_taken() {
        for (String length : List.of("'long'", "0", "-3", "1.5")) {
            Outcome call = sent("{'digits':'1','duration_ms':" + length + "}");
            assertThat(call.lasted()).isEqualTo(Duration.ofSeconds(2));
            assertThat(call.notices().getFirst().path()).isEqualTo("/children/_/data/duration_ms");
        }
    }

    @Test
    void without_digits_nothing_is_sent_and_others_than_keys_are_left_out() {
        Outcome none = sent("{}");
        assertThat(none.received()).isEmpty();
        assertThat(none.notices()).hasSize(1);
        Outcome some = sent("{'digits':'1-a 2','duration_ms':100}");
        assertThat(some.received()).isEqualTo("1A2");
        assertThat(some.notices()).hasSize(1);
    }

    @Test
    void the_call_is_not_answered() {
        Outcome call = Scenario.callTo(node("send_dtmf", "{'digits':'1'}")).isHungUp(480).plays();
        assertThat(call.ending().answered()).isFalse();
    }
}
