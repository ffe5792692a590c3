package fulcrum.app;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Makes a [Config] from what was said: an option beats the environment, which beats the file, which beats the default.
final class ConfigReader {
    private ConfigReader() {}

    /// The settings in the order of the record.
    static List<Setting> settings() {
        return Arrays.stream(Config.class.getRecordComponents())
                .map(component -> component.getAnnotation(Setting.class))
                .toList();
    }

    /// @param options by setting name, as given on the command line; `environment` as the process has it
    /// @param wishes of the command, in place of the defaults
    /// @throws BadSetting with one line that says what to do
    static Config read(
            Map<String, String> options,
            Map<String, String> environment,
            Optional<Path> file,
            Map<String, String> wishes) {
        Map<String, String> inFile = file.map(ConfigFile::read).orElse(Map.of());
        Map<String, String> said = new LinkedHashMap<>();
        for (Setting setting : settings()) {
            String name = setting.name();
            Optional.ofNullable(options.get(name))
                    .or(() -> Optional.ofNullable(environment.get(variable(name))))
                    .or(() -> Optional.ofNullable(inFile.get(name)))
                    .or(() -> Optional.ofNullable(wishes.get(name)))
                    .or(() -> Optional.of(setting.preset()).filter(preset -> !preset.isEmpty()))
                    .ifPresent(value -> said.put(name, value));
        }
        return make(said);
    }

    /// What is in force, as a file for `--config`; secrets are not shown.
    static String print(Config config) {
        StringBuilder text = new StringBuilder();
        for (RecordComponent component : Config.class.getRecordComponents()) {
            Setting setting = component.getAnnotation(Setting.class);
            Object value;
            try {
                value = component.getAccessor().invoke(config);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("Config cannot be read", e);
            }
            String shown =
                    value instanceof Optional<?> maybe
                            ? maybe.map(String::valueOf).orElse("")
                            : String.valueOf(value);
            if (shown.isEmpty()) {
                text.append("# ").append(setting.name()).append(": (not set)\n");
            } else {
                text.append(setting.name())
                        .append(": ")
                        .append(setting.secret() ? "\"(secret)\"" : quoted(shown))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static String quoted(String value) {
        String plain = value.toLowerCase(Locale.ROOT);
        return plain.matches("[a-z0-9./_-]+")
                ? plainCase(value)
                : '"' + value.replace("\"", "\\\"") + '"';
    }

    /// An enum's name is written as it is typed.
    private static String plainCase(String value) {
        return value.equals(value.toUpperCase(Locale.ROOT)) && value.matches("[A-Z]+")
                ? value.toLowerCase(Locale.ROOT)
                : value;
    }

    static String variable(String name) {
        return "FULCRUM_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static Config make(Map<String, String> said) {
        RecordComponent[] components = Config.class.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getAnnotation(Setting.class).name();
            types[i] = components[i].getType();
            values[i] =
                    value(
                            name,
                            components[i].getGenericType(),
                            Optional.ofNullable(said.get(name)));
        }
        try {
            return Config.class.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof BadSetting bad) {
                throw bad;
            }
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Config cannot be made", e);
        }
    }

    private static Object value(String name, Type type, Optional<String> text) {
        if (type.getTypeName().startsWith("java.util.Optional")) {
            return text;
        }
        String said = text.orElseThrow(() -> new BadSetting("--" + name + " needs a value"));
        try {
            return switch (type.getTypeName()) {
                case "java.nio.file.Path" -> Path.of(said);
                case "int" -> Integer.parseInt(said);
                case "java.lang.String" -> said;
                default -> ofOwnType(type, said);
            };
        } catch (BadSetting bad) {
            throw new BadSetting("--" + name + ": " + bad.getMessage());
        } catch (IllegalArgumentException bad) {
            throw new BadSetting("--" + name + ": `" + said + "` is not a value for it");
        }
    }

    private static Object ofOwnType(Type type, String said) {
        if (type == HostPort.class) {
            return HostPort.parse(said);
        }
        if (type == CallBucket.class) {
            return CallBucket.parse(said);
        }
        if (type == PortRange.class) {
            return PortRange.parse(said);
        }
        if (type == DigestChoice.class) {
            return DigestChoice.parse(said);
        }
        return Config.LogStyle.valueOf(said.toUpperCase(Locale.ROOT));
    }
}
