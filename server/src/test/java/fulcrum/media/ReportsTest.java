package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;

class ReportsTest {
    /// 2024-01-01T00:00:00.500Z.
    private static final long WALL = 1_704_067_200_500L;

    private static final long SECOND = 1_000_000_000L;

    private final Tally tally = new Tally();
    private final Reports reports = new Reports("abc", tally);
    private final RtpSender sender = new RtpSender(0x11223344, 9, 1000);
    private final Reception reception = new Reception();
    private final byte[] out = new byte[Reports.LONGEST];

    private String hex(int length) {
        return HexFormat.ofDelimiter(" ").formatHex(Arrays.copyOf(out, length));
    }

    @Test
    void a_sender_report_tells_time_timestamp_packets_octets_and_name() {
        sender.advance(160, 0);
        tally.packetsSent.set(3);
        tally.bytesSent.set(480);
        int length = reports.write(out, true, sender, reception, WALL, SECOND / 2);

        // NTP seconds 1704067200 + 2208988800 = 0xE93C7F00; timestamp 1000 and half a second at
        // 8000 Hz
        assertThat(hex(length))
                .isEqualTo(
                        "80 c8 00 06 11 22 33 44 e9 3c 7f 00 80 00 00 00 00 00 13 88 00 00 00 03 00 00 01 e0"
                                + " 81 ca 00 03 11 22 33 44 01 03 61 62 63 00 00 00");
    }

    @Test
    void a_receiver_report_tells_what_was_lost_and_when_the_other_side_last_reported() {
        for (int sequence : new int[] {65_534, 65_535, 2, 3}) {
            reception.received(
                    Packets.packet(false, 0, sequence, 160 * sequence, 7, new byte[160]),
                    8000,
                    0,
                    false);
        }
        byte[] theirs = new byte[28];
        theirs[0] = (byte) 0x80;
        theirs[1] = (byte) 200;
        theirs[3] = 6;
        Bytes.int32(theirs, 8, 0xAAAA_1234);
        Bytes.int32(theirs, 12, 0x5678_BBBB);
        assertThat(reports.read(theirs, 28, sender.ssrc(), 8000, WALL, 10 * SECOND)).isTrue();
        int length = reports.write(out, false, sender, reception, WALL, 12 * SECOND);

        // 2 of 6 lost = 0x55/256; highest 3 in the second round; LSR is the middle of the time,
        // DLSR two seconds
        assertThat(hex(length))
                .isEqualTo(
                        "81 c9 00 07 11 22 33 44 00 00 00 07 55 00 00 02 00 01 00 03 00 00 00 00"
                                + " 12 34 56 78 00 02 00 00 81 ca 00 03 11 22 33 44 01 03 61 62 63 00 00 00");
    }

    @Test
    void the_fraction_lost_is_that_since_the_report_before() {
        reception.received(Packets.audio(1, 160), 8000, 0, false);
        reception.received(Packets.audio(3, 480), 8000, 0, false);
        assertThat(reception.fractionLost()).isEqualTo(85);
        reception.received(Packets.audio(4, 640), 8000, 0, false);
        assertThat(reception.fractionLost()).isZero();
        assertThat(reception.fractionLost()).isZero();
        assertThat(reception.lost()).isEqualTo(1);
    }

    @Test
    void a_block_about_us_gives_loss_jitter_and_round_trip() {
        sender.advance(160, 0);
        reports.write(out, true, sender, reception, WALL, 0);
        byte[] block = new byte[32];
        block[0] = (byte) 0x81;
        block[1] = (byte) 201;
        block[3] = 7;
        Bytes.int32(block, 8, sender.ssrc());
        Bytes.int32(block, 12, 0x80_FF_FF_FE);
        Bytes.int32(block, 20, 160);
        Bytes.int32(block, 24, (Bytes.uint16(out, 10) << 16) | Bytes.uint16(out, 12));
        Bytes.int32(block, 28, 65_536);
        assertThat(reports.read(block, 32, sender.ssrc(), 8000, WALL + 1250, SECOND)).isTrue();

        MediaCounts counts = tally.counts();
        assertThat(counts.remoteLost()).isEqualTo(-2);
        assertThat(counts.remoteJitter()).isEqualTo(Duration.ofMillis(20));
        assertThat(counts.roundTrip()).contains(Duration.ofMillis(250));
        assertThat(reports.remoteFractionLost()).isEqualTo(128);
    }

    @Test
    void bye_follows_a_report() {
        int length = reports.bye(out, sender, reception, WALL, 0);

        assertThat(hex(length))
                .isEqualTo(
                        "80 c9 00 01 11 22 33 44 81 ca 00 03 11 22 33 44 01 03 61 62 63 00 00 00"
                                + " 81 cb 00 01 11 22 33 44");
    }

    @Test
    void what_is_cut_or_of_another_version_is_no_report() {
        byte[] cut = {(byte) 0x81, (byte) 201, 0, 7, 0, 0, 0, 0};
        byte[] other = {0x41, (byte) 201, 0, 1, 0, 0, 0, 0};

        assertThat(reports.read(cut, 8, 1, 8000, WALL, 0)).isFalse();
        assertThat(reports.read(other, 8, 1, 8000, WALL, 0)).isFalse();
        assertThat(reports.read(cut, 4, 1, 8000, WALL, 0)).isFalse();
        assertThat(tally.counts().roundTrip()).isEmpty();
    }

    @Test
    void a_block_count_larger_than_the_packet_reads_only_what_is_there() {
        byte[] lying = new byte[8];
        lying[0] = (byte) 0x9F;
        lying[1] = (byte) 201;
        lying[3] = 1;

        assertThat(reports.read(lying, 8, 1, 8000, WALL, 0)).isTrue();
    }

    @Test
    void a_name_is_at_most_sixty_characters() {
        assertThatThrownBy(() -> new Reports("x".repeat(61), tally))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
