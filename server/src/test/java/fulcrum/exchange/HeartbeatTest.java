package fulcrum.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class HeartbeatTest {
    private final Heartbeat heartbeat = new Heartbeat(Heartbeat.LOOK.multipliedBy(3));

    @Test
    void a_leg_that_falls_silent_is_given_up_after_the_time() {
        assertThat(heartbeat.isOver(1500, true)).isFalse();
        assertThat(heartbeat.isOver(1500, true)).isFalse();
        assertThat(heartbeat.isOver(1500, true)).isFalse();
        assertThat(heartbeat.isOver(1500, true)).isTrue();
    }

    @Test
    void a_single_packet_in_between_shows_that_somebody_is_there() {
        long packets = 1500;
        for (int i = 0; i < 20; i++) {
            packets += i % 2;
            assertThat(heartbeat.isOver(packets, true)).isFalse();
        }
    }

    @Test
    void whoever_holds_may_be_silent_for_ever() {
        for (int i = 0; i < 100; i++) {
            assertThat(heartbeat.isOver(1500, false)).isFalse();
        }
    }

    @Test
    void a_leg_that_was_never_heard_is_not_judged() {
        for (int i = 0; i < 100; i++) {
            assertThat(heartbeat.isOver(0, true)).isFalse();
        }
    }

    @Test
    void the_usual_patience_is_five_minutes() {
        Heartbeat usual = new Heartbeat();
        int looks = 0;
        usual.isOver(1, true);
        while (!usual.isOver(1, true)) {
            looks++;
        }
        assertThat(Heartbeat.LOOK.multipliedBy(looks + 1)).isEqualTo(Duration.ofMinutes(5));
    }
}
