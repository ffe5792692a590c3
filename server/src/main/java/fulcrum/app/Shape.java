package fulcrum.app;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// How every command is put together: a name, a line that says what it does, options, an example, and the work.
final class Shape {
    /// What a command does; returns the exit code.
    @FunctionalInterface
    interface Work {
        int run(ParseResult parsed, CommandLine line);
    }

    private Shape() {}

    /// @param example lines for the end of the help text
    static CommandLine command(
            String name,
            String does,
            List<String> example,
            Consumer<CommandSpec> options,
            Work work) {
        CommandSpec[] self = new CommandSpec[1];
        Callable<Integer> body =
                () -> {
                    CommandLine line = self[0].commandLine();
                    return work.run(line.getParseResult(), line);
                };
        CommandSpec spec = CommandSpec.wrapWithoutInspection(body).name(name);
        self[0] = spec;
        spec.usageMessage().description(does, "").showDefaultValues(false).width(110);
        spec.usageMessage().footerHeading("%nExample:%n");
        spec.usageMessage()
                .footer(example.stream().map(text -> "  " + text).toArray(String[]::new));
        spec.addOption(
                OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Shows this text.")
                        .build());
        options.accept(spec);
        return new CommandLine(spec);
    }

    static OptionSpec text(String name, String label, String doc) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(doc.replace("%", "%%"))
                .build();
    }

    static OptionSpec flag(String name, String doc) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .arity("0")
                .description(doc.replace("%", "%%"))
                .build();
    }
}
