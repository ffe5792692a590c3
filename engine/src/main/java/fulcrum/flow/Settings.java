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
                    Map.ofEntries(
                            Map.entry("call_command.interdigit_timeout", "2000"),
                            Map.entry("callflow.call_forward.callfwd_number_timeout", "8000"),
                            Map.entry("callflow.call_forward.keys.menu_change_number", "2"),
                            Map.entry("callflow.call_forward.keys.menu_toggle_option", "1"),
                            Map.entry("callflow.call_forward.max_callfwd_number_length", "20"),
                            Map.entry("callflow.call_forward.min_callfwd_number_length", "3"),
                            Map.entry("callflow.ensure_valid_caller_id", "false"),
                            Map.entry("callflow.resources.default_asserted_identity", "false"),
                            Map.entry("callflow.resources.default_emit_account_id", "false"),
                            Map.entry("stepswitch.bridge_timeout", "120000"),
                            Map.entry("stepswitch.deny_invalid_emergency_cid", "false"),
                            Map.entry("stepswitch.max_shortdial_correction", "5"),
                            Map.entry("stepswitch.min_shortdial_correction", "2"),
                            Map.entry("callflow.dynamic_cid.max_digits", "10"),
                            Map.entry("callflow.dynamic_cid.min_digits", "10"),
                            Map.entry("callflow.dynamic_cid.whitelist_regex", "\\d+"),
                            Map.entry("callflow.max_branch_count", "50"),
                            Map.entry("callflow.max_node_count", "10000"),
                            Map.entry("callflow.ring_ready_offnet", "true"),
                            Map.entry("callflow.menu.min_greeting_length", "1500"),
                            Map.entry("callflow.post_answer_delay", "100"),
                            Map.entry("pivot.request_timeout_ms", "5000"),
                            Map.entry("speech.tts_provider", "flite"),
                            Map.entry("speech.tts_voice", "male")));

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
