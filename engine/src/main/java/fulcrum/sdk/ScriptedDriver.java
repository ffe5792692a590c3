package fulcrum.sdk;

import fulcrum.action.Actions;
import fulcrum.call.Call;
import fulcrum.call.CallFacts;
import fulcrum.call.CallRun;
import fulcrum.call.HttpAnswer;
import fulcrum.call.Journal;
import fulcrum.call.LegCard;
import fulcrum.flow.ActionCatalog;
import fulcrum.flow.FlowInterpreter;
import fulcrum.flow.FlowRouter;
import fulcrum.flow.Settings;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/// Plays scenarios on virtual time, in milliseconds of real time and always the same way.
///
/// Immutable; each run has a world of its own.
public final class ScriptedDriver implements Driver {
    /// What a web server says where a scenario has no page.
    private static final WebServer NOT_FOUND =
            request -> new HttpAnswer.Response(404, Map.of(), "", request.url());

    private final Consumer<Call> body;
    private final WebServer server;
    private final Function<CallFacts, Journal> journals;
    private final BiConsumer<ScriptedWorld, Baton> furnish;

    private ScriptedDriver(
            Consumer<Call> body,
            WebServer server,
            Function<CallFacts, Journal> journals,
            BiConsumer<ScriptedWorld, Baton> furnish) {
        this.body = body;
        this.server = server;
        this.journals = journals;
        this.furnish = furnish;
    }

    /// Carries out calls with a body of one's own instead of flows.
    public static ScriptedDriver of(Consumer<Call> body) {
        return new ScriptedDriver(body, NOT_FOUND, facts -> Journal.NONE, (world, baton) -> {});
    }

    /// Carries out the flows of a scenario's callflows, as the server does.
    public static ScriptedDriver flows() {
        return flows(Known.ACTIONS, Settings.DEFAULT);
    }

    /// As [#flows()], with actions and settings of one's own.
    public static ScriptedDriver flows(ActionCatalog actions, Settings settings) {
        FlowRouter router = new FlowRouter();
        FlowInterpreter interpreter = new FlowInterpreter(actions, settings);
        return of(call -> interpreter.run(router.flowFor(call), call));
    }

    /// Read from the class path once, when first needed.
    private static final class Known {
        static final ActionCatalog ACTIONS = Actions.catalog();
    }

    /// The same world with another body for its calls.
    public ScriptedDriver carryingOut(Consumer<Call> otherBody) {
        return new ScriptedDriver(otherBody, server, journals, furnish);
    }

    /// With a function as web server, for what the scenario has no page for.
    public ScriptedDriver with(WebServer handler) {
        return new ScriptedDriver(body, handler, journals, furnish);
    }

    /// With a journal for each call.
    public ScriptedDriver journalled(Function<CallFacts, Journal> journalOf) {
        return new ScriptedDriver(body, server, journalOf, furnish);
    }

    /// With something started in the world before anybody calls, such as a place.
    public ScriptedDriver furnished(BiConsumer<ScriptedWorld, Baton> start) {
        return new ScriptedDriver(body, server, journals, start);
    }

    @Override
    public Outcome run(Scenario scenario) {
        return run(scenario, new Baton());
    }

    /// Plays it in every order of what happens at the same instant.
    ///
    /// @param most how many orders at most
    /// @return how many orders there were
    public int everyOrder(Scenario scenario, int most, Consumer<Outcome> check) {
        return Baton.everyOrder(most, baton -> check.accept(run(scenario, baton)));
    }

    Outcome run(Scenario scenario, Baton baton) {
        Performance performance = new Performance(scenario, baton);
        return performance.play();
    }

    /// One run of one scenario.
    final class Performance {
        private final Scenario scenario;
        private final Baton baton;
        private final ScriptedWorld world;
        private final List<Throwable> crashes = new ArrayList<>();
        private final List<StepFailed> failures = new ArrayList<>();
        private final List<Call> calls = new ArrayList<>();
        private final Map<String, Instant> ends = new LinkedHashMap<>();

        Performance(Scenario scenario, Baton baton) {
            this.scenario = scenario;
            this.baton = baton;
            this.world = new ScriptedWorld(baton, scenario.stage(), server);
            scenario.persons().forEach(world::phone);
        }

        ScriptedWorld world() {
            return world;
        }

