package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {
    /// The pairs that occur: both legs of a call, and files.
    private static final String PAIRS =
            """
            8000, 16000
            16000, 8000
            11025, 16000
            22050, 16000
            24000, 16000
            32000, 16000
            44100, 16000
            48000, 16000
            44100, 8000
            48000, 8000
            """;

    /// The level of a tone after conversion, away from both ends.
    private static double level(int from, int to, double sent, double heard) {
        short[] out = Resampler.convert(Wave.tone(from, 400, sent, -10).samples(), from, to);
        Goertzel goertzel = new Goertzel(to, heard);
        goertzel.add(out, to / 10, to / 5);
        return goertzel.levelDbm0();
    }

    @ParameterizedTest
    @CsvSource(textBlock = PAIRS)
    void the_pass_band_is_flat_to_a_tenth_of_a_decibel(int from, int to) {
        double edge = 0.85 * Math.min(from, to) / 2;
        for (int step = 1; step <= 8; step++) {
            double frequency = Math.floor(edge * step / 8 / 10) * 10;
            assertThat(level(from, to, frequency, frequency))
                    .as("%.0f Hz from %d to %d", frequency, from, to)
                    .isCloseTo(-10, within(0.1));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "16000, 8000",
        "32000, 16000",
        "44100, 16000",
        "48000, 16000",
        "44100, 8000",
        "48000, 8000"
    })
    void what_does_not_fit_is_60_db_down_and_does_not_fold_back(int from, int to) {
        for (double frequency = to / 2.0 + 20;
                frequency < from / 2.0;
                frequency += (from - to) / 23.0) {
            short[] out =
                    Resampler.convert(Wave.tone(from, 400, frequency, -3).samples(), from, to);
            double power = 0;
            for (int i = to / 10; i < to * 3 / 10; i++) {
                power += out[i] * (double) out[i] / (to / 5.0);
            }
            // 60 dB below -3 dBm0; rounding to whole samples alone makes noise of about -86 dBm0.
            assertThat(Goertzel.dbm0(power)).as("%.0f Hz", frequency).isLessThan(-62);
        }
    }

    @ParameterizedTest
    @CsvSource({"8000, 16000, 1000", "8000, 16000, 3000", "11025, 16000, 3000"})
    void images_above_the_old_band_are_60_db_down(int from, int to, double frequency) {
        double image = from - frequency;
        double folded = image < to / 2.0 ? image : to - image;
        assertThat(level(from, to, frequency, folded)).isLessThan(-70);
    }

    @ParameterizedTest
    @CsvSource(textBlock = PAIRS)
    void a_whole_sound_keeps_its_length_and_its_place(int from, int to) {
        for (int length : new int[] {0, 1, 5, 1000, 4410, 5000}) {
            int expected = (int) (((long) length * to + from - 1) / from);
            assertThat(Resampler.convert(new short[length], from, to)).hasSize(expected);
        }
        short[] click = new short[from / 10];
        click[from / 20] = 20000;
        short[] out = Resampler.convert(click, from, to);
        int loudest = 0;
        for (int i = 0; i < out.length; i++) {
            loudest = Math.abs(out[i]) > Math.abs(out[loudest]) ? i : loudest;
        }
        assertThat((double) loudest).isCloseTo(to / 20.0, within(1.0));
    }

    @Test
    void frames_of_twenty_milliseconds_give_frames_of_twenty_milliseconds() {
        for (int from : new int[] {8000, 16000}) {
            int to = 24000 - from;
            Resampler resampler = new Resampler(from, to);
            short[] out = new short[resampler.mostOut(from / 50)];
            for (int frame = 0; frame < 100; frame++) {
                assertThat(resampler.process(new short[from / 50], 0, from / 50, out, 0))
                        .isEqualTo(to / 50);
            }
        }
    }

    @Test
    void the_size_of_the_pieces_does_not_matter() {
        short[] in = Wave.silence(44100, 200).noise(-10, 3).samples();
        Resampler whole = new Resampler(44100, 8000);
        Resampler pieces = new Resampler(44100, 8000);
        short[] expected = new short[2000];
        short[] actual = new short[2000];
        int made = 0;
        for (int at = 0; at < in.length; at += Resampler.BLOCK) {
            made +=
                    whole.process(
                            in, at, Math.min(Resampler.BLOCK, in.length - at), expected, made);
        }
        int madeInPieces = 0;
        for (int at = 0; at < in.length; at += 7) {
            int count = Math.min(7, in.length - at);
            int got = pieces.process(in, at, count, actual, madeInPieces);
            assertThat(got).isLessThanOrEqualTo(pieces.mostOut(count));
            madeInPieces += got;
        }
        assertThat(madeInPieces).isEqualTo(made);
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void to_the_wider_band_and_back_costs_next_to_nothing() {
        short[] sent = Wave.tone(8000, 500, 440, -10).plus(1700, -12).plus(3300, -14).samples();
        short[] back = Resampler.convert(Resampler.convert(sent, 8000, 16000), 16000, 8000);
        assertThat(Wave.signalToNoise(sent, 500, back, 500, 3000)).isGreaterThan(45);
    }

    @Test
    void rates_without_a_handy_ratio_are_converted_too() {
        assertThat(level(44101, 8000, 1000, 1000)).isCloseTo(-10, within(0.1));
        short[] out = Resampler.convert(Wave.tone(15999, 400, 1000, -3).samples(), 15999, 8000);
        short[] wanted = Wave.tone(8000, 400, 1000, -3).samples();
        assertThat(Wave.signalToNoise(wanted, 500, out, 500, 2000)).isGreaterThan(55);
    }

    @Test
    void full_scale_is_cut_off_and_does_not_wrap_around() {
        short[] square = new short[1600];
        for (int i = 0; i < square.length; i++) {
            square[i] = i / 16 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
        }
        short[] out = Resampler.convert(square, 16000, 8000);
        int wrapped = 0;
        for (int i = 100; i < 700; i++) {
            boolean isMiddle = i % 8 >= 2 && i % 8 <= 5;
            wrapped += isMiddle && out[i] * square[2 * i] < 0 ? 1 : 0;
        }
        assertThat(wrapped).isZero();
    }
}
