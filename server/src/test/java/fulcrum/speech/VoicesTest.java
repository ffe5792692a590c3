package fulcrum.speech;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

@Timeout(120)
class VoicesTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir private Path folder;

    private Voices voices(VoiceEngine engine) {
        return voices(engine, new VoiceSettings(2, 10_000_000, 100, LONG));
    }

    private Voices voices(VoiceEngine engine, VoiceSettings settings) {
        return new Voices(folder, engine, settings, Clock.systemUTC());
    }

    private static Utterance english(String text) {
        return Utterance.of(text, "en-us");
    }

    private static Spoken.Audio audio(Voices voices, Utterance utterance) {
        Spoken spoken = voices.say(utterance).join();
        assertThat(spoken).isInstanceOf(Spoken.Audio.class);
        return (Spoken.Audio) spoken;
    }

    private static String nothing(Voices voices, Utterance utterance) {
        Spoken spoken = voices.say(utterance).join();
        assertThat(spoken).isInstanceOf(Spoken.Nothing.class);
        return ((Spoken.Nothing) spoken).reason();
    }

    @Test
    void a_text_becomes_a_wav_file_that_others_can_read()
            throws IOException, UnsupportedAudioFileException {
        try (Voices voices = voices(new FreeTts())) {
            Spoken.Audio audio = audio(voices, english("Your order number is 1 2 3. Thank you."));

            byte[] file = Files.readAllBytes(audio.file());
            try (AudioInputStream wav =
                    AudioSystem.getAudioInputStream(new ByteArrayInputStream(file))) {
                assertThat(wav.getFormat().matches(new AudioFormat(16_000, 16, 1, true, false)))
                        .isTrue();
                double seconds = wav.getFrameLength() / 16_000.0;
                assertThat(seconds).isBetween(2.0, 6.0);
                assertThat(audio.length().toMillis() / 1000.0)
                        .isBetween(seconds - 0.01, seconds + 0.01);
                assertThat(loudness(wav.readAllBytes())).isGreaterThan(500);
            }
            assertThat(audio.notice()).isEmpty();
        }
    }

    private static double loudness(byte[] samples) {
        ByteBuffer buffer = ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN);
        double sum = 0;
        while (buffer.hasRemaining()) {
            double sample = buffer.getShort();
            sum += sample * sample;
        }
        return Math.sqrt(2 * sum / samples.length);
    }

    @Test
    void a_text_that_was_rendered_comes_from_the_cache() {
        try (Voices voices = voices(new FreeTts())) {
            Spoken.Audio first = audio(voices, english("Hello."));
            Spoken.Audio second = audio(voices, english("  Hello. "));

            assertThat(second).isEqualTo(first);
            assertThat(voices.rendered()).isEqualTo(1);
        }
    }

    @Test
    void the_cache_outlives_the_server() {
        Spoken.Audio first;
        try (Voices voices = voices(ToneEngine.ready())) {
            first = audio(voices, english("Hello."));
        }
        ToneEngine unused = ToneEngine.ready();
        try (Voices voices = voices(unused)) {
            assertThat(audio(voices, english("Hello."))).isEqualTo(first);
        }
        assertThat(unused.renders).hasValue(0);
    }

    @Test
    void a_broken_file_in_the_cache_is_rendered_anew() throws IOException {
        Path file;
        byte[] whole;
        try (Voices voices = voices(ToneEngine.ready())) {
            file = audio(voices, english("Hello.")).file();
            whole = Files.readAllBytes(file);
        }
        Files.write(file, Arrays.copyOf(whole, whole.length - 100));
        Files.writeString(folder.resolve("x.wav.part"), "unfinished");

        try (Voices voices = voices(ToneEngine.ready())) {
            assertThat(folder.resolve("x.wav.part")).doesNotExist();
            assertThat(audio(voices, english("Hello.")).file()).hasBinaryContent(whole);
        }
    }

    @Test
    void parallel_requests_for_one_text_render_it_once() {
        ToneEngine engine = new ToneEngine();
        try (Voices voices = voices(engine)) {
            List<CompletableFuture<Spoken>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                all.add(voices.say(english("Hello.")));
            }
            engine.mayRender.countDown();

            List<Spoken> said = all.stream().map(CompletableFuture::join).distinct().toList();
            assertThat(said).hasSize(1).first().isInstanceOf(Spoken.Audio.class);
        }
        assertThat(engine.renders).hasValue(1);
    }

    @Test
    void voices_languages_and_texts_do_not_share_a_file() {
        try (Voices voices = voices(ToneEngine.ready())) {
            Path male = audio(voices, new Utterance("Hello.", "male", "", "")).file();
            Path female = audio(voices, new Utterance("Hello.", "female/en-US", "", "")).file();
            Path other = audio(voices, new Utterance("Hallo.", "male", "", "")).file();

            assertThat(Stream.of(male, female, other).distinct()).hasSize(3);
            assertThat(audio(voices, new Utterance("Hello.", "woman", "", "")).file())
                    .isEqualTo(female);
            assertThat(audio(voices, new Utterance("Hello.", "", "", "")).file()).isEqualTo(male);
            assertThat(audio(voices, new Utterance("Hello.", "kevin", "", "")).file())
                    .isEqualTo(male);
        }
    }

    @Test
    void an_unknown_engine_falls_back_to_the_default_and_says_so() {
        try (Voices voices = voices(ToneEngine.ready())) {
            assertThat(audio(voices, new Utterance("Hello.", "", "", "google\n")).notice())
                    .contains("there is no speech engine 'google?' here, tone speaks");
            assertThat(audio(voices, new Utterance("Hello.", "", "", "flite")).notice()).isEmpty();
            assertThat(audio(voices, new Utterance("Hello.", "", "", "")).notice()).isEmpty();
        }
    }

    @Test
    void a_language_nobody_speaks_is_read_as_english_and_says_so() {
        try (Voices voices = voices(ToneEngine.ready())) {
            assertThat(audio(voices, Utterance.of("Guten Tag.", "de-de")).notice())
                    .contains("tone does not speak 'de-de', it reads the text as English");
        }
    }

    @Test
    void a_text_that_is_too_long_is_cut_and_says_so() {
        try (Voices voices = voices(ToneEngine.ready())) {
            Spoken.Audio audio = audio(voices, english("word ".repeat(2000)));

            assertThat(audio.notice()).contains("the text was cut after 5000 characters");
            assertThat(audio.length()).isBetween(Duration.ofSeconds(49), Duration.ofSeconds(50));
        }
    }

    @Test
    void a_text_with_nothing_to_speak_is_told_so() {
        try (Voices voices = voices(new FreeTts())) {
            assertThat(nothing(voices, english("")))
                    .isEqualTo("there is nothing in the text that can be spoken");
            assertThat(nothing(voices, english("...")))
                    .isEqualTo("there is nothing in the text that can be spoken");
        }
    }

    @Test
    void a_failure_is_told_and_the_next_text_gets_a_fresh_voice() {
        ToneEngine engine = ToneEngine.ready();
        try (Voices voices = voices(engine, new VoiceSettings(1, 10_000_000, 100, LONG))) {
            assertThat(nothing(voices, english("break")))
                    .isEqualTo("the speech engine tone failed: the string is broken");
            assertThat(audio(voices, english("Hello.")).length()).isPositive();
            assertThat(nothing(voices, english("break"))).contains("broken");
            assertThat(voices.failed()).isEqualTo(2);
        }
        assertThat(engine.loads).hasValue(2);
    }

    @Test
    void an_engine_that_takes_too_long_does_not_hold_the_caller() {
        VoiceSettings impatient = new VoiceSettings(1, 10_000_000, 100, Duration.ofMillis(1));
        try (Voices voices = voices(new ToneEngine(), impatient)) {
            assertThat(nothing(voices, english("Hello."))).contains("took longer than PT0.001S");
        }
    }

    @Test
    void too_many_waiting_texts_are_refused() {
        ToneEngine engine = new ToneEngine();
        try (Voices voices = voices(engine, new VoiceSettings(1, 10_000_000, 2, LONG))) {
            List<CompletableFuture<Spoken>> all = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                all.add(voices.say(english("Text number " + i)));
            }
            engine.mayRender.countDown();

            long refused =
                    all.stream()
                            .map(CompletableFuture::join)
                            .filter(new Spoken.Nothing("too many texts wait to be spoken")::equals)
                            .count();
            assertThat(refused).isBetween(7L, 8L);
        }
    }

    @Test
    void a_long_text_lets_a_short_one_go_first() {
        ToneEngine engine = new ToneEngine();
        try (Voices voices = voices(engine, new VoiceSettings(1, 10_000_000, 100, LONG))) {
            CompletableFuture<Spoken> longOne =
                    voices.say(english("A sentence of words. ".repeat(200)));
            List<Boolean> longWasDone = new ArrayList<>();
            CompletableFuture<Void> shortOne =
                    voices.say(english("Short."))
                            .thenAccept(_ -> longWasDone.add(longOne.isDone()));
            engine.mayRender.countDown();
            shortOne.join();
            longOne.join();

            assertThat(longWasDone).containsExactly(false);
        }
    }

    @Test
    void a_server_that_stops_tells_who_still_asks() {
        Voices voices = voices(ToneEngine.ready());
        voices.close();

        assertThat(nothing(voices, english("Hello."))).contains("the server stops");
    }
}
