package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceptionTest {
    private final Reception reception = new Reception();

    private void hears(int sequence, int timestamp, int ssrc, long millis) {
        RtpPacket packet = Packets.packet(false, 0, sequence, timestamp, ssrc, new byte[160]);
        reception.received(packet, 8000, millis * Packets.MILLI, true);
    }

    @Test
    void an_even_stream_has_neither_loss_nor_jitter() {
        for (int i = 0; i < 1000; i++) {
            hears((65_000 + i) & 0xFFFF, 160 * i, 1, 20L * i);
        }
        assertThat(reception.lost()).isZero();
        assertThat(reception.jitterNanos()).isZero();
        assertThat(reception.extendedHighest()).isEqualTo(0x1_0000 + 65_999 - 65_536);
    }

    @Test
    void packets_early_and_late_by_turns_have_the_jitter_of_their_difference() {
        for (int i = 0; i < 1000; i++) {
            hears(i, 160 * i, 1, 20L * i + i % 2 * 10L);
        }
        assertThat(reception.jitterTicks()).isBetween(75L, 80L);
        assertThat(reception.jitterNanos()).isBetween(9_400_000L, 10_000_000L);
    }

    @Test
    void packets_of_one_event_do_not_count_as_jitter() {
        for (int i = 0; i < 100; i++) {
            hears(i, 1000, 1, 20L * i);
        }
        assertThat(reception.jitterTicks()).isZero();
    }

    @Test
    void packets_that_come_twice_or_out_of_order_are_not_lost() {
        hears(10, 0, 1, 0);
        hears(12, 320, 1, 40);
        assertThat(reception.lost()).isEqualTo(1);
        hears(11, 160, 1, 41);
        assertThat(reception.lost()).isZero();
        hears(11, 160, 1, 42);
        assertThat(reception.lost()).isEqualTo(-1);
    }

    @Test
    void what_was_lost_stays_counted_when_the_source_changes() {
        hears(1, 0, 1, 0);
        hears(4, 480, 1, 60);
        hears(40_000, 0, 2, 80);
        hears(40_002, 320, 2, 120);
        assertThat(reception.lost()).isEqualTo(3);
        assertThat(reception.ssrc()).isEqualTo(2);
    }

    @Test
    void nothing_heard_is_nothing_lost() {
        assertThat(reception.isHeard()).isFalse();
        assertThat(reception.lost()).isZero();
        assertThat(reception.fractionLost()).isZero();
    }
}
