package fulcrum.app;

import picocli.CommandLine;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `./fulcrum bench`: the load runs below `bench/`, which need python3, node, cc, SIPp and tcpdump.
final class BenchCommand {
    private BenchCommand() {}

    static CommandLine line() {
        return Shape.command(
                "bench",
                "Runs the load scenarios below bench/ against a server that it starts; bench/README.md tells how to"
                        + " read the figures. Needs python3, node, cc, sip-tester and tcpdump.",
                List.of("./fulcrum bench", "./fulcrum bench cps play"),
                spec ->
                        spec.addPositional(
                                PositionalParamSpec.builder()
                                        .paramLabel("RUN")
                                        .arity("0..*")
                                        .type(List.class)
                                        .auxiliaryTypes(String.class)
                                        .description("Which runs; all when none is named.")
                                        .build()),
                BenchCommand::run);
    }

    private static int run(ParseResult parsed, CommandLine line) {
        Path folder = GenerateCommand.home().resolve("bench");
        List<String> words =
                new ArrayList<>(List.of("python3", folder.resolve("run.py").toString()));
        words.addAll(parsed.matchedPositionalValue(0, List.of()));
        try {
            return new ProcessBuilder(words).inheritIO().start().waitFor();
        } catch (IOException missing) {
            throw new BadSetting(
                    "The load runs need python3: apt install python3 ("
                            + missing.getMessage()
                            + ")");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Main.UNUSABLE;
        }
    }
}
