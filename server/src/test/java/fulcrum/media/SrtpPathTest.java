package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import fulcrum.secure.SrtpKey;
import fulcrum.secure.SrtpReceiver;
import fulcrum.secure.SrtpSender;
import fulcrum.secure.SrtpSuite;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Paths whose other side speaks SRTP.
@Timeout(60)
class SrtpPathTest {
    private static final MediaSettings PCMU = MediaSettings.of(Codecs.PCMU);
    private static final SrtpSuite SUITE = SrtpSuite.AES_CM_128_HMAC_SHA1_80;

    private final SrtpKey ours = SrtpKey.fresh(SUITE);
    private final SrtpKey theirs = SrtpKey.fresh(SUITE);
    private final SrtpSender phone = new SrtpSender(theirs);
    private final SrtpReceiver phoneEar = new SrtpReceiver(ours);
    private final Media media = Media.start(RtpPorts.ephemeral(), 2);
    private final Heard heard = new Heard();
    private final MediaPath left = media.open(Peer.LOOPBACK, heard);
    private final MediaPath right = media.open(Peer.LOOPBACK, new Heard());
    private final Peer caller = new Peer(left);
    private final Peer callee = new Peer(right);

    SrtpPathTest() throws IOException {
        left.cipher(SrtpCipher.of(ours, theirs));
        left.settings(PCMU.remote(caller.address()));
        right.settings(PCMU.remote(callee.address()));
    }

    @AfterEach
    void close() {
        caller.close();
        callee.close();
        media.close();
    }

    private void link() throws InterruptedException {
        left.connect(right);
        for (int i = 0; i < 4; i++) {
            caller.settles();
            callee.settles();
        }
    }

    private byte[] sealed(RtpPacket packet) {
        byte[] clear = packet.bytes();
        byte[] room = Arrays.copyOf(clear, clear.length + SrtpSender.OVERHEAD);
        return Arrays.copyOf(room, phone.protectRtp(room, clear.length));
    }

    private RtpPacket opened(byte[] packet) {
        int length = phoneEar.unprotectRtp(packet, packet.length);
        assertThat(length).as("genuine").isPositive();
        return new RtpPacket().wrap(packet, 0, length);
    }

    private static byte[] octets(int value) {
        byte[] payload = new byte[160];
        Arrays.fill(payload, (byte) value);
        return payload;
    }

    private static RtpPacket audio(int sequence, int value) {
        return Packets.packet(false, 0, sequence, sequence * 160, 7, octets(value));
    }

    @Test
    void a_relay_to_a_plain_leg_opens_what_comes_and_seals_what_goes() throws Exception {
        link();
        caller.send(sealed(audio(1, 5)));
        assertThat(Peer.payload(callee.hears())).isEqualTo(octets(5));

        callee.says(0, octets(6));
        byte[] packet = caller.hearsBytes();
        assertThat(packet).hasSize(172 + 10);
        assertThat(Peer.payload(opened(packet))).isEqualTo(octets(6));
    }

    @Test
    void a_relay_between_two_secure_legs_seals_anew_with_each_leg_s_own_key() throws Exception {
        SrtpKey rightOurs = SrtpKey.fresh(SrtpSuite.AES_256_CM_HMAC_SHA1_80);
        SrtpKey rightTheirs = SrtpKey.fresh(SrtpSuite.AES_256_CM_HMAC_SHA1_80);
        right.cipher(SrtpCipher.of(rightOurs, rightTheirs));
        link();
        caller.send(sealed(audio(1, 5)));
        byte[] packet = callee.hearsBytes();
        int length = new SrtpReceiver(rightOurs).unprotectRtp(packet, packet.length);
        assertThat(Peer.payload(new RtpPacket().wrap(packet, 0, length))).isEqualTo(octets(5));
    }

