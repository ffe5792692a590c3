package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The limits of ITU-T Q.24 and of the product's own promises, at both sample rates.
class DtmfDetectorTest {
    private static final double LEVEL = -10;

    private record Press(
            char digit, double millis, double lowDbm0, double highDbm0, double stretch) {
        static Press of(char digit) {
            return new Press(digit, 50, LEVEL, LEVEL, 0);
        }

        Press lasting(double other) {
            return new Press(digit, other, lowDbm0, highDbm0, stretch);
        }

        Press at(double low, double high) {
            return new Press(digit, millis, low, high, stretch);
        }

        Press off(double part) {
            return new Press(digit, millis, lowDbm0, highDbm0, part);
        }

        Wave sound(int rate) {
            TonePair pair = DtmfTones.pair(digit);
            return Wave.tone(rate, millis, pair.low() * (1 + stretch), lowDbm0)
                    .plus(pair.high() * (1 + stretch), highDbm0);
        }
    }

    /// Hears frames of 20 ms after each other, as a path does, and writes down what was pressed.
    private static String heard(int rate, Wave wave) {
        short[] samples = wave.then(Wave.silence(rate, 100)).samples();
        var detector = new DtmfDetector(rate);
        var digits = new StringBuilder();
        int frame = rate / 50;
        for (int at = 0; at + frame <= samples.length; at += frame) {
            char digit = detector.hear(samples, at, frame);
            if (digit != DtmfDetector.NONE) {
                digits.append(digit);
            }
        }
        return digits.toString();
    }

    /// The press at every place within a hop, so that no lucky alignment decides.
    private static void isHeardAs(String expected, int rate, Press press) {
        for (double shift = 0; shift < 5; shift += 1.25) {
            Wave wave = Wave.silence(rate, 30 + shift).then(press.sound(rate));
            assertThat(heard(rate, wave))
                    .as("%s at %d Hz, %.3f ms", press, rate, shift)
                    .isEqualTo(expected);
        }
    }

