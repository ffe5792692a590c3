package fulcrum.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// All actions there are, by name. Immutable.
///
/// They are found by listing the folder that a class file came from, in a folder of classes and in a jar alike, so
/// there is no list to edit when one is added. Reading the class path once at start is the one look at files in
/// `engine` apart from the writing of reference pages.
public final class ActionCatalog {
    private final Map<String, ActionType> byName;

    private ActionCatalog(Map<String, ActionType> byName) {
        this.byName = Collections.unmodifiableMap(byName);
    }

    /// The actions in the package of a class, and in the packages below it.
    public static ActionCatalog beside(Class<?> marker) {
        CodeSource source = marker.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IllegalStateException("the actions came from nowhere: " + marker);
        }
        String folder = marker.getPackageName().replace('.', '/');
        Map<String, ActionType> found = new TreeMap<>();
        for (String name : classNames(source.getLocation(), folder)) {
            load(name, marker)
                    .map(ActionType::of)
                    .ifPresent(
                            type -> {
                                if (found.put(type.name(), type) != null) {
                                    throw new IllegalStateException("two actions " + type.name());
                                }
                            });
        }
        return new ActionCatalog(found);
    }

    /// A catalog of just these records, for tests.
    public static ActionCatalog of(List<Class<? extends Action>> records) {
        Map<String, ActionType> types = new TreeMap<>();
        records.stream().map(ActionType::of).forEach(type -> types.put(type.name(), type));
        return new ActionCatalog(types);
    }

    /// The action with this module name.
    public Optional<ActionType> find(String module) {
        return Optional.ofNullable(byName.get(module));
    }

    /// All actions, in the order of their names.
    public Collection<ActionType> all() {
        return byName.values();
    }

    /// Why there is no action of this name: Kazoo has one and Fulcrum does not yet, or nobody has.
    public String whyMissing(String module) {
        return KazooModules.knows(module)
                ? "Kazoo has the action " + module + ", Fulcrum does not yet"
                : "there is no action " + module;
    }

    /// Whether Kazoo has an action of this name, be it that Fulcrum has it, too, or not.
    public boolean isKnownToKazoo(String module) {
        return KazooModules.knows(module);
    }

    private static List<String> classNames(URL location, String folder) {
        try {
            Path place = Path.of(uri(location));
            if (Files.isDirectory(place)) {
                return names(place, place.resolve(folder));
            }
            try (FileSystem jar = FileSystems.newFileSystem(place)) {
                return names(jar.getPath("/"), jar.getPath("/" + folder));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the actions at " + location, unreadable);
        }
    }

    private static URI uri(URL location) {
        try {
            return location.toURI();
        } catch (URISyntaxException odd) {
            throw new IllegalStateException("the actions came from " + location, odd);
        }
    }

    private static List<String> names(Path root, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("-info"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .map(name -> name.replace('/', '.').replace('\\', '.'))
                    .sorted()
                    .toList();
        }
    }

    private static Optional<Class<? extends Action>> load(String name, Class<?> marker) {
        try {
            Class<?> type = Class.forName(name, false, marker.getClassLoader());
            return type.isRecord() && type.isAnnotationPresent(Named.class)
                    ? Optional.of(type.asSubclass(Action.class))
                    : Optional.empty();
        } catch (ClassNotFoundException vanished) {
            throw new IllegalStateException("listed and not loadable: " + name, vanished);
        }
    }
}