    @Test
    void what_is_not_genuine_is_dropped_and_counted() throws Exception {
        link();
        caller.says(0, octets(1)); // in the clear
        byte[] forged = sealed(audio(1, 2));
        forged[40] ^= 1;
        caller.send(forged);
        byte[] genuine = sealed(audio(2, 3));
        caller.send(genuine);
        caller.send(genuine.clone()); // again
        caller.send(sealed(audio(3, 4)));

        assertThat(Peer.payload(callee.hears())).isEqualTo(octets(3));
        assertThat(Peer.payload(callee.hears())).isEqualTo(octets(4));
        assertThat(left.counts().packetsForged()).isEqualTo(3);
        assertThat(left.counts().packetsRefused()).isEqualTo(3);
        assertThat(left.counts().packetsReceived()).isEqualTo(2);
    }

    @Test
    void keys_that_are_pressed_are_understood() throws Exception {
        left.settings(PCMU.remote(caller.address()).events(EventFormat.of(101)));
        for (int i = 1; i <= 7; i++) {
            boolean isEnd = i >= 5;
            caller.send(sealed(Packets.event(i == 1, i, 800, 7, 5, isEnd, Math.min(i, 5) * 160)));
        }
        assertThat(heard.next()).isEqualTo("audio");
        assertThat(heard.next()).isEqualTo("digit 5 100");
    }

    @Test
    void what_is_played_leaves_sealed_and_a_tap_hears_it() throws Exception {
        TapSink tap = new TapSink(8000, 16_000);
        left.startTap(tap, TapSide.SENT);
        left.play(1, Tones.sine(8000, 1000, 0));
        byte[] first = caller.hearsBytes();
        assertThat(new Tones.Listener(Codecs.PCMU).share(opened(first), 1000)).isGreaterThan(0.9);
        short[] kept = new short[160];
        for (int i = 0; i < 100 && Arrays.equals(kept, new short[160]); i++) {
            opened(caller.hearsBytes());
            tap.read(kept, 0, 160);
        }
        assertThat(kept).isNotEqualTo(new short[160]);
    }

    @Test
    void reports_are_opened_and_sealed() throws Exception {
        caller.settles();
        byte[] report = {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 7};
        byte[] room = Arrays.copyOf(report, report.length + SrtpSender.OVERHEAD);
        caller.sendReport(Arrays.copyOf(room, phone.protectRtcp(room, report.length)));
        caller.sendReport(report); // in the clear
        left.play(1, Tones.sine(8000, 1000, 0));
        opened(caller.hearsBytes());
        while (left.counts().packetsForged() == 0) {
            caller.settles();
        }
        left.close();

        byte[] bye = caller.hearsReport();
        assertThat(phoneEar.unprotectRtcp(bye, bye.length)).isGreaterThan(8);
        assertThat(left.counts().packetsForged()).isEqualTo(1);
    }

    @Test
    void another_offer_with_the_same_keys_goes_on_counting() throws Exception {
        SrtpCipher first = SrtpCipher.of(ours, theirs);
        byte[] packet = sealed(audio(65_535, 1));
        assertThat(first.unprotect(packet, packet.length)).isEqualTo(172);
        byte[] rolled = sealed(audio(0, 1));
        SrtpCipher second = first.with(ours, theirs);
        assertThat(second.unprotect(rolled, rolled.length)).isEqualTo(172);
    }

    @Test
    void a_sealed_relay_costs_no_more_memory_than_the_jdk_takes_for_itself() throws Exception {
        link();
        long before = 0;
        for (int i = 1; i <= 8000; i++) {
            before = i == 4000 ? allocated() : before;
            caller.send(sealed(audio(i, 1)));
            callee.hears();
        }
        assertThat((allocated() - before) / 4000).isLessThan(100);
    }

    /// What the media thread has allocated so far.
    private long allocated() throws Exception {
        CompletableFuture<Long> thread = new CompletableFuture<>();
        left.seat().tell(() -> thread.complete(Thread.currentThread().threadId()));
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(thread.get(5, TimeUnit.SECONDS));
    }
}
