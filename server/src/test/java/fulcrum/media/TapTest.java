package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.Arrays;

/// Taps that appear on a path while packets flow.
@Timeout(60)
class TapTest {
    private static final MediaSettings PCMU = MediaSettings.of(Codecs.PCMU);

    private final Media media = Media.start(RtpPorts.ephemeral(), 2);
    private final Heard heard = new Heard();
    private final MediaPath left = media.open(Peer.LOOPBACK, heard);
    private final MediaPath right = media.open(Peer.LOOPBACK, heard);
    private final MediaPath leftPhone = media.open(Peer.LOOPBACK, new Heard());
    private final Peer callee;

    TapTest() throws IOException {
        callee = new Peer(right);
    }

    @AfterEach
    void close() {
        callee.close();
        media.close();
    }

    /// A phone says 1000 Hz on the left; on the right a phone of sockets answers each packet with 400 Hz.
    private void talk(MediaSettings settings) throws InterruptedException {
        leftPhone.settings(settings.remote(left.local()));
        left.settings(settings.remote(leftPhone.local()));
        right.settings(PCMU.remote(callee.address()));
        left.connect(right);
        Peer.settle(left);
        leftPhone.play(1, Tones.sine(8000, 1000, 0));
    }

    /// Answers packets until the ring has as much, or is full.
    private void answer(AudioSource tone, TapSink sink, int samples) throws IOException {
        while (sink.available() < samples && sink.dropped() == 0) {
            callee.hears();
            short[] frame = new short[160];
            tone.next(frame, 0, 160);
            byte[] payload = new byte[160];
            Codecs.PCMU.encoder().encode(frame, 0, 160, payload, 0);
            callee.says(0, payload);
        }
    }

    /// Counts the frames in which a frequency is heard. A late packet may cost some: the phones keep to the real clock.
    private static int frames(short[] samples, int rate, double frequency) {
        int count = 0;
        for (int at = 0; at < samples.length; at += rate / 50) {
            short[] frame = Arrays.copyOfRange(samples, at, at + rate / 50);
            count += Tones.share(frame, rate, frequency) > 0.2 ? 1 : 0;
        }
        return count;
    }

    @ParameterizedTest
    @CsvSource({"RECEIVED,25,0", "SENT,0,25", "BOTH,25,25"})
    void a_tap_hears_its_side_of_a_running_relay(TapSide side, int received, int sent)
            throws Exception {
        talk(PCMU);
        AudioSource answers = Tones.sine(8000, 400, 0);
        callee.hears();
        TapSink sink = new TapSink(8000, 16_000);
        left.startTap(sink, side);
        answer(answers, sink, 8000);

        short[] samples = new short[8000];
        assertThat(sink.read(samples, 0, 8000)).isEqualTo(8000);
        assertThat(frames(samples, 8000, 1000)).isBetween(received, 2 * received);
        assertThat(frames(samples, 8000, 400)).isBetween(sent, 2 * sent);
    }

    @Test
    void a_tap_hears_at_its_own_rate_whatever_the_codec() throws Exception {
        talk(MediaSettings.of(Codecs.G722));
        callee.hears();
        TapSink sink = new TapSink(16_000, 32_000);
        left.startTap(sink, TapSide.RECEIVED);
        answer(Tones.sine(8000, 400, 0), sink, 16_000);

        short[] samples = new short[16_000];
        assertThat(sink.read(samples, 0, 16_000)).isEqualTo(16_000);
        assertThat(frames(samples, 16_000, 1000)).isGreaterThan(25);
    }

    @Test
    void a_tap_hears_what_is_played_to_the_party() throws Exception {
        right.settings(PCMU.remote(callee.address()));
        TapSink sink = new TapSink(8000, 16_000);
        right.startTap(sink, TapSide.SENT);
        right.play(1, Tones.sine(8000, 600, 25));
        for (int i = 0; i < 25; i++) {
            callee.hears();
        }
        right.stopTap(sink);
        Peer.settle(right);

        short[] samples = new short[16_000];
        int count = sink.read(samples, 0, 16_000);
        assertThat(count).isGreaterThanOrEqualTo(20 * 160);
        assertThat(frames(samples, 8000, 600)).isBetween(15, 27);
    }

    @Test
    void a_full_tap_drops_and_counts_while_the_relay_goes_on() throws Exception {
        talk(PCMU);
        TapSink sink = new TapSink(8000, 800);
        left.startTap(sink, TapSide.RECEIVED);
        RtpPacket last = callee.hears();
        while (sink.dropped() < 1600) {
            RtpPacket next = callee.hears();
            assertThat(next.sequence()).isEqualTo((last.sequence() + 1) & 0xFFFF);
            last = next;
        }
        left.stopTap(sink);
        Peer.settle(left);

        assertThat(sink.available()).isEqualTo(800);
        assertThat(left.counts().tapDropped()).isEqualTo(sink.dropped());
    }

    @Test
    void a_tap_of_a_silent_path_gives_silence_as_time_goes_by() throws Exception {
        right.settings(PCMU.remote(callee.address()));
        TapSink sink = new TapSink(8000, 1600);
        right.startTap(sink, TapSide.BOTH);
        right.play(1, Tones.sine(8000, 400, 0));
        right.mute(true);
        callee.hears();
        while (sink.dropped() == 0) {
            callee.hears();
        }
        short[] samples = new short[1600];
        assertThat(sink.read(samples, 0, 1600)).isEqualTo(1600);
    }
}
