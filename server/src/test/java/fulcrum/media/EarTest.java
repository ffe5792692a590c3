package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class EarTest {
    private final Codec[] codecs = new Codec[128];
    private final Scratch scratch = new Scratch();
    private final short[] out = new short[320];
    private int sequence = 100;

    EarTest() {
        codecs[0] = Codecs.PCMU;
        codecs[9] = Codecs.G722;
    }

    /// Puts a packet of `millis` of a tone in.
    private void says(Ear ear, Codec codec, int millis) {
        ear.put(said(codec, millis));
    }

    private RtpPacket said(Codec codec, int millis) {
        short[] samples = Wave.tone(codec.sampleRate(), millis, 1000, -10).samples();
        byte[] payload = new byte[codec.frameBytes() * millis / 20];
        codec.encoder().encode(samples, 0, samples.length, payload, 0);
        return Packets.packet(false, codec.payloadType(), sequence++, 0, 7, payload);
    }

    private double share(Ear ear, int rate) {
        assertThat(ear.take(out, scratch)).isTrue();
        return Tones.share(Arrays.copyOf(out, rate / 50), rate, 1000);
    }

    @Test
    void packets_of_any_length_become_frames_of_20_ms() {
        Ear ear = new Ear(codecs, 8000);
        says(ear, Codecs.PCMU, 60);
        says(ear, Codecs.PCMU, 20);
        for (int i = 0; i < 4; i++) {
            assertThat(share(ear, 8000)).isGreaterThan(0.95);
        }
        assertThat(ear.take(out, scratch)).isFalse();
        assertThat(out).containsOnly((short) 0);
    }

    @Test
    void any_codec_is_heard_at_the_rate_that_is_wanted() {
        Ear ear = new Ear(codecs, 16_000);
        for (int i = 0; i < 4; i++) {
            says(ear, Codecs.PCMU, 20);
        }
        share(ear, 16_000);
        assertThat(share(ear, 16_000)).isGreaterThan(0.95);
        assertThat(share(ear, 16_000)).isGreaterThan(0.95);
        Ear narrow = new Ear(codecs, 8000);
        for (int i = 0; i < 4; i++) {
            says(narrow, Codecs.G722, 20);
        }
        share(narrow, 8000);
        share(narrow, 8000);
        assertThat(share(narrow, 8000)).isGreaterThan(0.9);
    }

    @Test
    void a_missing_packet_is_covered_more_softly_and_a_third_is_silence() {
        Ear ear = new Ear(codecs, 8000);
        says(ear, Codecs.PCMU, 20);
        sequence += 3;
        says(ear, Codecs.PCMU, 20);
        ear.take(out, scratch);
        double full = peak();
        ear.take(out, scratch);
        assertThat(peak()).isBetween(0.45 * full, 0.55 * full);
        ear.take(out, scratch);
        assertThat(peak()).isBetween(0.2 * full, 0.3 * full);
        ear.take(out, scratch);
        assertThat(peak()).isZero();
        ear.take(out, scratch);
        assertThat(peak()).isEqualTo(full);
    }

    private double peak() {
        double peak = 0;
        for (short sample : out) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }

    @Test
    void an_ear_begins_at_once_with_the_latest_packets_that_were_kept() {
        Ear ear = new Ear(codecs, 8000);
        Recent recent = new Recent();
        for (int i = 0; i < 100; i++) {
            recent.keep(said(Codecs.PCMU, 20));
        }
        recent.tell(ear, new RtpPacket());
        assertThat(share(ear, 8000)).isGreaterThan(0.95);
        assertThat(share(ear, 8000)).isGreaterThan(0.95);
        assertThat(ear.take(out, scratch)).isFalse();
    }

    @Test
    void a_payload_type_that_is_no_longer_known_is_covered_too() {
        Ear ear = new Ear(codecs, 8000);
        says(ear, Codecs.PCMU, 20);
        says(ear, Codecs.G722, 20);
        codecs[9] = null;
        assertThat(share(ear, 8000)).isGreaterThan(0.95);
        assertThat(ear.take(out, scratch)).isTrue();
        assertThat(peak()).isPositive();
    }

    @Test
    void a_source_of_odd_frames_is_played_without_gaps() {
        Playing playing = new Playing(1, new Counting(11_025), false);
        double share = 0;
        for (int i = 0; i < 200; i++) {
            playing.frame(8000, out, scratch);
            share = Tones.share(Arrays.copyOf(out, 160), 8000, 1000);
            assertThat(i < 2 ? 1 : share).as("frame " + i).isGreaterThan(0.9);
        }
    }

    /// A tone of 1000 Hz at a rate whose frames are no whole number of samples.
    private static final class Counting implements AudioSource {
        private final int sampleRate;
        private int at;

        Counting(int sampleRate) {
            this.sampleRate = sampleRate;
        }

        @Override
        public int sampleRate() {
            return sampleRate;
        }

        @Override
        public int next(short[] out, int offset, int samples) {
            for (int i = 0; i < samples; i++) {
                out[offset + i] = (short) (8000 * Math.sin(2 * Math.PI * 1000 * at++ / sampleRate));
            }
            return samples;
        }

        @Override
        public boolean isEnded() {
            return false;
        }
    }
}
