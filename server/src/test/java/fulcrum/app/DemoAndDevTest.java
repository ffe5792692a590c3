package fulcrum.app;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.media.AudioFile;
import fulcrum.media.Clip;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

class DemoAndDevTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void the_demonstration_is_a_real_call_whose_sound_can_be_kept() {
        Path heard = folder.resolve("heard.wav");
        CommandRun run = CommandRun.of("demo", "--once", "--save", heard.toString());
        assertThat(run.out())
                .contains("phone    registered", "request  ", "answer   200", "plays    ")
                .contains("phone    presses 1", "\"You pressed 1 2 3 4. Goodbye.\"")
                .contains("the server hung up", "The call went as told.");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();

        Clip clip = AudioFile.read(heard);
        short[] samples = clip.samples();
        long loud =
                IntStream.range(0, samples.length).filter(i -> Math.abs(samples[i]) > 500).count();
        assertThat(clip.duration()).isGreaterThan(Duration.ofSeconds(6));
        assertThat(loud).isGreaterThan(clip.sampleRate()); // a second of loud samples at the least
    }

    @Test
    void a_handler_author_sees_each_exchange_and_what_is_wrong_with_it() throws IOException {
        try (HandlerWeb web = new HandlerWeb()) {
            String url =
                    web.answer(
                            "/answer",
                            """
                            { "module": "play", "data": { "id": "tone_stream://%(200,50,700)" },
                              "children": { "_": { "module": "pivot", "data": { "voice_url": "URL" } } } }"""
                                    .replace("URL", web.url("/broken")));
            web.answer("/broken", "{ \"module\": \"play\",\n  \"data\": { \"id\" } }");
            try (ServerProcess dev = ServerProcess.start(Map.of(), "dev", url)) {
                Matcher call =
                        dev.awaitLine(
                                Pattern.compile(
                                        "Call it: +\\./fulcrum (call 12345 --server \\S+ --api-key \\S+)"));
                CommandRun run = CommandRun.of(call.group(1).split(" "));
                assertThat(run.code()).as(run.out() + run.err()).isZero();
                dev.awaitLine(Pattern.compile("call +over"));
                String told = String.join("\n", dev.lines());
                assertThat(told)
                        .contains("12345 asks " + url)
                        .containsPattern("request +GET " + Pattern.quote(url))
                        .containsPattern("answer +200 application/json in \\d+ ms: \\{ \"module\"")
                        .containsPattern("plays +tone_stream")
                        .containsPattern("problem .*line 2, column \\d+");
                dev.terminate();
                dev.awaitExit();
                assertThat(Arrays.asList(told.split("\n")))
                        .noneMatch(line -> line.contains("\tat "));
            }
        }
    }
}