    private static char[] digits() {
        return DtmfTones.DIGITS.toCharArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void all_sixteen_digits_are_heard_once_each(int rate) {
        Wave wave = Wave.silence(rate, 50);
        for (char digit : digits()) {
            wave.then(Press.of(digit).sound(rate)).then(Wave.silence(rate, 50));
        }
        assertThat(heard(rate, wave)).isEqualTo(DtmfTones.DIGITS);
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void forty_milliseconds_are_enough_and_so_is_a_pause_of_forty(int rate) {
        for (char digit : digits()) {
            isHeardAs(String.valueOf(digit), rate, Press.of(digit).lasting(40));
            Wave twice = Wave.silence(rate, 33);
            for (int i = 0; i < 3; i++) {
                twice.then(Press.of(digit).lasting(40).sound(rate)).then(Wave.silence(rate, 40));
            }
            assertThat(heard(rate, twice)).isEqualTo(String.valueOf(digit).repeat(3));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void twenty_three_milliseconds_are_not_a_digit(int rate) {
        for (char digit : digits()) {
            isHeardAs("", rate, Press.of(digit).lasting(23));
            isHeardAs("", rate, Press.of(digit).lasting(23).at(0, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -3, -10, -20, -25})
    void levels_from_0_to_minus_25_dbm0_are_heard(double dbm0) {
        for (char digit : digits()) {
            isHeardAs(String.valueOf(digit), 8000, Press.of(digit).lasting(40).at(dbm0, dbm0));
            isHeardAs(String.valueOf(digit), 16000, Press.of(digit).lasting(40).at(dbm0, dbm0));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-29, -35, -55})
    void levels_below_minus_29_dbm0_are_not_heard(double dbm0) {
        for (char digit : digits()) {
            isHeardAs("", 8000, Press.of(digit).lasting(100).at(dbm0, dbm0));
            isHeardAs("", 16000, Press.of(digit).lasting(100).at(dbm0, dbm0));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void the_low_tone_may_be_8_db_above_the_high_one_and_the_high_one_4_db_above_the_low_one(
            int rate) {
        for (char digit : digits()) {
            String once = String.valueOf(digit);
            isHeardAs(once, rate, Press.of(digit).lasting(40).at(-6, -14));
            isHeardAs(once, rate, Press.of(digit).lasting(40).at(-14, -10));
            isHeardAs(once, rate, Press.of(digit).lasting(40).at(-25, -33));
            isHeardAs("", rate, Press.of(digit).at(-6, -17));
            isHeardAs("", rate, Press.of(digit).at(-17, -10));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.015, -0.01, 0.01, 0.015})
    void frequencies_off_by_one_and_a_half_percent_are_heard(double part) {
        for (char digit : digits()) {
            isHeardAs(String.valueOf(digit), 8000, Press.of(digit).lasting(40).off(part));
            isHeardAs(
                    String.valueOf(digit), 8000, Press.of(digit).lasting(40).off(part).at(-6, -14));
            isHeardAs(String.valueOf(digit), 16000, Press.of(digit).lasting(40).off(part));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.05, -0.04, -0.035, 0.035, 0.04, 0.05})
    void frequencies_off_by_three_and_a_half_percent_are_not_heard(double part) {
        for (char digit : digits()) {
            isHeardAs("", 8000, Press.of(digit).lasting(200).off(part));
            isHeardAs("", 16000, Press.of(digit).lasting(200).off(part));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.035, 0.035})
    void one_frequency_that_is_off_is_enough_to_refuse(double part) {
        for (char digit : digits()) {
            TonePair pair = DtmfTones.pair(digit);
            Wave low =
                    Wave.tone(8000, 200, pair.low() * (1 + part), LEVEL).plus(pair.high(), LEVEL);
            Wave high =
                    Wave.tone(8000, 200, pair.low(), LEVEL).plus(pair.high() * (1 + part), LEVEL);
            assertThat(heard(8000, low)).isEmpty();
            assertThat(heard(8000, high)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void noise_15_db_below_does_not_hide_a_digit(int rate) {
        for (int seed = 0; seed < 20; seed++) {
            Wave wave = Wave.silence(rate, 50);
            for (char digit : digits()) {
                wave.then(Press.of(digit).sound(rate)).then(Wave.silence(rate, 50));
            }
            assertThat(heard(rate, wave.noise(LEVEL + 3 - 15, seed)))
                    .as("seed %d", seed)
                    .isEqualTo(DtmfTones.DIGITS);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void a_break_of_ten_milliseconds_does_not_split_a_digit(int rate) {
        for (char digit : digits()) {
            Wave wave =
                    Wave.silence(rate, 30)
                            .then(Press.of(digit).lasting(60).sound(rate))
                            .then(Wave.silence(rate, 10))
                            .then(Press.of(digit).lasting(60).sound(rate));
            assertThat(heard(rate, wave)).isEqualTo(String.valueOf(digit));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 70, 100, 500, 3000})
    void a_held_digit_counts_once_and_its_length_is_known(int millis) {
        short[] samples =
                Wave.silence(8000, 31)
                        .then(Press.of('5').lasting(millis).sound(8000))
                        .then(Wave.silence(8000, 60))
                        .samples();
        var detector = new DtmfDetector(8000);
        int presses = 0;
        for (int at = 0; at + 160 <= samples.length; at += 160) {
            presses += detector.hear(samples, at, 160) == '5' ? 1 : 0;
        }
        assertThat(presses).isEqualTo(1);
        assertThat(detector.held()).isEqualTo(DtmfDetector.NONE);
        assertThat(detector.heldMillis()).isCloseTo(millis, within(15));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PCMU", "PCMA", "G722"})
    void digits_survive_each_codec(String name) {
        Codec codec = Codecs.named(name).orElseThrow();
        Wave wave = Wave.silence(codec.sampleRate(), 50);
        for (char digit : digits()) {
            wave.then(Press.of(digit).lasting(40).at(-25, -25).sound(codec.sampleRate()))
                    .then(Wave.silence(codec.sampleRate(), 40));
        }
        short[] sent = wave.samples();
        byte[] octets = new byte[sent.length];
        int length = codec.encoder().encode(sent, 0, sent.length & ~1, octets, 0);
        short[] received = new short[sent.length];
        codec.decoder().decode(octets, 0, length, received, 0);
        assertThat(heard(codec.sampleRate(), Wave.of(codec.sampleRate(), received)))
                .isEqualTo(DtmfTones.DIGITS);
    }

    @ParameterizedTest
    @ValueSource(doubles = {350, 440, 697, 941, 1000, 1336, 2100})
    void a_single_tone_is_no_digit(double frequency) {
        assertThat(heard(8000, Wave.tone(8000, 1000, frequency, -6))).isEmpty();
    }
}
