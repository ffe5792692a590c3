package fulcrum.app;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads a YAML file whose keys are option names. A key that nobody knows is an error with its line.
final class ConfigFile {
    private ConfigFile() {}

    static Map<String, String> read(Path file) {
        Optional<Node> root;
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
            root = new Compose(settings).composeString(Files.readString(file));
        } catch (IOException e) {
            throw new BadSetting("--config: cannot read " + file + ": " + Failures.reason(e));
        } catch (YamlEngineException e) {
            throw new BadSetting(
                    "--config: "
                            + file
                            + " is not YAML: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
        Map<String, String> values = new LinkedHashMap<>();
        if (root.isPresent()) {
            if (!(root.get() instanceof MappingNode mapping)) {
                throw new BadSetting("--config: " + file + " must hold `option: value` lines");
            }
            mapping.getValue().forEach(tuple -> add(values, tuple, file));
        }
        return values;
    }

    private static void add(Map<String, String> values, NodeTuple tuple, Path file) {
        String key = scalar(tuple.getKeyNode(), file);
        if (ConfigReader.settings().stream().noneMatch(setting -> setting.name().equals(key))) {
            String known =
                    ConfigReader.settings().stream()
                            .map(Setting::name)
                            .collect(Collectors.joining(", "));
            throw new BadSetting(
                    "--config: "
                            + place(tuple.getKeyNode(), file)
                            + ": nobody knows `"
                            + key
                            + "`; there are "
                            + known);
        }
        values.put(key, scalar(tuple.getValueNode(), file));
    }

    private static String scalar(Node node, Path file) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw new BadSetting("--config: " + place(node, file) + ": a single value is needed here");
    }

    private static String place(Node node, Path file) {
        return file + ", line " + (node.getStartMark().map(Mark::getLine).orElse(0) + 1);
    }
}
