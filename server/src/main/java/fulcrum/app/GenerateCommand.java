package fulcrum.app;

import picocli.CommandLine;

import java.nio.file.Path;
import java.util.List;

/// `./fulcrum generate`: writes the pages of `docs/reference` that are read off the code.
final class GenerateCommand {
    private GenerateCommand() {}

    static CommandLine line() {
        return Shape.command(
                "generate",
                "Writes the reference pages and schemas that are read off the code.",
                List.of("./fulcrum generate"),
                spec -> {},
                (parsed, line) -> {
                    List<String> written = References.write(home());
                    written.forEach(page -> line.getOut().println("wrote " + page));
                    return 0;
                });
    }

    /// The repository's root, as the launcher tells it.
    static Path home() {
        return Path.of(System.getProperty("fulcrum.home", ".")).toAbsolutePath().normalize();
    }
}
