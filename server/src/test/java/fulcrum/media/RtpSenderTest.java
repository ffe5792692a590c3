package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RtpSenderTest {
    private static final long TICK = 20 * Packets.MILLI;

    private final RtpSender sender = new RtpSender(77, 65_534, 5000);
    private final Object relay = new Object();
    private final byte[] header = new byte[12];

    /// Returns marker, sequence and timestamp of the header.
    private String next() {
        sender.writeHeader(header, 0);
        RtpPacket packet = new RtpPacket().wrap(header, 0, 12);
        assertThat(packet.ssrc()).isEqualTo(77);
        return (packet.isMarked() ? "M " : "") + packet.sequence() + " " + packet.timestamp();
    }

    private String relays(int sequence, int timestamp, long now) {
        boolean sent =
                sender.follow(
                        relay,
                        Packets.packet(false, 0, sequence, timestamp, 9, new byte[160]),
                        160,
                        8000,
                        now);
        return sent ? next() : "old";
    }

    @Test
    void clocked_audio_counts_on_evenly_whatever_the_clock_says() {
        sender.advance(160, 0);
        assertThat(next()).isEqualTo("M 65535 5000");
        sender.advance(160, 3 * TICK);
        assertThat(next()).isEqualTo("0 5160");
        sender.advance(160, 3 * TICK);
        assertThat(next()).isEqualTo("1 5320");
    }

    @Test
    void a_pause_is_counted_in_and_marked_when_it_was_long() {
        sender.advance(160, 0);
        sender.pause();
        sender.advance(160, 2 * TICK);
        assertThat(next()).isEqualTo("0 5320");
        sender.pause();
        sender.advance(160, 52 * TICK);
        assertThat(next()).isEqualTo("M 1 13320");
    }

    @Test
    void an_event_keeps_its_timestamp_and_audio_goes_on_after_its_end() {
        sender.advance(160, 0);
        sender.advance(160, TICK);
        sender.mark();
        assertThat(next()).isEqualTo("M 0 5160");
        sender.repeat(160);
        assertThat(next()).isEqualTo("1 5160");
        sender.advance(160, 3 * TICK);
        assertThat(next()).isEqualTo("2 5480");
    }

    @Test
    void after_an_event_and_a_pause_the_timestamp_is_that_of_the_clock() {
        sender.advance(160, 0);
        sender.repeat(160);
        sender.repeat(0);
        sender.repeat(0);
        sender.pause();
        assertThat(sender.timestampAt(3 * TICK)).isEqualTo(5480);
        sender.advance(160, 6 * TICK);
        assertThat(next()).isEqualTo("M 3 5960");
    }

    @Test
    void relayed_packets_keep_their_distances_even_out_of_order() {
        assertThat(relays(100, 1000, 0)).isEqualTo("M 65535 5000");
        assertThat(relays(103, 1480, TICK)).isEqualTo("2 5480");
        assertThat(relays(101, 1160, TICK)).isEqualTo("0 5160");
        assertThat(relays(104, 1640, TICK)).isEqualTo("3 5640");
        assertThat(relays(99, 840, TICK)).isEqualTo("old");
    }

    @Test
    void a_change_from_relay_to_clock_and_back_leaves_no_hole() {
        relays(100, 1000, 0);
        sender.advance(160, TICK / 2);
        assertThat(next()).isEqualTo("0 5160");
        sender.advance(160, TICK / 2 + TICK);
        assertThat(next()).isEqualTo("1 5320");
        sender.pause();
        assertThat(relays(103, 1480, 2 * TICK)).isEqualTo("2 5480");
    }

    @Test
    void a_source_that_starts_anew_is_mapped_anew() {
        relays(100, 1000, 0);
        assertThat(relays(40_000, 77, TICK)).isEqualTo("0 5160");
        assertThat(relays(40_001, 237, 2 * TICK)).isEqualTo("1 5320");
    }

    @Test
    void a_long_call_goes_round_the_sequence_numbers_more_than_once() {
        for (int i = 0; i < 200_000; i++) {
            String told = relays((100 + i) & 0xFFFF, 160 * i, i * TICK);
            assertThat(told)
                    .isEqualTo(
                            (i == 0 ? "M " : "")
                                    + ((65_535 + i) & 0xFFFF)
                                    + " "
                                    + (5000 + 160 * i));
        }
    }

    @Test
    void timestamps_of_another_clock_are_scaled() {
        sender.clockRate(16_000);
        RtpPacket first = Packets.packet(false, 0, 1, 1000, 9, new byte[160]);
        RtpPacket second = Packets.packet(false, 0, 2, 1160, 9, new byte[160]);
        sender.follow(relay, first, 320, 8000, 0);
        sender.follow(relay, second, 320, 8000, TICK);
        assertThat(next()).isEqualTo("0 5320");
    }

    @Test
    void reports_are_told_the_timestamp_of_the_moment() {
        assertThat(sender.isStarted()).isFalse();
        sender.advance(160, 0);
        assertThat(sender.timestampAt(TICK / 2)).isEqualTo(5080);
    }
}
