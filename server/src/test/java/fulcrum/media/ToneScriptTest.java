package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Arrays;

class ToneScriptTest {
    /// Everything a source plays, frame by frame, at most ten seconds.
    static short[] played(AudioSource source) {
        int frame = source.sampleRate() / 50;
        short[] all = new short[500 * frame];
        int done = 0;
        while (!source.isEnded() && done < all.length) {
            done += source.next(all, done, frame);
        }
        return Arrays.copyOf(all, done);
    }

    private static short[] played(String script) {
        return played(ToneScript.parse(script).source(8000));
    }

    private static double level(short[] samples, int fromMillis, int millis, double frequency) {
        Goertzel goertzel = new Goertzel(8000, frequency);
        goertzel.add(samples, fromMillis * 8, millis * 8);
        return goertzel.levelDbm0();
    }

    private static boolean isSilent(short[] samples, int fromMillis, int millis) {
        for (int i = fromMillis * 8; i < (fromMillis + millis) * 8; i++) {
            if (samples[i] != 0) {
                return false;
            }
        }
        return true;
    }

    @Test
    void a_tone_has_its_length_its_silence_and_its_frequencies() {
        short[] samples = played("%(500,100,440,480)");
        assertThat(samples).hasSize(600 * 8);
        // FreeSWITCH divides the volume of -7 dBm0 among the two: 6 dB less for each.
        assertThat(level(samples, 0, 500, 440)).isCloseTo(-13, within(0.1));
        assertThat(level(samples, 0, 500, 480)).isCloseTo(-13, within(0.1));
        assertThat(isSilent(samples, 500, 100)).isTrue();
    }

    @Test
    void tones_follow_each_other() {
        short[] samples = played("%(100,0,913.8);%(100,50,1370.6) %(100,0,1776.7)");
        assertThat(samples).hasSize(350 * 8);
        assertThat(level(samples, 0, 100, 913.8)).isCloseTo(-7, within(0.1));
        assertThat(level(samples, 100, 100, 1370.6)).isCloseTo(-7, within(0.1));
        assertThat(isSilent(samples, 200, 50)).isTrue();
        assertThat(level(samples, 250, 100, 1776.7)).isCloseTo(-7, within(0.1));
    }

    @ParameterizedTest
    @CsvSource({
        "v=-20;, -20",
        "v=0;, 0",
        "v=-63;, -63",
        "v=5;, -7",
        "v=-70;, -7",
        "'v=-20;v=-10.5; ', -10.5"
    })
    void the_volume_is_taken_where_it_is_between_minus_63_and_0(String setting, double dbm0) {
        assertThat(level(played(setting + "%(500,0,1000)"), 0, 500, 1000))
                .isCloseTo(dbm0, within(dbm0 < -50 ? 1 : 0.1));
    }

    @ParameterizedTest
    @CsvSource({
        "'%(100,50,800)', 150",
        "'L=3;%(100,50,800)', 450",
        "'%(100,50,800);loops=3', 450",
        "'L=2;%(100,50,800);loops=2', 600",
        "'l=3;%(100,50,800);%(10,0,900)', 460",
        "'d=100;w=20;12', 240",
        "'7(1000,500)', 1500",
        "'%(0,250,440)', 250",
        "'tone_stream://%(300,0,440)', 300"
    })
    void loops_and_lengths_add_up(String script, int millis) {
        ToneScript tones = ToneScript.parse(script);
        assertThat(tones.duration()).contains(Duration.ofMillis(millis));
        assertThat(played(tones.source(8000))).hasSize(millis * 8);
        assertThat(played(tones.source(16000))).hasSize(millis * 16);
    }

    @Test
    void an_endless_script_goes_on() {
        ToneScript script = ToneScript.parse("%(350,350,450);loops=-1");
        assertThat(script.duration()).isEmpty();
        short[] samples = played(script.source(8000));
        assertThat(samples).hasSize(80000);
        assertThat(level(samples, 700 * 10, 350, 450)).isCloseTo(-7, within(0.1));
        assertThat(isSilent(samples, 700 * 10 + 350, 350)).isTrue();
    }

