package fulcrum.flow;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The settings that actions fall back on, by Kazoo's names (`call_command.interdigit_timeout`). Immutable.
public final class Settings {
    /// Kazoo's defaults; times are milliseconds.
    public static final Settings DEFAULT =
            new Settings(
                    Map.of(
                            "call_command.interdigit_timeout", "2000",
                            "callflow.max_branch_count", "50",
                            "callflow.max_node_count", "10000",
                            "callflow.ring_ready_offnet", "true",
                            "callflow.menu.min_greeting_length", "1500",
                            "callflow.post_answer_delay", "100",
                            "pivot.request_timeout_ms", "5000",
                            "speech.tts_provider", "flite",
                            "speech.tts_voice", "male"));

    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /// The same settings with one changed.
    public Settings with(String name, String value) {
        Map<String, String> changed = new TreeMap<>(values);
        changed.put(name, value);
        return new Settings(changed);
    }

    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /// A setting that must exist because [#DEFAULT] has it.
    String known(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no setting " + name));
    }
}
