package fulcrum.speech;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

class PromptTextsTest {
    private static final Pattern ID =
            Pattern.compile(
                    "\"((?:menu|vm|cf|cw|dnd|dynamic-cid|ivr|hotdesk|disa|dir|intercept|pickup|eavesdrop|park|camper"
                            + "|temporal|agent|queue|conf|fault|stepswitch)-[a-z0-9_]+)\"");

    private final PromptTexts texts = new PromptTexts();

    /// The prompts that the actions name in their source.
    private static Set<String> used() throws IOException {
        Path source = Path.of("").toAbsolutePath().resolveSibling("engine/src/main/java/fulcrum");
        Set<String> ids = new TreeSet<>();
        try (Stream<Path> files = Files.walk(source)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(
                            file ->
                                    ID.matcher(read(file))
                                            .results()
                                            .forEach(id -> ids.add(id.group(1))));
        }
        return ids;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void every_prompt_that_an_action_uses_has_a_text() throws IOException {
        assertThat(used()).contains("menu-invalid_entry");
        assertThat(texts.ids()).containsAll(used());
    }

    @Test
    void no_text_is_empty_and_no_id_is_written_twice() throws IOException {
        List<String> keys = new ArrayList<>();
        Pattern line = Pattern.compile("(?m)^([a-z0-9_-]+) = (.*)$");
        Matcher matcher =
                line.matcher(read(Path.of("src/main/resources/prompts/en-us.properties")));
        while (matcher.find()) {
            keys.add(matcher.group(1));
            assertThat(matcher.group(2))
                    .as(matcher.group(1))
                    .hasSizeGreaterThan(2)
                    .isEqualTo(matcher.group(2).strip());
        }

        assertThat(new HashSet<>(keys))
                .hasSameSizeAs(keys)
                .as("prompts.md §3 lists so many")
                .hasSize(150);
        assertThat(texts.ids()).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void every_text_can_be_spoken(@TempDir Path folder) {
        VoiceSettings settings = new VoiceSettings(2, 100_000_000, 1000, Duration.ofMinutes(2));
        try (Voices voices = new Voices(folder, new FreeTts(), settings, Clock.systemUTC())) {
            for (String id : texts.ids()) {
                String text = texts.text("en-us", id).orElseThrow();
                Spoken spoken = voices.say(Utterance.of(text, "en-us")).join();
                assertThat(spoken).as(id).isInstanceOf(Spoken.Audio.class);
                Spoken.Audio audio = (Spoken.Audio) spoken;
                assertThat(audio.length())
                        .as(id)
                        .isBetween(Duration.ofMillis(300), Duration.ofSeconds(30));
                assertThat(audio.notice()).as(id).isEmpty();
            }
        }
    }
}
