package fulcrum.call;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Outcome;
import fulcrum.sdk.Person;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.ScriptedDriver;
import fulcrum.sdk.ScriptedWorld;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Legs that change hands while somebody talks on them: the spine that REFER, intercept and pick-up stand on.
class TransferTest {
    private static final Duration WHEN = Duration.ofSeconds(10);

    private final List<ScriptedWorld> worlds = new ArrayList<>();

    /// Rings the person who was called and connects him; a message then says whose leg to take, and as what.
    private static void connect(Call call) {
        Leg other = ring(call, call.facts().request().user());
        if (!(call.awaitAnswer(List.of(other), Duration.ofSeconds(20))
                instanceof DialResult.Answered)) {
            return;
        }
        call.answer();
        call.tell(new Order.Connect(other.id()));
        Want<Value> end =
                value ->
                        switch (value) {
                            case LegEvent.HungUp hungUp when hungUp.legId().equals(other.id()) ->
                                    Optional.of(value);
                            case LegEvent.Disconnected apart
                                    when apart.otherLegId().equals(other.id()) ->
                                    Optional.of(value);
                            case Value.Message word -> Optional.of(value);
                            case Value another -> Optional.empty();
                        };
        if (call.await(end, Call.FOREVER).orElseThrow() instanceof Value.Message word) {
            transferred(call, other, word);
        }
    }

    private static void transferred(Call call, Leg other, Value.Message word) {
        switch (word.topic()) {
            case "take" -> {
                Leg third = taken(call, word.body());
                call.tell(other, new Order.HangUp(HangupCause.NORMAL_CLEARING, false));
                call.bridge(third);
            }
            case "take and leave" -> {
                Leg third = taken(call, word.body());
                Leg former = call.leg();
                call.goOnWith(third);
                call.tell(former, new Order.HangUp(HangupCause.NORMAL_CLEARING, false));
                call.bridge(other);
            }
            default -> throw new IllegalStateException(word.topic());
        }
    }

    private static Leg taken(Call call, String legId) {
        assertThat(call.take(legId, TakeCondition.ANSWERED)).isEqualTo(TakeResult.GIVEN);
        return call.other(legId).orElseThrow();
    }

    static Leg ring(Call call, String person) {
        CallFacts.Party caller = call.facts().caller();
        return call.dial(
                Dial.to(
                        "sip:" + person + "@scenario.example",
                        call.facts().accountId(),
                        Dial.Caller.of(caller.name(), caller.number())));
    }

    private Outcome plays(Scenario scenario, String toCall, String topic, String whose) {
        ScriptedDriver driver =
                ScriptedDriver.of(TransferTest::connect)
                        .furnished(
                                (world, baton) -> {
                                    worlds.add(world);
                                    baton.after(
                                            WHEN, "refer", () -> tell(world, toCall, topic, whose));
                                });
        Outcome outcome = scenario.plays(driver);
        assertThat(outcome.crashes()).isEmpty();
        assertThat(worlds.getLast().calls().living()).isEmpty();
        assertThat(worlds.getLast().calls().cards()).isEmpty();
        return outcome;
    }

    private static void tell(ScriptedWorld world, String callId, String topic, String whose) {
        String legId =
                world.calls().cards().stream()
                        .filter(card -> card.calleeNumber().contains(whose))
                        .filter(card -> card.direction().equals("outbound"))
                        .map(LegCard::legId)
                        .findFirst()
                        .orElseThrow();
        world.calls().post(callId, new Value.Message("", topic, legId));
    }

    private static Person talking(Scenario scenario, String caller, String callee) {
        Person other = scenario.person(callee);
        scenario.person(caller).calls(callee);
        other.isRinging().answers();
        scenario.person(caller).isBridgedTo(other);
        return other;
    }

    @Test
    void a_callee_transfers_the_caller_to_a_third_and_is_out_of_it() {
        Scenario scenario = Scenario.scenario();
        Person bob = talking(scenario, "alice", "bob");
        Person carol = talking(scenario, "bob-line-2", "carol");
        Person alice = scenario.person("alice");
        alice.waits(Duration.ofSeconds(11)).isBridgedTo(carol);
        bob.isHungUp();
        scenario.person("bob-line-2").isHungUp();
        alice.waits(Duration.ofMinutes(5));
        carol.hangsUp();
        alice.isHungUp();
        Outcome outcome = plays(scenario, "call-1@alice", "take", "carol");
        assertThat(Duration.between(outcome.ending("bob").at(), outcome.ending("alice").at()))
                .isGreaterThan(Duration.ofMinutes(5));
        assertThat(outcome.ending("alice").byPerson()).isFalse();
    }

    @Test
    void a_caller_transfers_the_callee_to_a_third_and_both_go_on_without_him() {
        for (boolean calleeLeaves : List.of(true, false)) {
            Scenario scenario = Scenario.scenario();
            Person bob = talking(scenario, "alice", "bob");
            Person carol = talking(scenario, "alice-line-2", "carol");
            bob.waits(Duration.ofSeconds(11)).isBridgedTo(carol);
            scenario.person("alice").isHungUp();
            scenario.person("alice-line-2").isHungUp();
            bob.waits(Duration.ofMinutes(5));
            (calleeLeaves ? bob : carol).hangsUp();
            (calleeLeaves ? carol : bob).isHungUp();
            Outcome outcome = plays(scenario, "call-2@alice-line-2", "take and leave", "bob");
            assertThat(
                            Duration.between(
                                    outcome.ending("alice-line-2").at(),
                                    outcome.ending("bob").at()))
                    .isGreaterThan(Duration.ofMinutes(5));
        }
    }

    @Test
    void the_owner_that_crashes_while_connected_hangs_up_on_both() {
        Scenario scenario = Scenario.scenario();
        Person bob = talking(scenario, "alice", "bob");
        bob.isHungUp();
        scenario.person("alice").isHungUp();
        ScriptedDriver driver =
                ScriptedDriver.of(TransferTest::connect)
                        .furnished(
                                (world, baton) -> {
                                    worlds.add(world);
                                    baton.after(
                                            WHEN,
                                            "refer",
                                            () -> tell(world, "call-1@alice", "?", "bob"));
                                });
        Outcome outcome = scenario.plays(driver);
        assertThat(outcome.crashes()).hasSize(1);
        assertThat(outcome.ending("alice").at()).isEqualTo(outcome.ending("bob").at());
        assertThat(outcome.ending("alice").byPerson()).isFalse();
        assertThat(worlds.getLast().calls().cards()).isEmpty();
        assertThat(worlds.getLast().calls().living()).isEmpty();
    }
}
