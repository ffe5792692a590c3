package fulcrum.house;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/// The tree as the house tests see it: the table of ARCHITECTURE.md, and what the compiled classes really use.
final class House {
    /// The repository's root; the tests of `server` run in its folder.
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    static final List<Path> CLASSES =
            List.of(ROOT.resolve("engine/target/classes"), ROOT.resolve("server/target/classes"));

    private House() {}

    /// One row of the table.
    record Room(Set<String> doors, Set<String> libraries) {}

    /// The rooms in the order of the table.
    static Map<String, Room> drawn() {
        Map<String, Room> rooms = new LinkedHashMap<>();
        for (String line : lines(ROOT.resolve("ARCHITECTURE.md"))) {
            String[] cells = line.split("\\|", -1);
            if (cells.length >= 6 && cells[1].strip().matches("`[a-z]+`")) {
                rooms.put(
                        cells[1].strip().replace("`", ""),
                        new Room(words(cells[2]), words(cells[3])));
            }
        }
        return rooms;
    }

    private static Set<String> words(String cell) {
        Set<String> words = new TreeSet<>();
        for (String word : cell.replace("—", "").split("[, ]+")) {
            if (!word.isBlank()) {
                words.add(word.strip());
            }
        }
        return words;
    }

    /// Which packages each room uses, by `jdeps`.
    static Map<String, Set<String>> used() {
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        List<String> arguments =
                new ArrayList<>(List.of("--multi-release", "25", "-verbose:package"));
        CLASSES.forEach(folder -> arguments.add(folder.toString()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                jdeps.run(
                        new PrintWriter(out),
                        new PrintWriter(err),
                        arguments.toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException("jdeps failed: " + err);
        }
        return packages(out.toString());
    }

    /// Each line of the report is `package -> package used`, the first name left out where it is that of the line
    /// before.
    private static Map<String, Set<String>> packages(String report) {
        Map<String, Set<String>> used = new TreeMap<>();
        String room = "";
        for (String line : report.split("\n")) {
            String[] sides = line.split("->", 2);
            if (!line.startsWith("   ") || sides.length < 2) {
                continue;
            }
            String user = sides[0].strip();
            if (user.startsWith("fulcrum.")) {
                room = user.split("\\.")[1];
            }
            String name = sides[1].strip().split("\\s+")[0];
            used.computeIfAbsent(room, r -> new TreeSet<>()).add(name);
        }
        if (used.isEmpty()) {
            throw new IllegalStateException("jdeps told nothing that we understand: " + report);
        }
        return used;
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All files below the folders whose names end so.
    static List<Path> files(List<Path> folders, String ending) {
        List<Path> found = new ArrayList<>();
        for (Path folder : folders) {
            try (Stream<Path> walk = Files.walk(folder)) {
                walk.filter(file -> file.toString().endsWith(ending)).forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }
}
