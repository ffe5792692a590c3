package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

@Timeout(30)
class MediaPathTest {
    private static final MediaSettings PCMU = MediaSettings.of(Codecs.PCMU);

    private final Media media = Media.start(RtpPorts.ephemeral(), 1);
    private final Heard heard = new Heard();
    private final MediaPath path = media.open(Peer.LOOPBACK, heard);

    @AfterEach
    void close() {
        media.close();
    }

    @Test
    void a_sound_leaves_in_packets_of_20_ms_and_is_told_ended_after_the_last() throws Exception {
        try (Peer peer = new Peer(path)) {
            path.settings(PCMU.remote(peer.address()));
            path.play(7, Tones.sine(8000, 1000, 50));

            RtpPacket before = peer.hears();
            assertThat(before.isMarked()).isTrue();
            for (int i = 1; i < 50; i++) {
                RtpPacket next = peer.hears();
                assertThat(next.sequence()).isEqualTo((before.sequence() + 1) & 0xFFFF);
                assertThat(next.timestamp()).isEqualTo(before.timestamp() + 160);
                assertThat(next.ssrc()).isEqualTo(before.ssrc());
                assertThat(next.isMarked()).isFalse();
                assertThat(next.payloadLength()).isEqualTo(160);
                before = next;
            }
            assertThat(heard.next()).isEqualTo("ended 7");
            assertThat(path.counts().packetsSent()).isEqualTo(50);
            assertThat(path.counts().bytesSent()).isEqualTo(50 * 160);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PCMU", "PCMA", "G722"})
    void a_tone_of_16_khz_sounds_the_same_in_every_codec(String name) throws Exception {
        Codec codec = Codecs.named(name).orElseThrow();
        try (Peer peer = new Peer(path)) {
            path.settings(MediaSettings.of(codec).remote(peer.address()));
            path.play(1, Tones.sine(16_000, 1000, 50));
            Tones.Listener listener = new Tones.Listener(codec);
            for (int i = 0; i < 45; i++) {
                RtpPacket packet = peer.hears();
                assertThat(packet.payloadType()).isEqualTo(codec.payloadType());
                double share = listener.share(packet, 1000);
                assertThat(share).as("frame " + i).isGreaterThan(i < 3 ? 0.5 : 0.95);
            }
        }
    }

    @Test
    void a_prepared_clip_leaves_as_it_was_encoded() throws Exception {
        Clip clip = Clip.of(Wave.tone(8000, 100, 600, -10).samples(), 8000).prepare(Codecs.PCMA);
        byte[] expected = new byte[160];
        clip.source(1).nextEncoded(Codecs.PCMA, expected, 0);
        try (Peer peer = new Peer(path)) {
            path.settings(MediaSettings.of(Codecs.PCMA).remote(peer.address()));
            path.play(1, clip.source(1));

            assertThat(Peer.payload(peer.hears())).isEqualTo(expected);
        }
    }

    @Test
    void packets_are_as_long_as_the_other_side_asked_and_the_last_may_be_shorter()
            throws Exception {
        try (Peer peer = new Peer(path)) {
            path.settings(PCMU.remote(peer.address()).ptime(Duration.ofMillis(60)));
            path.play(1, Clip.of(Wave.tone(8000, 140, 600, -10).samples(), 8000).source(1));

            RtpPacket first = peer.hears();
            RtpPacket second = peer.hears();
            RtpPacket last = peer.hears();
            assertThat(first.payloadLength()).isEqualTo(480);
            assertThat(second.timestamp()).isEqualTo(first.timestamp() + 480);
            assertThat(last.timestamp()).isEqualTo(first.timestamp() + 960);
            assertThat(last.payloadLength()).isEqualTo(160);
        }
    }

    @Test
    void another_sound_replaces_the_first_and_both_are_told() throws Exception {
        try (Peer peer = new Peer(path)) {
            path.settings(PCMU.remote(peer.address()));
            path.play(1, Tones.sine(8000, 400, 0));
            RtpPacket before = peer.hears();
            path.play(2, Tones.sine(8000, 1000, 0));

            assertThat(heard.next()).isEqualTo("ended 1 early");
            Tones.Listener listener = new Tones.Listener(Codecs.PCMU);
            while (listener.share(before, 1000) < 0.9) {
                RtpPacket next = peer.hears();
                assertThat(next.timestamp()).isEqualTo(before.timestamp() + 160);
                before = next;
            }
            path.stopPlaying();
            assertThat(heard.next()).isEqualTo("ended 2 early");
        }
    }

    @Test
    void packets_go_back_to_where_the_other_side_is_heard_not_to_where_it_said() throws Exception {
        try (Peer said = new Peer(path);
                Peer real = new Peer(path);
                Peer stranger = new Peer(path)) {
            path.settings(PCMU.remote(said.address()));
            path.settings(PCMU.remote(said.address()).direction(Direction.SENDRECV));
            said.settles();
            real.says(0, new byte[160]);
            assertThat(heard.next()).isEqualTo("audio");
            stranger.says(0, new byte[160]);
            real.says(0, new byte[160]);
            path.play(1, Tones.sine(8000, 400, 0));

            real.hears();
            assertThat(path.counts().packetsReceived()).isEqualTo(2);
            assertThat(path.counts().packetsRefused()).isEqualTo(1);
        }
    }

    @Test
    void a_new_address_in_a_re_invite_moves_the_stream_there_without_a_break() throws Exception {
        try (Peer first = new Peer(path);
                Peer second = new Peer(path)) {
            path.settings(PCMU.remote(first.address()));
            first.settles();
            first.says(0, new byte[160]);
            path.play(1, Tones.sine(8000, 400, 0));
            RtpPacket last = first.hears();
            path.settings(PCMU.remote(second.address()));

            RtpPacket next = second.hears();
            assertThat(next.ssrc()).isEqualTo(last.ssrc());
            int packets = Bytes.sequenceDistance(next.sequence(), last.sequence());
            assertThat(next.timestamp() - last.timestamp()).isEqualTo(160 * packets);
        }
    }

    @Test
    void nothing_leaves_on_hold_while_the_sound_goes_on_and_ends() throws Exception {
        try (Peer peer = new Peer(path)) {
            path.settings(PCMU.remote(peer.address()).direction(Direction.RECVONLY));
            path.play(1, Tones.sine(8000, 400, 50));
            assertThat(heard.next()).isEqualTo("ended 1");
            assertThat(path.counts().packetsSent()).isZero();

            path.settings(PCMU.remote(peer.address()));
            path.play(2, Tones.sine(8000, 1000, 50));
            assertThat(new Tones.Listener(Codecs.PCMU).share(peer.hears(), 1000))
                    .isGreaterThan(0.9);
        }
    }

    @Test
    void a_muted_path_sends_silence_and_then_the_sound_again() throws Exception {
        try (Peer peer = new Peer(path)) {
            Tones.Listener listener = new Tones.Listener(Codecs.PCMU);
            path.settings(PCMU.remote(peer.address()));
            path.mute(true);
            path.play(1, Tones.sine(8000, 400, 0));
            assertThat(listener.share(peer.hears(), 400)).isZero();
            path.mute(false);
            while (listener.share(peer.hears(), 400) < 0.9) {
                assertThat(heard.isEmpty()).isTrue();
            }
        }
    }

    @Test
    void silence_is_sent_while_there_is_nothing_else_if_asked_for() throws Exception {
        try (Peer peer = new Peer(path)) {
            path.settings(PCMU.remote(peer.address()).fillSilence(true));
            RtpPacket first = peer.hears();
            RtpPacket second = peer.hears();
            assertThat(second.timestamp() - first.timestamp()).isEqualTo(160);
            assertThat(new Tones.Listener(Codecs.PCMU).decode(second)).containsOnly((short) 0);
        }
    }

    @Test
    void stun_and_dtls_are_handed_aside_and_what_is_nothing_is_refused() throws Exception {
        CountDownLatch aside = new CountDownLatch(2);
        try (Peer peer = new Peer(path)) {
            path.settings(PCMU.remote(peer.address()));
            peer.settles();
            peer.send(new byte[] {0, 1, 0, 0});
            peer.send(new byte[] {(byte) 0xFF, 1, 0, 0});
            peer.says(0, new byte[160]);
            assertThat(heard.next()).isEqualTo("audio");
            assertThat(path.counts().packetsRefused()).isEqualTo(2);

            path.others((packet, length, source) -> aside.countDown());
            peer.settles();
            peer.send(new byte[] {0, 1, 0, 0});
            peer.send(new byte[] {22, 1, 0, 0});
            assertThat(aside.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(path.counts().packetsRefused()).isEqualTo(2);
        }
    }

    @Test
    void a_cipher_seals_what_leaves_and_opens_what_comes() throws Exception {
        try (Peer peer = new Peer(path)) {
            path.settings(PCMU.remote(peer.address()));
            path.cipher(new Flipped());
            peer.settles();
            peer.says(0, new byte[160]);
            peer.send(new Flipped().sealed(Packets.audio(5, 800).bytes()));
            assertThat(heard.next()).isEqualTo("audio");
            assertThat(path.counts().packetsRefused()).isEqualTo(1);

            path.play(1, Tones.sine(8000, 1000, 0));
            byte[] sealed = peer.hearsBytes();
            assertThat(sealed).hasSize(173);
            int length = new Flipped().unprotect(sealed, sealed.length);
            RtpPacket packet = new RtpPacket().wrap(sealed, 0, length);
            assertThat(new Tones.Listener(Codecs.PCMU).share(packet, 1000)).isGreaterThan(0.9);
        }
    }

    /// Turns the payload's bits round and adds one octet.
    private static final class Flipped implements PacketCipher {
        byte[] sealed(byte[] packet) {
            byte[] room = Arrays.copyOf(packet, packet.length + 1);
            protect(room, packet.length);
            return room;
        }

        @Override
        public int protect(byte[] packet, int length) {
            flip(packet, length);
            packet[length] = 42;
            return length + 1;
        }

        @Override
        public int unprotect(byte[] packet, int length) {
            if (packet[length - 1] != 42) {
                return -1;
            }
            flip(packet, length - 1);
            return length - 1;
        }

        private static void flip(byte[] packet, int length) {
            for (int i = RtpPacket.HEADER; i < length; i++) {
                packet[i] = (byte) ~packet[i];
            }
        }
    }

    @Test
    void reports_of_the_other_side_are_counted_and_closing_says_bye() throws Exception {
        try (Peer peer = new Peer(path)) {
            path.settings(PCMU.remote(peer.address()).rtcpMux(true));
            path.play(1, Tones.sine(8000, 400, 0));
            int ssrc = peer.hears().ssrc();
            byte[] report = new byte[32];
            report[0] = (byte) 0x81;
            report[1] = (byte) 201;
            report[3] = 7;
            Bytes.int32(report, 8, ssrc);
            Bytes.int32(report, 12, 0x4000_0003);
            Bytes.int32(report, 20, 80);
            peer.send(report);
            peer.send(new byte[] {0, 0});
            while (path.counts().packetsRefused() == 0) {
                peer.hears();
            }
            assertThat(path.counts().remoteLost()).isEqualTo(3);
            assertThat(path.counts().remoteJitter()).isEqualTo(Duration.ofMillis(10));

            path.close();
            byte[] bye = peer.hearsBytes();
            while (PacketKind.of(bye, bye.length) != PacketKind.RTCP) {
                bye = peer.hearsBytes();
            }
            assertThat(bye[1] & 0xFF).isEqualTo(201);
            assertThat(bye[bye.length - 7] & 0xFF).isEqualTo(203);
            assertThat(Bytes.int32(bye, bye.length - 4)).isEqualTo(ssrc);
            assertThat(heard.next()).isEqualTo("ended 1 early");
            assertThat(heard.next()).isEqualTo("closed");
        }
    }

    @Test
    void ports_go_back_to_the_pool_when_a_path_is_closed() throws Exception {
        int port = path.local().getPort();
        path.close();
        assertThat(heard.next()).isEqualTo("closed");
        try (Media small = Media.start(RtpPorts.range(port, port + 1), 1)) {
            for (int i = 0; i < 20; i++) {
                MediaPath only = small.open(Peer.LOOPBACK, heard);
                assertThat(only.local().getPort()).isEqualTo(port);
                assertThatThrownBy(() -> small.open(Peer.LOOPBACK, heard))
                        .isInstanceOf(MediaFailed.class);
                assertThat(small.paths()).isEqualTo(1);
                only.close();
                assertThat(heard.next()).isEqualTo("closed");
                assertThat(small.paths()).isZero();
            }
        }
    }

    @Test
    void a_sound_ordered_after_the_end_is_told_ended() throws Exception {
        path.close();
        assertThat(heard.next()).isEqualTo("closed");
        path.play(3, Tones.sine(8000, 400, 0));
        assertThat(heard.next()).isEqualTo("ended 3 early");
        assertThat(path.toString()).contains("closed");
    }

    @Test
    void a_source_that_fails_ends_its_own_sound_and_harms_no_other_path() throws Exception {
        Heard other = new Heard();
        MediaPath second = media.open(Peer.LOOPBACK, other);
        try (Peer peer = new Peer(path);
                Peer next = new Peer(second)) {
            path.settings(PCMU.remote(peer.address()));
            second.settings(PCMU.remote(next.address()));
            second.play(1, Tones.sine(8000, 400, 20));
            path.play(1, new Broken());
            assertThat(heard.next()).isEqualTo("ended 1 early");
            for (int i = 0; i < 20; i++) {
                next.hears();
            }
            assertThat(other.next()).isEqualTo("ended 1");
            path.play(2, Tones.sine(8000, 400, 5));
            peer.hears();
            assertThat(heard.next()).isEqualTo("ended 2");
        }
    }

    private static final class Broken implements AudioSource {
        @Override
        public int sampleRate() {
            return 8000;
        }

        @Override
        public int next(short[] out, int offset, int samples) {
            throw new IllegalStateException("broken on purpose");
        }

        @Override
        public boolean isEnded() {
            return false;
        }
    }

    @Test
    void a_path_works_on_ipv6_too() throws Exception {
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        MediaPath six = media.open(InetAddress.getByAddress(loopback), heard);
        try (Peer peer = new Peer(six)) {
            six.settings(PCMU.remote(peer.address()));
            six.play(1, Tones.sine(8000, 400, 0));
            assertThat(peer.hears().payloadLength()).isEqualTo(160);
        }
    }

    @Test
    void a_running_path_prints_its_steps_in_one_line() throws IOException, InterruptedException {
        try (Peer peer = new Peer(path)) {
            path.settings(PCMU.remote(peer.address()).events(EventFormat.of(101)));
            path.play(1, Tones.sine(8000, 400, 0));
            peer.hears();
            peer.settles();
            assertThat(path.toString())
                    .doesNotContain("\n")
                    .contains("media-1", "receive plain", "lock open", "digits type 101", "nobody")
                    .contains("send play", "PCMU × 1", String.valueOf(peer.address().getPort()));
        }
    }
}
