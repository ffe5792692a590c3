package fulcrum.call;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.ScriptedDriver;
import fulcrum.sdk.ScriptedWorld;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Whatever a call waits for, the caller leaving and a fault end it, and nothing is left held.
class UnwindingTest {
    private static final Duration WHEN = Duration.ofMillis(500);
    private static final String BRIDGE = "bridge";

    /// A way to wait.
    record Wait(String name, Consumer<Call> body) {
        @Override
        public String toString() {
            return name;
        }
    }

    /// Every way to wait that a call has.
    static List<Wait> waits() {
        Duration minute = Duration.ofMinutes(1);
        return List.of(
                new Wait("play", call -> call.play(new Sound.Media("long"), 1, Set.of())),
                new Wait("play for ever", call -> call.play(new Sound.Media("long"), 0, Set.of())),
                new Wait(
                        "collect",
                        call -> call.collect(new DigitRule(3, minute, minute, Set.of()), "")),
                new Wait("pause", call -> call.pause(minute)),
                new Wait("pause for ever", call -> call.pause(Call.FOREVER)),
                new Wait("finish the queue", UnwindingTest::finishQueue),
                new Wait("record", call -> call.record("r1", minute, Set.of())),
                new Wait("ask", call -> call.ask(new Question.Fetch(slow()))),
                new Wait(
                        "ring",
                        call -> call.awaitAnswer(List.of(TransferTest.ring(call, "bob")), minute)),
                new Wait(BRIDGE, UnwindingTest::talk),
                new Wait(
                        "await",
                        call -> call.await(Want.of(Value.Message.class, word -> false), minute)));
    }

    private static void finishQueue(Call call) {
        call.tell(new Order.SendDigits("123", Duration.ofMinutes(1)));
        call.finishQueue();
    }

    private static void talk(Call call) {
        Leg other = TransferTest.ring(call, "eager");
        call.awaitAnswer(List.of(other), Duration.ofMinutes(1));
        call.answer();
        call.bridge(other);
    }

    private static HttpAsk slow() {
        return new HttpAsk("GET", Scenario.WEB, Map.of(), "", Duration.ofSeconds(50), 1000);
    }

    private final List<ScriptedWorld> worlds = new ArrayList<>();
    private final List<String> released = new ArrayList<>();

    private ScriptedDriver driver(Wait wait, Journal journal) {
        return ScriptedDriver.of(
                        call -> {
                            call.hold(() -> released.add("first"));
                            call.hold(() -> released.add("second"));
                            wait.body.accept(call);
                        })
                .journalled(facts -> journal)
                .furnished(
                        (world, baton) -> {
                            worlds.add(world);
                            baton.after(
                                    WHEN,
                                    "test",
                                    () ->
                                            world.calls()
                                                    .post(
                                                            "call-1@caller",
                                                            new Value.Message("", "now", "")));
                        });
    }

    private Scenario scenario(Wait wait) {
        Scenario scenario =
                Scenario.callTo("{}")
                        .lasts("long", Duration.ofMinutes(1))
                        .webServerAnswers("{}")
                        .handlerTakes(Duration.ofSeconds(40));
        scenario.person("bob");
        if (wait.name.equals(BRIDGE)) {
            scenario.person("eager").isRinging().answers();
            scenario.caller().isBridgedTo(scenario.person("eager"));
        }
        return scenario;
    }

    private void nothingIsLeft(Outcome outcome) {
        assertThat(released).containsExactly("second", "first");
        assertThat(worlds.getLast().calls().cards()).isEmpty();
        assertThat(worlds.getLast().calls().living()).isEmpty();
        assertThat(outcome.events(CallEvent.Ended.class)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("waits")
    void the_caller_leaving_ends_every_wait(Wait wait) {
        Outcome outcome = scenario(wait).waits(WHEN).hangsUp().plays(driver(wait, Journal.NONE));
        assertThat(outcome.crashes()).isEmpty();
        assertThat(outcome.lasted()).isEqualTo(WHEN);
        assertThat(outcome.ending().byPerson()).isTrue();
        nothingIsLeft(outcome);
    }

    @ParameterizedTest
    @MethodSource("waits")
    void a_fault_in_every_wait_ends_the_call_with_500_or_a_hang_up(Wait wait) {
        Outcome outcome = scenario(wait).plays(driver(wait, new Faulty()));
        assertThat(outcome.crashes()).hasSize(1);
        assertThat(outcome.lasted()).isEqualTo(WHEN);
        assertThat(outcome.ending().sipStatus()).isEqualTo(wait.name.equals(BRIDGE) ? 0 : 500);
        assertThat(outcome.notices().getFirst().message()).contains("a fault in the wait");
        nothingIsLeft(outcome);
    }

    /// Fails where the call reads the message that is posted to it.
    private static final class Faulty implements Journal {
        @Override
        public void arrived(Instant at, Value value) {
            if (value instanceof Value.Message) {
                throw new IllegalStateException("a fault in the wait");
            }
        }

        @Override
        public void ordered(String legId, Order order) {}

        @Override
        public void asked(long number, Question<?> question) {}

        @Override
        public void dialled(Dial dial) {}

        @Override
        public void posted(String callId, Value value, boolean taken) {}

        @Override
        public void gave(Value.TakeAsked asked, TakeResult result) {}
    }
}
