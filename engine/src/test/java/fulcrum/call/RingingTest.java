package fulcrum.call;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Outcome;
import fulcrum.sdk.Person;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.ScriptedDriver;
import fulcrum.sdk.ScriptedWorld;
import fulcrum.sdk.Step;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Who is rung when, who wins, what the caller hears meanwhile, and why the others stop.
class RingingTest {
    private static final String NOTHING = "{\"module\":\"noop\",\"data\":{}}";
    private static final Sound CONFIRM = new Sound.Prompt(Scenario.ACCOUNT, "confirm", "en-us");

    private final List<ScriptedWorld> worlds = new ArrayList<>();
    private final List<DialResult> results = new ArrayList<>();
    private final List<BridgeEnd> ends = new ArrayList<>();
    private final Scenario scenario = Scenario.callTo(NOTHING);
    private final Person bob = scenario.person("bob");
    private final Person carol = scenario.person("carol");

    private static RingTarget to(String person) {
        Dial.Caller ann = Dial.Caller.of("Ann Lee", "+14155550100");
        return RingTarget.of(Dial.to("sip:" + person + "@x", Scenario.ACCOUNT, ann));
    }

    private static RingPlan both(UnaryOperator<RingTarget> withCarol) {
        return RingPlan.together(List.of(to("bob"), withCarol.apply(to("carol"))));
    }

    private static RingPlan bobAlone() {
        return RingPlan.together(List.of(to("bob")));
    }

    private ScriptedDriver ringing(RingPlan plan) {
        return ScriptedDriver.of(
                        call -> {
                            DialResult result = call.ring(plan);
                            results.add(result);
                            if (result instanceof DialResult.Answered answered) {
                                ends.add(call.bridge(answered.leg(), answered.music()));
                            }
                            call.play(new Sound.Media("after"), 1, Set.of());
                        })
                .furnished((world, baton) -> worlds.add(world));
    }

    private Outcome plays(RingPlan plan) {
        return checked(scenario.plays(ringing(plan)));
    }

    /// Nothing is left over, however it went.
    private Outcome checked(Outcome outcome) {
        assertThat(outcome.crashes()).isEmpty();
        assertThat(worlds.getLast().calls().living()).isEmpty();
        assertThat(worlds.getLast().calls().cards()).isEmpty();
        return outcome;
    }

    private static HangupCause cause(Outcome outcome, String person) {
        return outcome.ending(person).cause();
    }

    @Test
    void the_callee_answers_and_then_the_caller_is_answered_and_they_talk() {
        bob.isRinging().waits(Duration.ofSeconds(3)).answers().isBridgedTo(scenario.caller());
        bob.says("hello").hangsUp();
        Outcome outcome = plays(bobAlone().withTimeout(Duration.ofSeconds(20)));
        assertThat(results.getFirst()).isInstanceOf(DialResult.Answered.class);
        assertThat(ends).containsExactly(new BridgeEnd.OtherLeft(HangupCause.NORMAL_CLEARING));
        assertThat(outcome.transcript())
                .anyMatch(line -> line.endsWith("caller hears: hello"))
                .anyMatch(line -> line.endsWith("caller is answered"))
                .anyMatch(line -> line.endsWith("caller hears: after"));
    }

    @ParameterizedTest
    @CsvSource({
        "486, USER_BUSY",
        "603, CALL_REJECTED",
        "480, NO_USER_RESPONSE",
        "404, UNALLOCATED_NUMBER",
        "408, RECOVERY_ON_TIMER_EXPIRE",
        "503, NORMAL_TEMPORARY_FAILURE",
        "488, INCOMPATIBLE_DESTINATION",
        "484, INVALID_NUMBER_FORMAT",
        "410, NUMBER_CHANGED",
        "502, NETWORK_OUT_OF_ORDER"
    })
    void a_refusal_names_the_children_that_it_leads_to(int status, HangupCause cause) {
        bob.isRinging().refuses(status);
        plays(bobAlone());
        assertThat(results).containsExactly(new DialResult.Failed(cause, status));
        assertThat(((DialResult.Failed) results.getFirst()).childKeys())
                .containsExactly(cause.name(), "sip:" + status);
    }