    @Test
    void a_source_can_play_the_script_several_times_or_for_ever() {
        ToneScript script = ToneScript.parse("%(100,0,450);loops=2");
        assertThat(played(script.source(8000, 3))).hasSize(600 * 8);
        assertThat(played(script.source(8000, 0))).hasSize(80000);
    }

    @Test
    void a_tone_fades_as_it_is_told() {
        short[] softer = played("v=-7;>=2;+=.1;%(1000,0,1000)");
        assertThat(level(softer, 0, 20, 1000)).isCloseTo(-7.5, within(0.3));
        assertThat(level(softer, 500, 20, 1000)).isCloseTo(-32.5, within(0.3));
        short[] louder = played("v=-40;<=10;+=1;%(1000,0,1000)");
        assertThat(level(louder, 200, 10, 1000)).isCloseTo(-20, within(1.0));
        assertThat(level(louder, 900, 50, 1000)).isCloseTo(0, within(0.1));
    }

    @Test
    void digits_are_dtmf() {
        short[] samples = played("d=80;w=80;" + DtmfTones.DIGITS);
        DtmfDetector detector = new DtmfDetector(8000);
        StringBuilder heard = new StringBuilder();
        for (int at = 0; at < samples.length; at += 160) {
            char digit = detector.hear(samples, at, 160);
            heard.append(digit == DtmfDetector.NONE ? "" : digit);
        }
        assertThat(heard).hasToString(DtmfTones.DIGITS);
    }

    @Test
    void a_tone_does_not_click_between_frames() {
        short[] frames = played("%(500,0,443)");
        short[] whole = new short[4000];
        assertThat(ToneScript.parse("%(500,0,443)").source(8000).next(whole, 0, 4000))
                .isEqualTo(4000);
        assertThat(frames).isEqualTo(whole);
    }

    @Test
    void frequency_zero_is_silence() {
        assertThat(isSilent(played("%(167,0,0)"), 0, 167)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 0 | no tone",
                "%(100,100 | 1 | is not closed",
                "%(100,100) | 0 | %(on,off,frequency",
                "7(100) | 0 | 7(on,off)",
                "%(x,100,440) | 2 | is not a number",
                "%(100,-1,440) | 0 | a time is",
                "%(100,0,99999) | 0 | a frequency is",
                "v=-7;hello | 5 | is neither",
                "%(1,1,NaN) | 6 | is not a number",
                "L=;%(1,1,440) | 2 | is not a number"
            })
    void nonsense_is_refused_with_its_place(String script, long place, String reason) {
        assertThatThrownBy(() -> ToneScript.parse(script))
                .isInstanceOfSatisfying(
                        BadAudio.class, bad -> assertThat(bad.offset()).isEqualTo(place))
                .hasMessageContaining(reason);
    }

    @Test
    void a_script_that_lasts_no_time_is_over_at_once() {
        assertThat(ToneScript.parse("%(0,0,440);loops=-1").source(8000).isEnded()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"silence_stream://500, 500", "250, 250", "'500,1400', 500"})
    void silence_has_a_length(String text, int millis) {
        assertThat(played(Silence.parse(text))).hasSize(millis * 8);
    }

    @Test
    void silence_without_a_length_goes_on_and_noise_is_soft() {
        assertThat(played(Silence.parse("silence_stream://-1"))).hasSize(80000).containsOnly(0);
        assertThat(played(Silence.parse("silence_stream://"))).hasSize(80000);
        short[] noise = played(Silence.parse("silence_stream://0,1400"));
        int loudest = 0;
        for (short sample : noise) {
            loudest = Math.max(loudest, Math.abs(sample));
        }
        assertThat(loudest).isBetween(10, 32767 / 1400);
        assertThatThrownBy(() -> Silence.parse("silence_stream://soon"))
                .isInstanceOf(BadAudio.class);
    }
}
