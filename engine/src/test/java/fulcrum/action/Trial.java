package fulcrum.action;

import static fulcrum.testing.Nodes.json;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.Call;
import fulcrum.call.CallEvent;
import fulcrum.call.Variables;
import fulcrum.directory.Directory;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.flow.ActionCatalog;
import fulcrum.flow.FlowInterpreter;
import fulcrum.flow.FlowRouter;
import fulcrum.flow.Settings;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.ScriptedDriver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A scenario that was played with its flows, and what it left behind: on the first call, as the flow ended, and in the
/// directory.
final class Trial {
    private final List<Directory> directories = new ArrayList<>();
    private final List<Variables> variables = new ArrayList<>();
    private final List<CallerId> callerIds = new ArrayList<>();
    private Optional<Outcome> outcome = Optional.empty();

    private Trial() {}

    static Trial of(Scenario scenario) {
        return of(scenario, Actions.catalog());
    }

    static Trial of(Scenario scenario, ActionCatalog actions) {
        return of(scenario, actions, Settings.DEFAULT);
    }

    static Trial of(Scenario scenario, ActionCatalog actions, Settings settings) {
        Trial trial = new Trial();
        FlowInterpreter interpreter = new FlowInterpreter(actions, settings);
        ScriptedDriver driver =
                ScriptedDriver.of(
                                call -> {
                                    trial.variables.add(call.variables());
                                    interpreter.run(new FlowRouter().flowFor(call), call);
                                    trial.ended(call);
                                })
                        .furnished((world, baton) -> trial.directories.add(world.directory()));
        trial.outcome = Optional.of(scenario.plays(driver));
        assertThat(trial.call().crashes()).isEmpty();
        return trial;
    }

    /// Somebody dials a number that a callflow with this pattern answers.
    static Scenario dials(String number, String pattern, String flow) {
        Scenario scenario = Scenario.scenario();
        scenario.document("callflow", "feature", callflow(pattern, flow));
        scenario.caller().calls(number);
        return scenario;
    }

    /// A callflow document with a pattern.
    static String callflow(String pattern, String flow) {
        var body = Json.object();
        body.putArray("patterns").add(pattern);
        body.set("flow", Json.object(json(flow)));
        return body.toString();
    }

    private void ended(Call call) {
        if (call.hungUp().isEmpty()) {
            callerIds.add(CallerId.forPhones(call));
            callerIds.add(CallerId.forCarriers(call, CallerId.EXTERNAL));
        }
    }

    Outcome call() {
        return outcome.orElseThrow();
    }

    List<String> heard() {
        return call().heard();
    }

    /// What was noticed, each with its place.
    List<String> notices() {
        return call().notices().stream().map(one -> one.path() + " " + one.message()).toList();
    }

    boolean isAnswered() {
        return !call().events(CallEvent.Answered.class).isEmpty();
    }

    Variables variables() {
        return variables.getFirst();
    }

    /// What a phone is shown that is rung after the flow.
    CallerId forPhones() {
        return callerIds.getFirst();
    }

    /// What a carrier is shown after the flow.
    CallerId forCarriers() {
        return callerIds.get(1);
    }

    /// `NAME NUMBER`, as a phone is shown it.
    String shown() {
        return forPhones().name() + " " + forPhones().number();
    }

    Directory directory() {
        return directories.getFirst();
    }

    Document stored(String id) {
        return directory().find(Scenario.ACCOUNT, id).orElseThrow();
    }
}
