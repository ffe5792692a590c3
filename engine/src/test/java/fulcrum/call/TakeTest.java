package fulcrum.call;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.ScriptedDriver;
import fulcrum.sdk.ScriptedWorld;
import fulcrum.sdk.Step;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

class TakeTest {
    private static final String WAITING = "call-1@alice";

    private final List<TakeResult> results = new ArrayList<>();
    private final List<ScriptedWorld> worlds = new ArrayList<>();

    /// `wait`: rings until somebody takes the leg or the caller leaves; `pick up`: takes it and talks.
    private void body(Call call) {
        switch (call.facts().request().user()) {
            case "wait" -> {
                call.tell(new Order.Ring());
                call.pause(Call.FOREVER);
            }
            case "parked" -> {
                call.answer();
                call.takable(true);
                call.pause(Call.FOREVER);
            }
            case "pick up" -> pickUp(call, TakeCondition.UNANSWERED);
            case "unpark" -> pickUp(call, TakeCondition.PARKED);
            case "intercept" -> pickUp(call, TakeCondition.ANSWERED);
            default -> throw new IllegalStateException(call.facts().request().user());
        }
    }

    private void pickUp(Call call, TakeCondition condition) {
        TakeResult result = call.take(WAITING, condition);
        results.add(result);
        if (result == TakeResult.GIVEN) {
            Leg other = call.other(WAITING).orElseThrow();
            call.answer();
            call.tell(other, new Order.Answer());
            call.bridge(other);
        }
    }

    private ScriptedDriver driver() {
        return ScriptedDriver.of(this::body).furnished((world, baton) -> worlds.add(world));
    }

    private Outcome checked(Outcome outcome) {
        assertThat(outcome.crashes()).isEmpty();
        assertThat(worlds.getLast().calls().cards()).isEmpty();
        assertThat(worlds.getLast().calls().living()).isEmpty();
        return outcome;
    }

    private static Step calls(String person, String number) {
        return new Step.Calls(person, number, person, person, Map.of());
    }

    private static Scenario waiting(String number) {
        Scenario scenario = Scenario.scenario();
        scenario.person("alice").calls(number).waits(Duration.ofSeconds(3));
        return scenario;
    }

    @Test
    void of_two_who_pick_up_at_once_the_first_wins_in_either_order() {
        Scenario scenario =
                waiting("wait").atOnce(calls("bob", "pick up"), calls("carol", "pick up"));
        scenario.person("alice").waits(Duration.ofSeconds(5)).hangsUp();
        Set<String> winners = new TreeSet<>();
        int orders =
                driver().everyOrder(
                                scenario,
                                50_000,
                                outcome -> {
                                    checked(outcome);
                                    assertThat(results.subList(results.size() - 2, results.size()))
                                            .containsOnlyOnce(TakeResult.GIVEN)
                                            .doesNotContainNull();
                                    winners.add(winner(outcome));
                                });
        assertThat(orders).isGreaterThan(1);
        assertThat(winners).containsExactly("bob", "carol");
    }

    /// Who still talked when alice left; the other one had been hung up on five seconds before.
    private static String winner(Outcome outcome) {
        boolean bob = outcome.ending("bob").at().isAfter(outcome.ending("carol").at());
        return bob ? "bob" : "carol";
    }

    @Test
    void a_caller_who_leaves_at_the_instant_of_the_pick_up_leaves_nobody_hanging() {
        Scenario scenario =
                waiting("wait").atOnce(calls("bob", "pick up"), new Step.HangsUp("alice"));
        Set<TakeResult> seen = new TreeSet<>();
        driver().everyOrder(
                        scenario,
                        50_000,
                        outcome -> {
                            checked(outcome);
                            seen.add(results.getLast());
                        });
        assertThat(seen).contains(TakeResult.GIVEN, TakeResult.GONE);
    }

    @Test
    void a_leg_is_refused_when_the_condition_does_not_hold() {
        assertThat(taken("wait", "intercept")).isEqualTo(TakeResult.REFUSED);
        assertThat(taken("wait", "unpark")).isEqualTo(TakeResult.REFUSED);
        assertThat(taken("parked", "pick up")).isEqualTo(TakeResult.REFUSED);
        assertThat(taken("parked", "unpark")).isEqualTo(TakeResult.GIVEN);
        assertThat(taken("parked", "intercept")).isEqualTo(TakeResult.GIVEN);
    }

    private TakeResult taken(String first, String second) {
        Scenario scenario = waiting(first);
        scenario.person("bob").calls(second).waits(Duration.ofSeconds(1));
        scenario.person("alice").hangsUp();
        checked(scenario.plays(driver()));
        return results.getLast();
    }

    @Test
    void a_leg_that_is_no_more_is_gone_at_once() {
        Scenario scenario = waiting("wait");
        scenario.person("alice").hangsUp();
        scenario.person("bob").calls("pick up").isHungUp();
        Outcome outcome = checked(scenario.plays(driver()));
        assertThat(results).containsExactly(TakeResult.GONE);
        assertThat(Duration.between(outcome.ending("alice").at(), outcome.ending("bob").at()))
                .isZero();
    }

    @Test
    void keys_pressed_before_the_take_go_to_the_new_owner_in_order() {
        List<String> keys = new ArrayList<>();
        ScriptedDriver driver =
                ScriptedDriver.of(
                                call -> {
                                    if (!call.facts().request().user().equals("unpark")) {
                                        body(call);
                                        return;
                                    }
                                    call.take(WAITING, TakeCondition.PARKED);
                                    Want<LegEvent.DigitPressed> key =
                                            Want.of(
                                                    LegEvent.DigitPressed.class,
                                                    one -> one.legId().equals(WAITING));
                                    while (keys.size() < 3) {
                                        call.await(key, Duration.ofSeconds(1))
                                                .ifPresent(one -> keys.add("" + one.digit()));
                                    }
                                })
                        .furnished((world, baton) -> worlds.add(world));
        Scenario scenario = Scenario.scenario();
        scenario.person("alice").calls("parked").presses("12");
        scenario.person("bob").calls("unpark");
        scenario.person("alice").presses("3");
        checked(scenario.plays(driver));
        assertThat(keys).containsExactly("1", "2", "3");
    }

    @Test
    void two_that_want_each_others_leg_do_not_wait_for_ever() {
        List<TakeResult> both = new ArrayList<>();
        Set<TakeResult> seen = new TreeSet<>();
        ScriptedDriver driver =
                ScriptedDriver.of(
                                call -> {
                                    boolean first = call.id().equals(WAITING);
                                    call.answer();
                                    both.add(
                                            call.take(
                                                    first ? "call-2@bob" : WAITING,
                                                    TakeCondition.ALWAYS));
                                    call.pause(Duration.ofSeconds(1));
                                })
                        .furnished((world, baton) -> worlds.add(world));
        Scenario scenario = Scenario.scenario().atOnce(calls("alice", "x"), calls("bob", "x"));
        driver.everyOrder(
                scenario,
                50_000,
                outcome -> {
                    checked(outcome);
                    seen.addAll(both);
                    assertThat(both).isNotEmpty();
                    both.clear();
                });
        assertThat(seen).contains(TakeResult.REFUSED);
    }
}
