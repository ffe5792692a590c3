package fulcrum.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;

class LoopbackTest {
    private static final String ASK_PIN =
            """
            { "module": "play", "data": { "id": "enter_pin" }, "children": { "_": {
              "module": "collect_dtmf", "data": { "max_digits": 4, "collection_name": "pin" },
              "children": { "_": { "module": "pivot", "data": { "voice_url": "http://handler.example/pin" } } } } } }
            """;

    @SuppressWarnings("NullAway.Init") // made before the first test
    private static LoopbackDriver loopback;

    @BeforeAll
    static void open() {
        loopback = new LoopbackDriver();
    }

    @AfterAll
    static void close() {
        loopback.close();
    }

    @Test
    void a_prompt_is_heard_keys_are_collected_and_the_handler_gets_them() {
        Outcome outcome =
                Scenario.callTo(ASK_PIN)
                        .webServerAnswersAt(
                                "/pin", "{\"module\":\"play\",\"data\":{\"id\":\"thanks\"}}")
                        .hearsAllOf("enter_pin")
                        .presses("12#")
                        .hears("thanks")
                        .isHungUp(0)
                        .plays(loopback);
        assertThat(outcome.requests()).hasSize(1);
        assertThat(outcome.requests().getFirst().parameter("Digits[pin]")).isEqualTo("12");
        assertThat(outcome.heard()).containsExactly("enter_pin", "thanks");
        assertThat(outcome.ending().byPerson()).isFalse();
    }

    @Test
    void the_same_sound_twice_is_heard_twice() {
        Outcome outcome =
                Scenario.callTo(
                                """
                                { "module": "play", "data": { "id": "beep" }, "children": { "_": {
                                  "module": "play", "data": { "id": "beep" } } } }
                                """)
                        .lasts("beep", Duration.ofMillis(400))
                        .hears("beep")
                        .hears("beep")
                        .isHungUp(0)
                        .plays(loopback);
        assertThat(outcome.heard()).containsExactly("beep", "beep");
    }

    @Test
    void a_number_that_nobody_has_is_refused_with_404() {
        Scenario nobody = Scenario.scenario();
        nobody.person("alice").calls("99999").isHungUp(404);
        assertThat(nobody.plays(loopback).ending("alice").sipStatus()).isEqualTo(404);
    }

    @Test
    void a_caller_who_hangs_up_leaves_nothing_behind() {
        Scenario.callTo(ASK_PIN).hears("enter_pin").hangsUp().plays(loopback);
        assertThat(loopback.house().exchange().switchboard().legCount()).isZero();
        assertThat(loopback.house().exchange().paths()).isZero();
    }
}
