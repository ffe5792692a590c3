package fulcrum.app;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The command line. `./fulcrum` alone lists the commands; a start that fails is one line that says what to do and exit
/// code 2.
public final class Main {
    /// The exit code of a start that failed, and of words that nobody understands.
    static final int UNUSABLE = 2;

    private Main() {}

    public static void main(String[] words) {
        System.exit(run(words, writer(System.out), writer(System.err)));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    static int run(String[] words, PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(commands());
        line.setOut(out);
        line.setErr(err);
        line.setParameterExceptionHandler(Main::notUnderstood);
        line.setExecutionExceptionHandler(
                (thrown, command, parsed) -> {
                    err.println(Failures.inWords(thrown));
                    return UNUSABLE;
                });
        if (words.length == 0) {
            line.usage(out);
            return 0;
        }
        return line.execute(words);
    }

    private static CommandSpec commands() {
        CommandSpec spec = CommandSpec.create().name("fulcrum");
        spec.usageMessage()
                .header("A phone server that asks your web server what to do with each call.", "")
                .synopsisHeading("")
                .customSynopsis("./fulcrum COMMAND [OPTIONS]", "")
                .commandListHeading("Commands:%n")
                .footer("", "Each command has --help with an example. New here: ./fulcrum demo");
        spec.mixinStandardHelpOptions(true).versionProvider(() -> new String[] {Version.TEXT});
        for (CommandLine command :
                List.of(
                        DemoCommand.line(),
                        ServeCommand.line(),
                        DevCommand.line(),
                        CallCommand.line(),
                        SimulateCommand.line(),
                        GenerateCommand.line(),
                        BenchCommand.line(),
                        TestCommand.line())) {
            spec.addSubcommand(command.getCommandName(), command);
        }
        return spec;
    }

    private static int notUnderstood(ParameterException problem, String[] words) {
        CommandLine command = problem.getCommandLine();
        boolean isCommand =
                command.getParent() == null && words.length > 0 && !words[0].startsWith("-");
        String name = command.getCommandSpec().qualifiedName();
        command.getErr()
                .println(
                        isCommand
                                ? "There is no command `"
                                        + words[0]
                                        + "`; ./fulcrum alone lists them"
                                : firstLine(problem) + "; try ./" + name + " --help");
        return UNUSABLE;
    }

    private static String firstLine(ParameterException problem) {
        return String.valueOf(problem.getMessage()).lines().findFirst().orElse("bad option");
    }
}
