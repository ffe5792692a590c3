package fulcrum.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fulcrum.call.Call;
import fulcrum.call.CallEvent;
import fulcrum.call.Collected;
import fulcrum.call.DigitRule;
import fulcrum.call.HangupCause;
import fulcrum.call.HttpAnswer;
import fulcrum.call.HttpAsk;
import fulcrum.call.Order;
import fulcrum.call.Question;
import fulcrum.call.Sound;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

class ScenarioTest {
    private static final Set<Character> ANY =
            Set.of('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#');

    private static Scenario call() {
        return Scenario.callTo("{\"module\":\"noop\",\"data\":{}}");
    }

    private static void play(Call call, String media) {
        call.play(new Sound.Media("/" + Scenario.ACCOUNT + "/" + media), 1, ANY);
    }

    private static void askPin(Call call) {
        call.answer();
        play(call, "enter_pin");
        DigitRule rule =
                new DigitRule(4, Duration.ofSeconds(5), Duration.ofSeconds(2), Set.of('#'));
        Collected pin = call.collect(rule, call.digits().takeEarly());
        call.digits().put("pin", pin.text());
        play(call, "thanks");
    }

    private static Outcome plays(Scenario scenario, Consumer<Call> body) {
        Outcome outcome = scenario.plays(ScriptedDriver.of(body));
        assertThat(outcome.crashes()).isEmpty();
        return outcome;
    }

    @Test
    void a_terminator_ends_the_collection_and_is_not_kept() {
        Outcome call =
                plays(
                        call().hears("enter_pin").presses("12#").hears("thanks"),
                        ScenarioTest::askPin);
        assertThat(call.kept("pin")).isEqualTo("12");
        assertThat(call.heard()).containsExactly("enter_pin", "thanks");
        assertThat(call.ending().cause()).isEqualTo(HangupCause.NORMAL_CLEARING);
        assertThat(call.ending().byPerson()).isFalse();
    }

    @Test
    void a_silent_caller_goes_on_after_five_seconds_with_an_empty_collection() {
        Outcome call =
                plays(
                        call().hearsAllOf("enter_pin").waits(Duration.ofSeconds(5)).hears("thanks"),
                        ScenarioTest::askPin);
        assertThat(call.kept()).containsEntry("pin", "");
        assertThat(call.lasted()).isEqualTo(Duration.ofSeconds(2 + 5 + 2));
    }

    @Test
    void a_failing_step_says_when_and_what() {
        Scenario wrong = call().hearsAllOf("enter_pin").hangsUp().hears("thanks");
        assertThatThrownBy(() -> plays(wrong, ScenarioTest::askPin))
                .isInstanceOf(StepFailed.class)
                .hasMessageStartingWith(
                        "at PT2S the caller expected to hear thanks but heard nothing");
        Scenario other = call().hears("thanks");
        assertThatThrownBy(() -> plays(other, ScenarioTest::askPin))
                .hasMessageStartingWith(
                        "at PT0S the caller expected to hear thanks but heard enter_pin");
    }

    @Test
    void keys_come_200_ms_apart_and_w_waits_half_a_second() {
        Outcome call =
                plays(
                        call().presses("1w2"),
                        one -> {
                            one.answer();
                            one.collect(
                                    new DigitRule(
                                            2,
                                            Duration.ofSeconds(5),
                                            Duration.ofSeconds(5),
                                            Set.of()),
                                    "");
                        });
        assertThat(call.lasted()).isEqualTo(Duration.ofMillis(700));
    }

    @Test
    void a_web_server_answers_in_order_and_the_requests_are_seen() {
        Scenario scenario =
                call().webServerAnswersAt("/a", "{\"n\":1}").webServerAnswersAt("/a", "{\"n\":2}");
        StringBuilder bodies = new StringBuilder();
        Outcome outcome =
                plays(
                        scenario,
                        one -> {
                            for (int i = 0; i < 3; i++) {
                                bodies.append(fetch(one, Scenario.WEB + "/a?x=a+b"));
                            }
                            bodies.append(fetch(one, Scenario.WEB + "/none"));
                        });
        assertThat(bodies).hasToString("200{\"n\":1}200{\"n\":2}200{\"n\":2}404");
        assertThat(outcome.requests()).hasSize(4);
        assertThat(outcome.requests().getFirst().parameter("x")).isEqualTo("a b");
        assertThat(outcome.requests().getFirst().path()).isEqualTo("/a");
    }

    @Test
    void a_slow_handler_costs_virtual_time_and_a_too_slow_one_is_a_time_out() {
        Outcome slow =
                plays(
                        call().webServerAnswers("{}").handlerTakes(Duration.ofSeconds(3)),
                        one -> fetch(one, Scenario.WEB));
        assertThat(slow.lasted()).isEqualTo(Duration.ofSeconds(3));
        Outcome late =
                plays(
                        call().webServerAnswers("{}").handlerTakes(Duration.ofSeconds(8)),
                        one -> assertThat(fetch(one, Scenario.WEB)).isEqualTo("TIMEOUT"));
        assertThat(late.lasted()).isEqualTo(Duration.ofSeconds(5));
    }

    private static String fetch(Call call, String url) {
        HttpAsk ask = new HttpAsk("GET", url, Map.of(), "", Duration.ofSeconds(5), 1000);
        return switch (call.ask(new Question.Fetch(ask))) {
            case HttpAnswer.Response response -> response.status() + response.body();
            case HttpAnswer.Unanswered none -> none.kind().toString();
        };
    }

    @Test
    void a_refused_call_ends_with_its_status_behind_the_media() {
        Outcome call =
                plays(
                        call().hears("busy").isHungUp(486),
                        one -> {
                            one.tell(new Order.Play(1, new Sound.Media("busy"), 1));
                            one.tell(new Order.Reject(486, "Busy Here", Map.of()));
                        });
        assertThat(call.lasted()).isEqualTo(Duration.ofSeconds(2));
        assertThat(call.ending().answered()).isFalse();
        assertThat(call.events(CallEvent.Ended.class)).hasSize(1);
    }

    @Test
    void a_flow_that_is_over_before_an_answer_ends_with_480() {
        Outcome call = plays(call().isHungUp(480), one -> {});
        assertThat(call.events(CallEvent.Ended.class).getFirst().sipStatus()).isEqualTo(480);
    }

    @Test
    void keys_sent_to_the_caller_arrive() {
        Outcome call =
                plays(
                        call().receives("12").receives("A#"),
                        one -> {
                            one.answer();
                            one.tell(new Order.SendDigits("12A#", Duration.ofSeconds(2)));
                            one.finishQueue();
                        });
        assertThat(call.received()).isEqualTo("12A#");
        assertThat(call.lasted()).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void speech_lasts_60_ms_a_character_unless_told() {
        Sound hello = new Sound.Speech("Hello", "", "", "");
        Scenario usual = call().hears("Hello");
        assertThat(plays(usual, one -> one.play(hello, 2, ANY)).lasted())
                .isEqualTo(Duration.ofMillis(600));
        Scenario told = call().lasts("Hello", Duration.ofSeconds(4));
        assertThat(plays(told, one -> one.play(hello, 1, ANY)).lasted())
                .isEqualTo(Duration.ofSeconds(4));
    }
}
