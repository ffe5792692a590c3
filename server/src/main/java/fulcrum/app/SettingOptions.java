package fulcrum.app;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The settings as options of a command, read off [Config].
final class SettingOptions {
    private static final String FILE = "--config";

    private SettingOptions() {}

    static void addTo(CommandSpec spec) {
        for (Setting setting : ConfigReader.settings()) {
            OptionSpec.Builder option =
                    OptionSpec.builder("--" + setting.name())
                            .paramLabel(setting.value())
                            .type(String.class)
                            .description(description(setting));
            if (!setting.bare().isEmpty()) {
                option.arity("0..1").fallbackValue(setting.bare());
            }
            spec.addOption(option.build());
        }
        spec.addOption(
                OptionSpec.builder(FILE)
                        .paramLabel("FILE")
                        .type(Path.class)
                        .description("YAML file whose keys are the names of these options.")
                        .build());
    }

    private static String description(Setting setting) {
        String preset = setting.preset().isEmpty() ? "" : " Default: " + setting.preset() + ".";
        return (setting.doc() + preset).replace("%", "%%");
    }

    /// What is in force: an option beats the environment, which beats the file, which beats the command's own wish,
    /// which beats the default.
    ///
    /// @param wishes by setting name, for commands whose defaults differ from those of `serve`
    static Config read(ParseResult parsed, Map<String, String> wishes) {
        Map<String, String> options = new LinkedHashMap<>();
        for (Setting setting : ConfigReader.settings()) {
            String name = "--" + setting.name();
            if (parsed.hasMatchedOption(name)) {
                options.put(setting.name(), parsed.matchedOptionValue(name, ""));
            }
        }
        Optional<Path> file =
                Optional.ofNullable(parsed.matchedOptionValue(FILE, (Path) null))
                        .or(
                                () ->
                                        Optional.ofNullable(System.getenv("FULCRUM_CONFIG"))
                                                .map(Path::of));
        return ConfigReader.read(options, System.getenv(), file, wishes);
    }
}
