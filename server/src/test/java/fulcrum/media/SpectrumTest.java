package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpectrumTest {
    @ParameterizedTest
    @ValueSource(doubles = {203, 440, 999.5, 1234, 3333})
    void the_strongest_tone_is_found_with_its_level(double frequency) {
        Spectrum spectrum = new Spectrum(8000, 512);
        spectrum.measure(Wave.tone(8000, 100, frequency, -17).samples(), 30);
        assertThat(spectrum.strongest()).isCloseTo(frequency, within(1.0));
        assertThat(spectrum.levelDbm0(frequency)).isCloseTo(-17, within(0.1));
        assertThat(Goertzel.dbm0(spectrum.totalPower())).isCloseTo(-17, within(0.1));
    }

    @ParameterizedTest
    @CsvSource({"440, 480", "600, 1500", "697, 1209", "1900, 2000", "300, 3300"})
    void a_tone_pair_is_recognised_by_its_frequencies(double low, double high) {
        Spectrum spectrum = new Spectrum(8000, 1024);
        spectrum.measure(Wave.tone(8000, 200, low, -12).plus(high, -18).noise(-40, 1).samples(), 0);
        assertThat(spectrum.pair())
                .hasValueSatisfying(
                        pair -> assertThat(pair.isNear(new TonePair(low, high), 3)).isTrue());
        assertThat(spectrum.pair().orElseThrow().isNear(new TonePair(low, high + 50), 3)).isFalse();
    }

    @Test
    void silence_one_tone_three_tones_and_noise_are_no_pair() {
        Spectrum spectrum = new Spectrum(8000, 512);
        spectrum.measure(new short[512], 0);
        assertThat(spectrum.pair()).isEmpty();
        spectrum.measure(Wave.tone(8000, 100, 800, -10).samples(), 0);
        assertThat(spectrum.pair()).isEmpty();
        spectrum.measure(
                Wave.tone(8000, 100, 500, -10).plus(900, -10).plus(1400, -10).samples(), 0);
        assertThat(spectrum.pair()).isEmpty();
        spectrum.measure(Wave.silence(8000, 100).noise(-10, 5).samples(), 0);
        assertThat(spectrum.pair()).isEmpty();
    }

    @Test
    void a_pair_survives_every_codec() {
        for (Codec codec : Codecs.ALL) {
            int rate = codec.sampleRate();
            short[] sent = Wave.tone(rate, 200, 700, -10).plus(1700, -10).samples();
            byte[] octets = new byte[sent.length];
            short[] heard = new short[sent.length];
            int length = codec.encoder().encode(sent, 0, sent.length, octets, 0);
            codec.decoder().decode(octets, 0, length, heard, 0);
            Spectrum spectrum = new Spectrum(rate, 1024);
            spectrum.measure(heard, 400);
            assertThat(spectrum.pair().orElseThrow().isNear(new TonePair(700, 1700), 2)).isTrue();
        }
    }

    @Test
    void goertzel_measures_one_frequency_and_its_share() {
        Goertzel goertzel = new Goertzel(8000, 1000);
        short[] samples = Wave.tone(8000, 100, 1000, -10).plus(2000, -20).samples();
        goertzel.add(samples, 0, 300);
        goertzel.add(samples, 300, 500);
        assertThat(goertzel.levelDbm0()).isCloseTo(-10, within(0.05));
        assertThat(goertzel.share()).isCloseTo(1 / 1.1, within(0.01));
        goertzel.reset();
        assertThat(goertzel.power()).isZero();
        goertzel.add(new short[100], 0, 100);
        assertThat(goertzel.share()).isZero();
        assertThat(goertzel.levelDbm0()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void a_sine_of_a_given_level_measures_as_that_level() {
        assertThat(Goertzel.amplitude(Goertzel.FULL_SCALE_DBM0)).isCloseTo(32768, within(0.5));
        double peak = Goertzel.amplitude(-13);
        assertThat(Goertzel.dbm0(peak * peak / 2)).isCloseTo(-13, within(1e-9));
    }
}
