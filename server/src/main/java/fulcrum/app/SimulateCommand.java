package fulcrum.app;

import fulcrum.call.CallEvent;
import fulcrum.call.HttpAnswer;
import fulcrum.call.HttpAsk;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.ScriptedDriver;
import fulcrum.sdk.StepFailed;
import fulcrum.web.AddressGuard;
import fulcrum.web.GuardedClient;
import fulcrum.web.LocalUrls;

import picocli.CommandLine;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// `./fulcrum simulate URL|FLOW.json`: a whole conversation with a handler on virtual time, without a phone.
final class SimulateCommand {
    private SimulateCommand() {}

    static CommandLine line() {
        return Shape.command(
                "simulate",
                "Runs the whole conversation with a handler, or a flow from a file, on a virtual clock and prints"
                        + " what happened. Exit code 0 when everything was valid and ended well, else 1.",
                List.of(
                        "./fulcrum simulate http://127.0.0.1:3000/answer --press 1234",
                        "./fulcrum simulate flow.json --from +14155550100"),
                spec -> {
                    spec.addPositional(
                            PositionalParamSpec.builder()
                                    .paramLabel("URL|FLOW.json")
                                    .arity("1")
                                    .required(true)
                                    .type(String.class)
                                    .description("A handler, or a file with a flow.")
                                    .build());
                    spec.addOption(Shape.text("--from", "NUMBER", "The caller's number."));
                    spec.addOption(
                            Shape.text(
                                    "--press",
                                    "KEYS",
                                    "Keys the caller presses, each once the flow plays or collects; w waits half"
                                            + " a second."));
                },
                SimulateCommand::run);
    }

    private static int run(ParseResult parsed, CommandLine line) {
        String what = parsed.matchedPositionalValue(0, "");
        String from = parsed.matchedOptionValue("--from", "+14155550100");
        String keys = Caller.keys(parsed.matchedOptionValue("--press", ""));
        FlowSource source = FlowSource.of(what);
        if (!source.isFlow()) {
            source.problems().forEach(line.getOut()::println);
            line.getOut().flush();
            return 1;
        }
        Scenario scenario = Scenario.callFrom("", from, source.json());
        if (!keys.isEmpty()) {
            scenario = scenario.presses(keys);
        }
        GuardedClient.Settings settings = GuardedClient.Settings.of(Version.AGENT);
        try (GuardedClient client = new GuardedClient(new AddressGuard(LocalUrls.ALL), settings)) {
            ScriptedDriver driver = ScriptedDriver.flows().with(ask -> answer(client, ask));
            source.problems().forEach(line.getOut()::println);
            return told(scenario.plays(driver), source.problems().isEmpty(), line);
        } catch (StepFailed failed) {
            line.getOut().println(failed.getMessage());
            line.getOut().flush();
            return 1;
        }
    }

    private static HttpAnswer answer(GuardedClient client, HttpAsk ask) {
        CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
        client.fetch(ask, answer::complete);
        return answer.join();
    }

    private static int told(Outcome outcome, boolean valid, CommandLine line) {
        outcome.transcript().forEach(line.getOut()::println);
        boolean well = valid && outcome.crashes().isEmpty() && outcome.notices().isEmpty();
        for (CallEvent.Exchanged exchanged : outcome.events(CallEvent.Exchanged.class)) {
            well &= exchanged.problem().isEmpty();
        }
        for (Throwable crash : outcome.crashes()) {
            line.getOut().println("crash: " + crash);
        }
        line.getOut()
                .println(
                        (well ? "The conversation was valid" : "Not everything was right")
                                + "; it lasted "
                                + outcome.lasted().toMillis() / 1000.0
                                + " s and ended with "
                                + outcome.ending().cause());
        line.getOut().flush();
        return well ? 0 : 1;
    }
}
