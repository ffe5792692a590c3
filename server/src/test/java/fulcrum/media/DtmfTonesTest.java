package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;

class DtmfTonesTest {
    @Test
    void each_digit_is_its_two_frequencies_at_their_levels() {
        for (char digit : DtmfTones.DIGITS.toCharArray()) {
            short[] samples =
                    ToneScriptTest.played(
                            DtmfTones.source(String.valueOf(digit), Duration.ofMillis(200), 8000));
            Spectrum spectrum = new Spectrum(8000, 1024);
            spectrum.measure(samples, 0);
            assertThat(spectrum.pair().orElseThrow().isNear(DtmfTones.pair(digit), 1)).isTrue();
            assertThat(spectrum.levelDbm0(DtmfTones.pair(digit).low())).isCloseTo(-8, within(0.1));
            assertThat(spectrum.levelDbm0(DtmfTones.pair(digit).high())).isCloseTo(-6, within(0.1));
        }
    }

    @Test
    void digits_last_as_long_as_asked_with_silence_after_each() {
        DtmfTones tones = new DtmfTones("12d", Duration.ofMillis(70), Duration.ofMillis(50), 16000);
        assertThat(ToneScriptTest.played(tones)).hasSize(3 * 120 * 16);
    }

    @Test
    void waits_are_silence() {
        DtmfTones tones = new DtmfTones("1wW2", Duration.ofMillis(70), Duration.ofMillis(50), 8000);
        short[] samples = ToneScriptTest.played(tones);
        assertThat(samples).hasSize((120 + 500 + 1000 + 120) * 8);
        assertThat(Arrays.copyOfRange(samples, 70 * 8, 1620 * 8)).containsOnly(0);
    }

    @Test
    void what_is_no_digit_is_refused() {
        assertThatThrownBy(() -> DtmfTones.source("12E", Duration.ofMillis(70), 8000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'E'");
        assertThat(DtmfTones.isDigit('e')).isFalse();
        assertThat(DtmfTones.isDigit('d')).isTrue();
    }
}
