package fulcrum.secure;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class SrtpTest {
    private static final int SSRC = 0xCAFEBABE;
    private static final SrtpSuite SUITE = SrtpSuite.AES_CM_128_HMAC_SHA1_80;

    private final SrtpKey key = SrtpKey.fresh(SUITE);
    private final SrtpSender sender = new SrtpSender(key);
    private final SrtpReceiver receiver = new SrtpReceiver(key);

    private static byte[] rtp(int ssrc, int sequence) {
        byte[] packet = new byte[172 + SrtpSender.OVERHEAD];
        packet[0] = (byte) 0x80;
        packet[2] = (byte) (sequence >> 8);
        packet[3] = (byte) sequence;
        Octets.int32(packet, 4, sequence * 160);
        Octets.int32(packet, 8, ssrc);
        Arrays.fill(packet, 12, 172, (byte) sequence);
        return packet;
    }

    private static byte[] sealed(SrtpSender by, int ssrc, int sequence) {
        byte[] packet = rtp(ssrc, sequence);
        return Arrays.copyOf(packet, by.protectRtp(packet, 172));
    }

    private static int open(SrtpReceiver by, byte[] packet) {
        return by.unprotectRtp(packet.clone(), packet.length);
    }

    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void every_suite_opens_what_it_sealed_and_refuses_any_changed_octet(SrtpSuite suite) {
        SrtpKey own = SrtpKey.fresh(suite);
        byte[] packet = sealed(new SrtpSender(own), SSRC, 7);
        for (int i = 0; i < packet.length; i++) {
            byte[] forged = packet.clone();
            forged[i] ^= 0x10;
            byte[] before = forged.clone();
            assertThat(new SrtpReceiver(own).unprotectRtp(forged, forged.length)).isEqualTo(-1);
            assertThat(forged).as("left alone").isEqualTo(before);
        }
        int length = new SrtpReceiver(own).unprotectRtp(packet, packet.length);
        assertThat(Hex.text(packet, length)).isEqualTo(Hex.text(rtp(SSRC, 7), 172));
    }

    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void every_suite_opens_reports_and_refuses_any_changed_octet(SrtpSuite suite) {
        SrtpKey own = SrtpKey.fresh(suite);
        byte[] clear = Hex.bytes("80c90001cafebabe", "81ca0002cafebabe0102030400000000");
        byte[] roomy = Hex.roomy(clear);
        byte[] packet = Arrays.copyOf(roomy, new SrtpSender(own).protectRtcp(roomy, clear.length));
        for (int i = 0; i < packet.length; i++) {
            byte[] forged = packet.clone();
            forged[i] ^= 0x10;
            assertThat(new SrtpReceiver(own).unprotectRtcp(forged, forged.length)).isEqualTo(-1);
        }
        int length = new SrtpReceiver(own).unprotectRtcp(packet, packet.length);
        assertThat(Hex.text(packet, length)).isEqualTo(Hex.text(clear));
    }

    @Test
    void a_packet_that_comes_again_is_refused() {
        byte[] packet = sealed(sender, SSRC, 100);
        assertThat(open(receiver, packet)).isEqualTo(172);
        assertThat(open(receiver, packet)).isEqualTo(-1);
    }

    @Test
    void a_report_that_comes_again_is_refused() {
        byte[] report = Hex.roomy(Hex.bytes("80c90001cafebabe"));
        int length = sender.protectRtcp(report, 8);
        assertThat(receiver.unprotectRtcp(report.clone(), length)).isEqualTo(8);
        assertThat(receiver.unprotectRtcp(report.clone(), length)).isEqualTo(-1);
    }

    @Test
    void late_packets_are_taken_within_the_window_and_refused_behind_it() {
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            packets.add(sealed(sender, SSRC, 1000 + i));
        }
        assertThat(open(receiver, packets.get(199))).isEqualTo(172);
        assertThat(open(receiver, packets.get(199 - ReplayWindow.SIZE + 1))).isEqualTo(172);
        assertThat(open(receiver, packets.get(199 - ReplayWindow.SIZE))).isEqualTo(-1);
    }

    @Test
    void the_counter_rolls_over_also_when_packets_change_places_there() {
        int[] order = {65_533, 0, 65_534, 2, 65_535, 1, 3};
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            packets.add(sealed(sender, SSRC, (65_533 + i) & 0xFFFF));
        }
        for (int sequence : order) {
            assertThat(open(receiver, packets.get((sequence - 65_533) & 0xFFFF)))
                    .as("%d", sequence)
                    .isEqualTo(172);
        }
    }

    @Test
    void a_long_call_rolls_over_twice() {
        for (int i = 0; i < 140_000; i++) {
            byte[] packet = rtp(SSRC, i & 0xFFFF);
            int length = sender.protectRtp(packet, 172);
            assertThat(receiver.unprotectRtp(packet, length)).isEqualTo(172);
        }
    }

    @Test
    void a_new_source_under_the_same_key_counts_by_itself() {
        assertThat(open(receiver, sealed(sender, SSRC, 65_535))).isEqualTo(172);
        assertThat(open(receiver, sealed(sender, SSRC, 0))).isEqualTo(172);
        assertThat(open(receiver, sealed(sender, 5, 40_000))).isEqualTo(172);
        assertThat(open(receiver, sealed(sender, SSRC, 1))).isEqualTo(172);
    }

    @Test
    void more_sources_than_are_remembered_push_out_the_one_that_was_silent_longest() {
        for (int ssrc = 1; ssrc <= SrtpStreams.MOST + 4; ssrc++) {
            assertThat(open(receiver, sealed(sender, ssrc, 10))).isEqualTo(172);
        }
        assertThat(open(receiver, sealed(sender, SrtpStreams.MOST, 11))).isEqualTo(172);
    }

    @Test
    void forged_packets_do_not_push_out_a_source() {
        byte[] known = sealed(sender, SSRC, 10);
        assertThat(open(receiver, known)).isEqualTo(172);
        SrtpSender stranger = new SrtpSender(SrtpKey.fresh(SUITE));
        for (int ssrc = 1; ssrc < 100; ssrc++) {
            assertThat(open(receiver, sealed(stranger, ssrc, 10))).isEqualTo(-1);
        }
        assertThat(open(receiver, known)).as("still known, so a repetition").isEqualTo(-1);
    }

    @Test
    void the_same_number_is_never_sealed_twice() {
        assertThat(sealed(sender, SSRC, 5)).hasSize(182);
        byte[] again = rtp(SSRC, 5);
        again[20] = 99;
        assertThat(sender.protectRtp(again, 172)).isEqualTo(-1);
        assertThat(again[20]).isEqualTo((byte) 99);
    }

    @Test
    void the_same_key_again_changes_nothing_and_another_keeps_the_counter() {
        assertThat(sender.with(SrtpKey.of(SUITE, joined(key)))).isSameAs(sender);
        assertThat(receiver.with(key)).isSameAs(receiver);
        assertThat(open(receiver, sealed(sender, SSRC, 65_535))).isEqualTo(172);
        assertThat(open(receiver, sealed(sender, SSRC, 0))).isEqualTo(172);
        SrtpKey next = SrtpKey.fresh(SUITE);

        SrtpSender later = sender.with(next);
        SrtpReceiver hearer = receiver.with(next);

        assertThat(open(hearer, sealed(later, SSRC, 1))).isEqualTo(172);
        assertThat(open(new SrtpReceiver(next), sealed(later, SSRC, 2)))
                .as("rolled over once, which a newcomer cannot know")
                .isEqualTo(-1);
    }

    @Test
    void a_phone_that_starts_its_counter_again_with_a_new_key_is_understood() {
        assertThat(open(receiver, sealed(sender, SSRC, 65_535))).isEqualTo(172);
        assertThat(open(receiver, sealed(sender, SSRC, 0))).isEqualTo(172);
        SrtpKey next = SrtpKey.fresh(SUITE);
        SrtpSender forgetful = new SrtpSender(next);
        SrtpReceiver hearer = receiver.with(next);

        assertThat(open(hearer, sealed(forgetful, SSRC, 1))).isEqualTo(172);
        assertThat(open(hearer, sealed(forgetful, SSRC, 2))).isEqualTo(172);
    }

    private static byte[] joined(SrtpKey of) {
        byte[] all = Arrays.copyOf(of.key(), of.key().length + of.salt().length);
        System.arraycopy(of.salt(), 0, all, of.key().length, of.salt().length);
        return all;
    }

    @Test
    void whatever_comes_nothing_is_thrown() {
        Random random = new Random(7);
        for (SrtpSuite suite : SrtpSuite.values()) {
            SrtpReceiver any = new SrtpReceiver(SrtpKey.fresh(suite));
            SrtpSender some = new SrtpSender(SrtpKey.fresh(suite));
            for (int i = 0; i < 20_000; i++) {
                byte[] junk = new byte[random.nextInt(80)];
                random.nextBytes(junk);
                if (junk.length > 0) {
                    junk[0] = (byte) (0x80 | (junk[0] & 0x3F));
                }
                assertThat(any.unprotectRtp(junk, junk.length)).isEqualTo(-1);
                assertThat(any.unprotectRtcp(junk, junk.length)).isEqualTo(-1);
                assertThat(some.protectRtp(junk, junk.length)).isEqualTo(-1);
                assertThat(some.protectRtcp(junk, junk.length)).isEqualTo(-1);
            }
        }
    }

    @Test
    void a_packet_costs_no_memory() {
        byte[] packet = rtp(SSRC, 0);
        int[] sequence = new int[1];
        Runnable one =
                () -> {
                    packet[2] = (byte) (sequence[0] >> 8);
                    packet[3] = (byte) sequence[0]++;
                    receiver.unprotectRtp(packet, sender.protectRtp(packet, 172));
                };
        for (int i = 0; i < 20_000; i++) {
            one.run();
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
        for (int i = 0; i < 20_000; i++) {
            one.run();
        }
        long after = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
        assertThat((after - before) / 20_000).isZero();
    }
}
