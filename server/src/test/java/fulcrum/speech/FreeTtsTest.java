package fulcrum.speech;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.stream.IntStream;

class FreeTtsTest {
    private static final Voice VOICE = new FreeTts().load();

    private static double seconds(short[] samples) {
        return samples.length / 16_000.0;
    }

    private static int peak(short[] samples) {
        return IntStream.range(0, samples.length).map(i -> Math.abs(samples[i])).max().orElse(0);
    }

    /// The pitch by autocorrelation over the loudest tenth of a second, between 60 and 300 Hz.
    private static double pitchHertz(short[] samples) {
        int window = 1600;
        int loudest = 0;
        double most = 0;
        for (int start = 0; start + 2 * window < samples.length; start += 160) {
            double energy = correlation(samples, start, window, 0);
            if (energy > most) {
                most = energy;
                loudest = start;
            }
        }
        int best = 0;
        double highest = 0;
        for (int lag = 16_000 / 300; lag <= 16_000 / 60; lag++) {
            double similar = correlation(samples, loudest, window, lag);
            if (similar > highest) {
                highest = similar;
                best = lag;
            }
        }
        return 16_000.0 / best;
    }

    private static double correlation(short[] samples, int start, int window, int lag) {
        double sum = 0;
        for (int i = start; i < start + window; i++) {
            sum += (double) samples[i] * samples[i + lag];
        }
        return sum;
    }

    @Test
    void a_sentence_is_as_long_and_loud_as_speech() {
        short[] samples = VOICE.render("Pivot is pretty awesome. Have a great day.", false);

        assertThat(seconds(samples)).isBetween(2.0, 4.5);
        assertThat(peak(samples)).isBetween(6_000, 32_000);
    }

    @Test
    void a_longer_text_takes_longer() {
        double two = seconds(VOICE.render("one two", false));
        double eight = seconds(VOICE.render("one two three four five six seven eight", false));

        assertThat(eight / two).isBetween(2.0, 6.0);
    }

    @Test
    void the_same_text_sounds_the_same_again() {
        short[] first = VOICE.render("The code is 1 2 3 4.", false);

        assertThat(VOICE.render("The code is 1 2 3 4.", false)).isEqualTo(first);
    }

    @Test
    void a_high_voice_is_higher() {
        double low = pitchHertz(VOICE.render("Are you all there?", false));
        double high = pitchHertz(VOICE.render("Are you all there?", true));

        assertThat(low).isBetween(70.0, 140.0);
        assertThat(high).isBetween(145.0, 240.0);
    }

    @Test
    void a_text_without_words_makes_no_sound() {
        assertThat(VOICE.render("...", false)).isEmpty();
        assertThat(VOICE.render("?!", false)).isEmpty();
    }

    @Test
    void it_speaks_english_of_all_countries_and_nothing_else() {
        FreeTts engine = new FreeTts();

        assertThat(engine.speaks("en-us")).isTrue();
        assertThat(engine.speaks("EN-GB")).isTrue();
        assertThat(engine.speaks("en")).isTrue();
        assertThat(engine.speaks("de-de")).isFalse();
        assertThat(engine.speaks("eng")).isFalse();
    }
}
