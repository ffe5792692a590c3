package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;

/// The vectors below were made from the same input with libspandsp 0.0.6, which passes the test sequences of G.722
/// Appendix II; the two agree octet by octet.
class G722Test {
    /// Samples that an encoded and decoded signal comes late by: both mirror filters.
    private static final int DELAY = 22;

    /// A chirp that wraps around, and some noise; integers only, so the same everywhere.
    private static short[] signal(int count, int amplitude) {
        short[] samples = new short[count];
        int dice = 1;
        for (int i = 0; i < count; i++) {
            dice = dice * 1103515245 + 12345;
            int chirp = i * i % (2 * amplitude + 1) - amplitude;
            samples[i] = (short) (chirp + (dice >> 16) % 1000);
        }
        return samples;
    }

    private static byte[] encoded(short[] samples, int run) {
        byte[] octets = new byte[samples.length / 2];
        Codec.Encoder encoder = Codecs.G722.encoder();
        for (int at = 0; at < samples.length; at += run) {
            int count = Math.min(run, samples.length - at);
            assertThat(encoder.encode(samples, at, count, octets, at / 2)).isEqualTo(count / 2);
        }
        return octets;
    }

    private static short[] decoded(byte[] octets, int run) {
        short[] samples = new short[2 * octets.length];
        Codec.Decoder decoder = Codecs.G722.decoder();
        for (int at = 0; at < octets.length; at += run) {
            int count = Math.min(run, octets.length - at);
            assertThat(decoder.decode(octets, at, count, samples, 2 * at)).isEqualTo(2 * count);
        }
        return samples;
    }

    private static long crc(byte[] octets) {
        CRC32 crc = new CRC32();
        crc.update(octets);
        return crc.getValue();
    }

    private static long crc(short[] samples) {
        byte[] octets = new byte[2 * samples.length];
        for (int i = 0; i < samples.length; i++) {
            octets[2 * i] = (byte) samples[i];
            octets[2 * i + 1] = (byte) (samples[i] >> 8);
        }
        return crc(octets);
    }

    @Test
    void encodes_a_known_signal_to_the_known_octets() {
        byte[] octets = encoded(signal(16000, 9000), 320);
        assertThat(HexFormat.of().formatHex(octets, 0, 32))
                .isEqualTo("328722872384048c8d8d10901090d19213565516d75797195999991bd9d89b19");
        assertThat(crc(octets)).isEqualTo(0xF200004BL);
    }

    @Test
    void decodes_known_octets_to_the_known_signal() {
        short[] samples = decoded(encoded(signal(16000, 9000), 320), 160);
        assertThat(Arrays.copyOfRange(samples, 100, 110))
                .containsExactly(
                        (short) -2545,
                        (short) -3411,
                        (short) -2196,
                        (short) -3273,
                        (short) -2635,
                        (short) -1667,
                        (short) -1938,
                        (short) -2455,
                        (short) -2300,
                        (short) -2053);
        assertThat(crc(samples)).isEqualTo(0xC3C84F0DL);
    }

    @Test
    void the_size_of_packets_does_not_matter() {
        short[] samples = signal(4800, 9000);
        byte[] octets = encoded(samples, 320);
        assertThat(encoded(samples, 960)).isEqualTo(octets);
        assertThat(encoded(samples, 2)).isEqualTo(octets);
        assertThat(decoded(octets, 7)).isEqualTo(decoded(octets, 480));
    }

    @Test
    void two_streams_do_not_disturb_each_other() {
        Codec.Encoder other = Codecs.G722.encoder();
        other.encode(signal(320, 20000), 0, 320, new byte[160], 0);
        assertThat(encoded(signal(320, 9000), 320)).isEqualTo(encoded(signal(320, 9000), 320));
    }

    @ParameterizedTest
    @ValueSource(doubles = {300, 1000, 3000, 5000, 6500})
    void a_tone_keeps_its_frequency_and_its_level(double frequency) {
        short[] heard =
                decoded(encoded(Wave.tone(16000, 1000, frequency, -10).samples(), 320), 160);
        Spectrum spectrum = new Spectrum(16000, 8192);
        spectrum.measure(heard, 4000);
        assertThat(spectrum.strongest()).isCloseTo(frequency, within(1.0));
        assertThat(spectrum.levelDbm0(frequency)).isCloseTo(-10, within(0.5));
    }

    @ParameterizedTest
    @ValueSource(doubles = {300, 1000, 2000, 3000})
    void the_lower_band_keeps_noise_away(double frequency) {
        short[] sent = Wave.tone(16000, 1000, frequency, -10).samples();
        short[] heard = decoded(encoded(sent, 320), 160);
        assertThat(Wave.signalToNoise(sent, 2000, heard, 2000 + DELAY, 12000)).isGreaterThan(30);
    }

    @Test
    void the_loudest_signal_is_cut_off_and_does_not_wrap_around() {
        short[] sent = new short[16000];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = i / 16 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
        }
        short[] heard = decoded(encoded(sent, 320), 160);
        int wrapped = 0;
        for (int i = 1000; i < 15000; i++) {
            boolean isMiddle = (i - DELAY) % 16 > 4 && (i - DELAY) % 16 < 12;
            wrapped += isMiddle && heard[i] * sent[i - DELAY] < 0 ? 1 : 0;
        }
        assertThat(wrapped).isZero();
    }

    @Test
    void any_octets_can_be_decoded() {
        byte[] octets = new byte[20000];
        new Random(7).nextBytes(octets);
        assertThat(decoded(octets, 160)).hasSize(40000);
    }
}