        Baton baton() {
            return baton;
        }

        Outcome play() {
            furnish.accept(world, baton);
            Director director = new Director(this, scenario.steps());
            baton.startLast("the director", director::direct, this::directorThrew);
            try {
                baton.run();
                if (failures.isEmpty()) {
                    stuck().ifPresent(name -> failures.add(failed(name)));
                }
            } finally {
                baton.close();
            }
            if (!failures.isEmpty()) {
                throw failures.getFirst();
            }
            return outcome();
        }

        private void directorThrew(Throwable thrown) {
            if (thrown instanceof StepFailed failed) {
                failures.add(failed(failed.what()));
            } else {
                crashes.add(thrown);
                failures.add(failed(thrown.toString()));
            }
        }

        private Optional<String> stuck() {
            return calls.stream()
                    .filter(call -> !ends.containsKey(call.id()))
                    .findFirst()
                    .map(call -> "the call " + call.id() + " waits for ever");
        }

        private StepFailed failed(String what) {
            StringBuilder text = new StringBuilder("at " + baton.elapsed() + " " + what);
            world.lines().forEach(line -> text.append("\n  ").append(line));
            crashes.forEach(crash -> text.append("\n  crash: ").append(crash));
            return new StepFailed(text.toString());
        }

        /// A person calls a number.
        void calls(Step.Calls step) {
            ScriptedPhone phone = world.phone(step.person());
            CallFacts facts = facts(step, "call-" + (calls.size() + 1) + "@" + step.person());
            ScriptedLeg leg = new ScriptedLeg(world, phone, LegCard.incoming(facts, baton.now()));
            phone.takesPart(leg);
            world.note(step.person() + " calls " + step.number());
            begin(facts, leg);
        }

        private void begin(CallFacts facts, ScriptedLeg leg) {
            BatonInbox inbox = new BatonInbox(baton);
            Call call = new Call(facts, leg, world, inbox, journals.apply(facts), baton.now());
            calls.add(call);
            world.calls().opened(call.id(), inbox);
            world.calls().seated(leg, call.id());
            baton.start(
                    call.id(),
                    () -> {
                        CallRun.run(call, this::watched);
                        world.calls().closed(call.id());
                        ends.put(call.id(), baton.now());
                    },
                    crashes::add);
        }

        private void watched(Call call) {
            try {
                body.accept(call);
            } catch (RuntimeException | AssertionError bug) {
                crashes.add(bug);
                throw bug;
            }
        }

        private CallFacts facts(Step.Calls step, String callId) {
            String realm = scenario.stage().realm();
            Origin origin = scenario.stage().origins().getOrDefault(step.person(), Origin.UNKNOWN);
            CallFacts.Address to = new CallFacts.Address(step.number(), realm);
            return new CallFacts(
                    callId,
                    scenario.stage().accountId(),
                    realm,
                    new CallFacts.Address(step.callerNumber(), realm),
                    to,
                    to,
                    new CallFacts.Party(step.name(), step.callerNumber()),
                    origin.authorizingId(),
                    origin.authorizingType(),
                    origin.ownerIds(),
                    origin.isOffnet(),
                    "en-us",
                    step.headers());
        }

        private Outcome outcome() {
            Map<String, String> kept = new LinkedHashMap<>();
            Duration lasted = Duration.ZERO;
            if (!calls.isEmpty()) {
                Call first = calls.getFirst();
                kept.putAll(first.digits().all());
                Instant end = ends.getOrDefault(first.id(), baton.now());
                lasted = Duration.between(first.started(), end);
            }
            Map<String, Ending> endings = new LinkedHashMap<>();
            Map<String, List<Heard>> heard = new LinkedHashMap<>();
            Map<String, String> received = new LinkedHashMap<>();
            for (ScriptedPhone phone : world.phones().values()) {
                phone.ending().ifPresent(ending -> endings.put(phone.name(), ending));
                heard.put(phone.name(), List.copyOf(phone.heard()));
                received.put(phone.name(), phone.received());
            }
            return new Outcome(
                    kept,
                    lasted,
                    List.copyOf(world.requests()),
                    endings,
                    heard,
                    received,
                    List.copyOf(world.told()),
                    world.lines().stream().map(Object::toString).toList(),
                    List.copyOf(crashes));
        }
    }
}