    @Test
    void nobody_answers_and_the_phones_are_told_to_stop() {
        bob.isRinging();
        carol.isRinging();
        Outcome outcome = plays(both(target -> target).withTimeout(Duration.ofSeconds(15)));
        assertThat(results).containsExactly(new DialResult.Failed(HangupCause.NO_ANSWER, 480));
        assertThat(cause(outcome, "bob")).isEqualTo(HangupCause.NO_ANSWER);
        assertThat(cause(outcome, "carol")).isEqualTo(HangupCause.NO_ANSWER);
        assertThat(outcome.lasted()).isEqualTo(Duration.ofSeconds(17)); // and "after", 2 s
    }

    @Test
    void the_first_answer_wins_and_the_others_learn_that_it_was_answered_elsewhere() {
        bob.isRinging();
        carol.isRinging().answers().isBridgedTo(scenario.caller()).hangsUp();
        Outcome outcome = plays(both(target -> target));
        assertThat(cause(outcome, "bob")).isEqualTo(HangupCause.LOSE_RACE);
        assertThat(outcome.ending("bob").answered()).isFalse();
    }

    @Test
    void two_answer_at_the_same_instant_and_one_of_them_wins_whoever_came_first() {
        bob.isRinging();
        carol.isRinging();
        scenario.atOnce(new Step.Answers("bob"), new Step.Answers("carol"))
                .waits(Duration.ofSeconds(2))
                .hangsUp();
        List<String> losers = new ArrayList<>();
        int orders =
                ringing(both(target -> target.withDelay(Duration.ofSeconds(1))))
                        .everyOrder(
                                scenario,
                                5000,
                                outcome -> {
                                    checked(outcome);
                                    boolean bobLost =
                                            cause(outcome, "bob") == HangupCause.LOSE_RACE;
                                    boolean carolLost =
                                            cause(outcome, "carol") == HangupCause.LOSE_RACE;
                                    assertThat(bobLost).isNotEqualTo(carolLost);
                                    losers.add(bobLost ? "bob" : "carol");
                                });
        assertThat(orders).isGreaterThan(1);
        assertThat(losers).contains("bob", "carol");
    }

    @Test
    void the_caller_gives_up_while_it_rings_and_nobody_rings_any_more() {
        bob.isRinging();
        carol.isRinging();
        scenario.waits(Duration.ofSeconds(4)).hangsUp();
        Outcome outcome = plays(both(target -> target));
        assertThat(results).isEmpty();
        assertThat(cause(outcome, "bob")).isEqualTo(HangupCause.ORIGINATOR_CANCEL);
        assertThat(cause(outcome, "carol")).isEqualTo(HangupCause.ORIGINATOR_CANCEL);
        assertThat(outcome.ending("caller").sipStatus()).isEqualTo(487);
    }

    @Test
    void a_cancel_and_an_answer_at_the_same_instant_leave_nothing_over_in_any_order() {
        bob.isRinging();
        scenario.atOnce(new Step.HangsUp("caller"), new Step.Answers("bob"));
        Set<HangupCause> seen = new java.util.HashSet<>();
        int orders =
                ringing(bobAlone())
                        .everyOrder(
                                scenario, 500, outcome -> seen.add(cause(checked(outcome), "bob")));
        assertThat(orders).isGreaterThan(1);
        assertThat(seen).contains(HangupCause.ORIGINATOR_CANCEL);
    }

    @Test
    void a_delay_and_a_time_limit_belong_to_one_leg() {
        bob.isRinging();
        carol.isRinging().isHungUp();
        Outcome outcome =
                plays(
                        both(target ->
                                        target.withDelay(Duration.ofSeconds(5))
                                                .withTimeout(Duration.ofSeconds(4)))
                                .withTimeout(Duration.ofSeconds(30)));
        assertThat(outcome.transcript()).contains("   9.000  carol is hung up on: 487 NO_ANSWER");
        assertThat(outcome.transcript()).contains("  30.000  bob is hung up on: 487 NO_ANSWER");
    }

