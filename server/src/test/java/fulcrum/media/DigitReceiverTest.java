package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class DigitReceiverTest {
    private static final int SSRC = 7;

    private final List<String> heard = new ArrayList<>();
    private final DigitReceiver receiver =
            new DigitReceiver((digit, length) -> heard.add(digit + " " + length.toMillis()));
    private int sequence = 100;
    private long now = 5_000_000_000L;

    private void hears(
            boolean marked, int timestamp, int ssrc, int code, boolean end, int duration) {
        RtpPacket packet = Packets.event(marked, sequence++, timestamp, ssrc, code, end, duration);
        assertThat(receiver.receive(packet, 8000, now)).isTrue();
        now += 20 * Packets.MILLI;
    }

    /// One key of 100 ms: packets at 20, 40, 60, 80 ms and the end three times.
    private void presses(int code, int timestamp) {
        for (int i = 1; i < 5; i++) {
            hears(i == 1, timestamp, SSRC, code, false, 160 * i);
        }
        for (int i = 0; i < 3; i++) {
            hears(false, timestamp, SSRC, code, true, 800);
        }
    }

    @Test
    void a_key_is_told_once_with_its_length_when_it_is_let_go() {
        presses(5, 1000);

        assertThat(heard).containsExactly("5 100");
    }

    @Test
    void the_sixteen_codes_are_the_keys_of_a_telephone() {
        for (int code = 0; code < 16; code++) {
            presses(code, 10_000 * code);
        }

        assertThat(heard.stream().map(told -> told.substring(0, 1)))
                .containsExactly(
                        "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "#", "A", "B", "C",
                        "D");
    }

    @Test
    void the_same_key_pressed_twice_is_told_twice() {
        presses(5, 1000);
        presses(5, 3000);

        assertThat(heard).containsExactly("5 100", "5 100");
    }

    @Test
    void a_key_of_which_only_the_last_packet_arrived_is_told_once() {
        hears(false, 1000, SSRC, 3, true, 800);
        hears(false, 1000, SSRC, 3, true, 800);

        assertThat(heard).containsExactly("3 100");
    }

    @Test
    void a_key_whose_end_was_lost_ends_with_the_next_key() {
        hears(true, 1000, SSRC, 3, false, 160);
        hears(false, 1000, SSRC, 3, false, 320);
        presses(4, 4000);

        assertThat(heard).containsExactly("3 40", "4 100");
    }

    @Test
    void a_key_whose_end_was_lost_ends_after_a_fifth_of_a_second_and_late_ends_do_not_repeat_it() {
        hears(true, 1000, SSRC, 9, false, 160);
        receiver.tick(now + 150 * Packets.MILLI);
        assertThat(heard).isEmpty();
        assertThat(receiver.isDown()).isTrue();

        now += 230 * Packets.MILLI;
        receiver.tick(now);
        assertThat(heard).containsExactly("9 20");

        hears(false, 1000, SSRC, 9, true, 400);
        assertThat(heard).containsExactly("9 20");
    }

    @Test
    void packets_of_the_key_before_that_were_overtaken_change_nothing() {
        presses(1, 1000);
        hears(true, 3000, SSRC, 2, false, 160);
        hears(false, 1000, SSRC, 1, true, 800);
        hears(false, 3000, SSRC, 2, true, 320);

        assertThat(heard).containsExactly("1 100", "2 40");
    }

    @Test
    void a_key_held_while_a_re_invite_starts_new_numbers_is_told_once() {
        hears(true, 1000, SSRC, 8, false, 160);
        hears(false, 1000, SSRC, 8, false, 320);
        hears(false, 777_000, 99, 8, false, 480);
        hears(false, 777_000, 99, 8, true, 640);
        hears(false, 777_000, 99, 8, true, 640);

        assertThat(heard).containsExactly("8 80");
    }

    @Test
    void an_end_repeated_with_new_numbers_after_a_re_invite_is_not_another_key() {
        presses(8, 1000);
        hears(false, 777_000, 99, 8, true, 800);

        assertThat(heard).containsExactly("8 100");
    }

    @Test
    void a_phone_that_counts_the_timestamp_on_within_a_key_is_understood() {
        for (int i = 1; i < 5; i++) {
            hears(i == 1, 1000 + 160 * i, SSRC, 6, false, 160 * i);
        }
        hears(false, 1800, SSRC, 6, true, 800);

        assertThat(heard).containsExactly("6 100");
    }

    @Test
    void a_key_longer_than_a_duration_can_say_is_one_key_of_all_its_segments() {
        hears(true, 1000, SSRC, 11, false, 160);
        hears(false, 1000, SSRC, 11, false, 0xFFFF);
        hears(false, 1000 + 0xFFFF, SSRC, 11, false, 1600);
        hears(false, 1000 + 0xFFFF, SSRC, 11, true, 3200);

        assertThat(heard)
                .containsExactly("# " + Duration.ofNanos((0xFFFF + 3200) * 125_000L).toMillis());
    }

    @Test
    void events_that_are_no_keys_and_packets_that_are_too_short_are_passed_over() {
        hears(true, 1000, SSRC, 16, true, 800);
        RtpPacket cut = Packets.packet(false, 101, 1, 1, SSRC, (byte) 5, (byte) 0x80);

        assertThat(receiver.receive(cut, 8000, now)).isFalse();
        assertThat(heard).isEmpty();
    }
}
