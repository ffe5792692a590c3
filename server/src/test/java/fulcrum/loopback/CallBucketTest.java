package fulcrum.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.app.OpenHouse;
import fulcrum.call.EventSink;
import fulcrum.call.Journal;
import fulcrum.phone.PhoneCall;
import fulcrum.phone.SoftPhone;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

/// The limit on how many calls an address may begin (`--call-bucket`); it is off unless set.
class CallBucketTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static OpenHouse house(Map<String, String> further) {
        OpenHouse house =
                OpenHouse.open(
                        "all", EventSink.NONE, sounds -> sounds, facts -> Journal.NONE, further);
        house.callflow("1", "{\"module\":\"response\",\"data\":{\"code\":486}}");
        return house;
    }

    private static int statusOfCall(SoftPhone phone) {
        PhoneCall call = phone.call("1");
        return call.awaitEnd(PATIENCE).orElseThrow().status();
    }

    @Test
    void a_caller_who_has_used_up_its_calls_is_refused_with_503() {
        // However slow the machine: calls come back one a second, and these follow at once.
        try (OpenHouse house = house(Map.of("call-bucket", "2/1"));
                SoftPhone phone = SoftPhone.open(house.phone("desk"))) {
            assertThat(statusOfCall(phone)).isEqualTo(486);

            int refused = 0;
            for (int i = 0; i < 200 && refused == 0; i++) {
                refused = statusOfCall(phone) == 503 ? 1 : 0;
            }

            assertThat(refused).isOne();
        }
    }

    @Test
    void without_the_setting_any_number_of_calls_is_taken() {
        try (OpenHouse house = house(Map.of());
                SoftPhone phone = SoftPhone.open(house.phone("desk"))) {
            for (int i = 0; i < 50; i++) {
                assertThat(statusOfCall(phone)).isEqualTo(486);
            }
        }
    }
}
