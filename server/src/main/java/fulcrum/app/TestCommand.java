package fulcrum.app;

import picocli.CommandLine;

import java.util.List;

/// `./fulcrum test` is carried out by the launcher before Java starts; here it only stands in the list of commands.
final class TestCommand {
    private TestCommand() {}

    static CommandLine line() {
        return Shape.command(
                "test",
                "Checks formats, builds everything and runs every test: what CI runs.",
                List.of("./fulcrum test"),
                spec -> {},
                (parsed, line) -> {
                    line.getErr().println("Tests are run by the launcher: ./fulcrum test");
                    return Main.UNUSABLE;
                });
    }
}
