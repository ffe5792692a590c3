package fulcrum.action;

import static fulcrum.testing.Nodes.json;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.Call;
import fulcrum.call.CallFacts;
import fulcrum.call.Dial;
import fulcrum.call.Journal;
import fulcrum.call.Order;
import fulcrum.call.Question;
import fulcrum.call.TakeResult;
import fulcrum.call.Value;
import fulcrum.flow.ActionCatalog;
import fulcrum.flow.FlowInterpreter;
import fulcrum.flow.FlowRouter;
import fulcrum.flow.Settings;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Robot;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.ScriptedDriver;
import fulcrum.sdk.ScriptedWorld;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A scenario that was played with its flows, and whom its calls rang.
public final class RingTrial {
    private static final ActionCatalog ACTIONS = Actions.catalog();

    private final List<Dial> dials = new ArrayList<>();
    private final List<ScriptedWorld> worlds = new ArrayList<>();
    private final List<Order> orders = new ArrayList<>();
    private final Outcome outcome;

    private RingTrial(Scenario scenario, Consumer<Call> before) {
        FlowInterpreter interpreter = new FlowInterpreter(ACTIONS, Settings.DEFAULT);
        ScriptedDriver driver =
                ScriptedDriver.of(
                                call -> {
                                    before.accept(call);
                                    interpreter.run(new FlowRouter().flowFor(call), call);
                                })
                        .journalled(this::journal)
                        .furnished((world, baton) -> worlds.add(world));
        outcome = scenario.plays(driver);
        assertThat(outcome.crashes()).isEmpty();
        assertThat(worlds.getFirst().calls().cards()).as("legs left over").isEmpty();
        assertThat(worlds.getFirst().calls().living()).as("calls left over").isEmpty();
    }

    public static RingTrial of(Scenario scenario) {
        return new RingTrial(scenario, call -> {});
    }

    /// @param before what is done with each call before its flow
    public static RingTrial of(Scenario scenario, Consumer<Call> before) {
        return new RingTrial(scenario, before);
    }

    /// A call to a flow, with a device of the account for each pair of id and body; each is registered by a person of
    /// the same name, who answers after two seconds and talks for ten.
    public static Scenario withDevices(String flow, String... idsAndBodies) {
        Scenario scenario = Scenario.callTo(json(flow));
        for (int i = 0; i < idsAndBodies.length; i += 2) {
            String id = idsAndBodies[i];
            scenario.document("device", id, json(idsAndBodies[i + 1]));
            scenario.registers(id, id);
            scenario.robot(id, new Robot(Duration.ofSeconds(2), Duration.ofSeconds(10)));
        }
        return scenario;
    }

    private Journal journal(CallFacts facts) {
        return new Journal() {
            @Override
            public void arrived(Instant at, Value value) {}

            @Override
            public void ordered(String legId, Order order) {
                orders.add(order);
            }

            @Override
            public void asked(long number, Question<?> question) {}

            @Override
            public void dialled(Dial dial) {
                dials.add(dial);
            }

            @Override
            public void posted(String callId, Value value, boolean taken) {}

            @Override
            public void gave(Value.TakeAsked asked, TakeResult result) {}
        };
    }

    public Outcome outcome() {
        return outcome;
    }

    public List<Dial> dials() {
        return dials;
    }

    /// The orders that the calls gave to their legs.
    public List<Order> orders() {
        return orders;
    }

    /// The one dial there was.
    public Dial dial() {
        assertThat(dials).hasSize(1);
        return dials.getFirst();
    }

    /// Whom it rang, in order.
    public List<String> rang() {
        return dials.stream().map(Dial::binding).toList();
    }

    public List<String> heard() {
        return outcome.heard();
    }

    public List<String> notices() {
        return outcome.notices().stream().map(one -> one.message()).toList();
    }
}
