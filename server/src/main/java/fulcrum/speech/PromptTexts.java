package fulcrum.speech;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the system prompts say (prompts.md §3), by language and prompt id, from the resources `prompts/<language>`.
/// Immutable.
final class PromptTexts {
    /// Languages that come with the server. A new one is a new file beside the others and its name here.
    private static final String[] LANGUAGES = {Prompts.SYSTEM_LANGUAGE};

    private final Map<String, Map<String, String>> textsByLanguage = new TreeMap<>();

    /// @throws SpeechFailed when a resource is missing: the server was built wrong
    PromptTexts() {
        for (String language : LANGUAGES) {
            textsByLanguage.put(language, read("/prompts/" + language + ".properties"));
        }
    }

    private static Map<String, String> read(String resource) {
        Properties properties = new Properties();
        try (InputStream in = PromptTexts.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new SpeechFailed("the resource " + resource + " is missing");
            }
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new SpeechFailed("cannot read the resource " + resource, failed);
        }
        Map<String, String> texts = new TreeMap<>();
        for (String id : properties.stringPropertyNames()) {
            texts.put(id, properties.getProperty(id).strip());
        }
        return texts;
    }

    Optional<String> text(String language, String promptId) {
        return Optional.ofNullable(textsByLanguage.getOrDefault(language, Map.of()).get(promptId));
    }

    /// The ids of all prompts in the system's language.
    SortedSet<String> ids() {
        return Collections.unmodifiableSortedSet(
                new TreeSet<>(
                        textsByLanguage.getOrDefault(Prompts.SYSTEM_LANGUAGE, Map.of()).keySet()));
    }
}