    @Test
    void in_turn_the_next_rings_when_the_one_before_has_failed_and_the_last_failure_is_told() {
        bob.isRinging().waits(Duration.ofSeconds(2)).refuses(486);
        carol.isRinging().waits(Duration.ofSeconds(1)).refuses(603);
        RingPlan plan = RingPlan.inTurn(List.of(to("bob"), to("carol")));
        Outcome outcome = plays(plan);
        assertThat(results).containsExactly(new DialResult.Failed(HangupCause.CALL_REJECTED, 603));
        assertThat(outcome.lasted()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void in_turn_a_leg_that_rings_long_enough_makes_room_for_the_next() {
        bob.isRinging();
        carol.isRinging().answers().isBridgedTo(scenario.caller()).hangsUp();
        Outcome outcome =
                plays(
                        RingPlan.inTurn(
                                        List.of(
                                                to("bob").withTimeout(Duration.ofSeconds(8)),
                                                to("carol")))
                                .withTimeout(Duration.ofSeconds(30)));
        assertThat(cause(outcome, "bob")).isEqualTo(HangupCause.NO_ANSWER);
        assertThat(results.getFirst()).isInstanceOf(DialResult.Answered.class);
    }

    @Test
    void of_several_failures_the_most_telling_one_is_told() {
        bob.isRinging().refuses(486);
        carol.isRinging().refuses(404);
        plays(both(target -> target));
        assertThat(results).containsExactly(new DialResult.Failed(HangupCause.USER_BUSY, 486));
    }

    @Test
    void a_single_rejection_ends_all_when_the_plan_says_so() {
        bob.isRinging().refuses(603);
        Outcome outcome = plays(both(target -> target).withFatal(RingPlan.REJECTIONS));
        assertThat(results).containsExactly(new DialResult.Failed(HangupCause.CALL_REJECTED, 603));
        assertThat(outcome.ending("carol").byPerson()).isFalse();
    }

    @Test
    void without_it_the_others_go_on_ringing() {
        bob.isRinging().refuses(603);
        carol.waits(Duration.ofSeconds(3)).answers().isBridgedTo(scenario.caller()).hangsUp();
        plays(both(target -> target));
        assertThat(results.getFirst()).isInstanceOf(DialResult.Answered.class);
    }

    @Test
    void a_phone_that_says_nothing_at_all_has_its_own_limit() {
        scenario.isUnreachable("bob");
        RingTarget silent = to("bob").withProgressTimeout(Duration.ofSeconds(8));
        Outcome outcome = plays(RingPlan.together(List.of(silent)));
        assertThat(results)
                .containsExactly(new DialResult.Failed(HangupCause.PROGRESS_TIMEOUT, 486));
        assertThat(outcome.lasted()).isEqualTo(Duration.ofSeconds(10)); // with "after", 2 s
    }

    @Test
    void the_limit_for_silence_does_not_end_a_phone_that_rings() {
        bob.isRinging().waits(Duration.ofSeconds(10)).answers().hangsUp();
        RingTarget limited = to("bob").withProgressTimeout(Duration.ofSeconds(8));
        plays(RingPlan.together(List.of(limited)));
        assertThat(results.getFirst()).isInstanceOf(DialResult.Answered.class);
    }

    @Test
    void an_empty_plan_fails_at_once() {
        plays(RingPlan.together(List.of()));
        assertThat(results)
                .containsExactly(new DialResult.Failed(HangupCause.SUBSCRIBER_ABSENT, 480));
    }

    @Test
    void a_callee_who_must_confirm_is_connected_only_after_the_key() {
        Confirmation one = new Confirmation(CONFIRM, '1', Duration.ofSeconds(7));
        bob.isRinging().answers().hears("confirm").presses("21");
        bob.isBridgedTo(scenario.caller()).hangsUp();
        plays(RingPlan.together(List.of(to("bob").withConfirmation(one))));
        assertThat(results.getFirst()).isInstanceOf(DialResult.Answered.class);
    }

    @Test
    void a_machine_that_presses_nothing_is_hung_up_on_after_the_prompt_and_its_patience() {
        Confirmation one = new Confirmation(CONFIRM, '1', Duration.ofSeconds(7));
        bob.isRinging().answers().hears("confirm").isHungUp();
        Outcome outcome = plays(RingPlan.together(List.of(to("bob").withConfirmation(one))));
        assertThat(results)
                .containsExactly(new DialResult.Failed(HangupCause.NORMAL_CLEARING, 480));
        assertThat(outcome.ending("caller").answered()).isFalse();
        assertThat(outcome.transcript()).contains("   9.000  bob is hung up on NORMAL_CLEARING");
    }

    @Test
    void while_one_is_asked_to_confirm_another_may_win() {
        Confirmation one = new Confirmation(CONFIRM, '1', Duration.ofSeconds(7));
        carol.isRinging().answers().hears("confirm");
        bob.isRinging().answers().isBridgedTo(scenario.caller()).hangsUp();
        Outcome outcome = plays(both(target -> target.withConfirmation(one)));
        assertThat(cause(outcome, "carol")).isEqualTo(HangupCause.LOSE_RACE);
    }

    @Test
    void early_media_of_a_single_callee_reaches_the_caller() {
        bob.isRinging().announces("the number has changed").refuses(410);
        Outcome outcome = plays(bobAlone());
        assertThat(outcome.transcript())
                .anyMatch(line -> line.endsWith("caller hears: the number has changed"));
        assertThat(outcome.ending("caller").answered()).isFalse();
    }

    @Test
    void early_media_is_not_passed_on_when_it_is_to_be_ignored_or_several_ring() {
        bob.isRinging().announces("please wait").answers().hangsUp();
        for (RingPlan plan : List.of(bobAlone().ignoringEarlyMedia(), both(target -> target))) {
            Outcome outcome = plays(plan);
            assertThat(outcome.transcript())
                    .noneMatch(line -> line.endsWith("caller hears: please wait"));
        }
    }

    @Test
    void ringback_is_played_from_the_beginning_and_stops_with_the_answer() {
        scenario.hears("music").waits(Duration.ofSeconds(9));
        bob.isRinging().answers().isBridgedTo(scenario.caller()).says("hello").hangsUp();
        Outcome outcome = plays(bobAlone().withRingback(new Sound.Media("music")));
        assertThat(outcome.transcript()).anyMatch(line -> line.endsWith("caller hears: hello"));
    }

    @Test
    void a_ringback_that_cannot_be_played_is_replaced_by_ringing() {
        scenario.cannotPlay("music");
        bob.isRinging().answers().isBridgedTo(scenario.caller()).hangsUp();
        Outcome outcome = plays(bobAlone().withRingback(new Sound.Media("music")));
        assertThat(outcome.transcript()).anyMatch(line -> line.contains("ringback could not be"));
        assertThat(results.getFirst()).isInstanceOf(DialResult.Answered.class);
    }

    @Test
    void a_redirection_is_followed_when_the_plan_says_whom_to_ring_instead() {
        bob.isRinging().pointsTo("sip:carol@elsewhere");
        carol.isRinging().answers().isBridgedTo(scenario.caller()).hangsUp();
        plays(
                bobAlone()
                        .followingRedirects(
                                redirected -> {
                                    assertThat(redirected.contacts())
                                            .containsExactly("sip:carol@elsewhere");
                                    return List.of(to("carol"));
                                }));
        assertThat(results.getFirst()).isInstanceOf(DialResult.Answered.class);
    }

    @Test
    void a_redirection_that_nobody_follows_is_a_failure() {
        bob.isRinging().pointsTo("sip:carol@elsewhere");
        plays(bobAlone());
        assertThat(results)
                .containsExactly(
                        new DialResult.Failed(HangupCause.REDIRECTION_TO_NEW_DESTINATION, 302));
    }

    @Test
    void a_phone_that_points_to_itself_comes_to_an_end() {
        List<LegEvent.Redirected> followed = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            carol.isRinging().pointsTo("sip:carol@elsewhere");
        }
        plays(
                RingPlan.together(List.of(to("carol")))
                        .followingRedirects(
                                redirected -> {
                                    followed.add(redirected);
                                    return List.of(to("carol"));
                                }));
        assertThat(followed).hasSize(11);
        assertThat(results.getFirst()).isInstanceOf(DialResult.Failed.class);
    }
}
