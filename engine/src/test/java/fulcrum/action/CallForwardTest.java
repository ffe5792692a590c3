package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Origin;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class CallForwardTest {
    private static final String ASK = "cf-enter_number";
    private static final String TOLD = "cf-now_forwarded_to";

    private static Scenario code(String number, String action, String user) {
        return Trial.dials(
                        number,
                        "^\\*72([0-9]*)$",
                        node("call_forward", "{'action':'" + action + "'}", early("next")))
                .comesFrom(Origin.device("d1", "u1"))
                .document("device", "d1", json("{'owner_id':'u1'}"))
                .document("user", "u1", json("{'first_name':'Ann'" + user + "}"));
    }

    /// The user's `call_forward` afterwards.
    private static String forward(Trial trial) {
        return trial.stored("u1").at("call_forward").map(Object::toString).orElse("none");
    }

    private static String on(String number) {
        return json("{'enabled':true,'number':'" + number + "'}");
    }

    private static String off(String number) {
        return json("{'enabled':false,'number':'" + number + "'}");
    }

    private static final String WAS_OFF = ",'call_forward':{'enabled':false,'number':'1500'}";
    private static final String WAS_ON = ",'call_forward':{'enabled':true,'number':'1500'}";

    @Test
    void activate_takes_the_captured_number_as_it_was_dialled() {
        Trial trial = Trial.of(code("*724155550123", "activate", ""));
        assertThat(trial.heard()).containsExactly(TOLD, "4 1 5 5 5 5 0 1 2 3", "next");
        assertThat(forward(trial)).isEqualTo(on("4155550123"));
        assertThat(trial.isAnswered()).isTrue();
        assertThat(trial.stored("u1").text("first_name")).contains("Ann");
    }

    @Test
    void activate_without_a_number_asks_for_it() {
        Scenario scenario = code("*72", "activate", "").hears(ASK).presses("1234#");
        Trial trial = Trial.of(scenario);
        assertThat(trial.heard()).containsExactly(ASK, "vm-saved", TOLD, "1 2 3 4", "next");
        assertThat(forward(trial)).isEqualTo(on("1234"));
    }

    @Test
    void a_number_that_is_too_short_is_asked_for_again() {
        Scenario scenario =
                code("*72", "update", "").hears(ASK).presses("12#").hears(ASK).presses("123#");
        assertThat(forward(Trial.of(scenario))).isEqualTo(off("123"));
    }

    @Test
    void a_number_ends_at_twenty_digits_or_after_two_seconds() {
        Scenario longest = code("*72", "update", "").hears(ASK).presses("123456789012345678901234");
        assertThat(forward(Trial.of(longest))).isEqualTo(off("12345678901234567890"));
        Scenario slow =
                code("*72", "update", "")
                        .hearsAllOf(ASK)
                        .waits(Duration.ofSeconds(7))
                        .presses("1234")
                        .waits(Duration.ofSeconds(3))
                        .hears("vm-saved");
        assertThat(forward(Trial.of(slow))).isEqualTo(off("1234"));
    }

    @Test
    void deactivate_keeps_the_number_and_other_fields() {
        String user = ",'call_forward':{'enabled':true,'number':'1500','require_keypress':false}";
        Trial trial = Trial.of(code("*72999", "deactivate", user));
        assertThat(trial.heard()).containsExactly("cf-disabled", "next");
        assertThat(forward(trial))
                .isEqualTo(json("{'enabled':false,'number':'1500','require_keypress':false}"));
    }

    @Test
    void update_changes_only_the_number() {
        assertThat(forward(Trial.of(code("*721600", "update", WAS_ON)))).isEqualTo(on("1600"));
        Trial trial = Trial.of(code("*721600", "update", WAS_OFF));
        assertThat(forward(trial)).isEqualTo(off("1600"));
        assertThat(trial.heard()).containsExactly("next");
    }

    @Test
    void toggle_goes_by_the_present_state() {
        Trial on = Trial.of(code("*721600", "toggle", WAS_ON));
        assertThat(on.heard()).containsExactly("cf-disabled", "next");
        assertThat(forward(on)).isEqualTo(off("1500"));
        Trial off = Trial.of(code("*721600", "toggle", WAS_OFF));
        assertThat(off.heard()).containsExactly(TOLD, "1 5 0 0", "next");
        assertThat(forward(off)).isEqualTo(on("1500"));
        assertThat(forward(Trial.of(code("*721600", "toggle", "")))).isEqualTo(on("1600"));
    }

    @Test
    void the_menu_goes_on_until_the_caller_leaves_and_keeps_what_was_changed() {
        Scenario scenario =
                code("*72", "menu", WAS_OFF)
                        .hears("cf-disabled_menu")
                        .presses("1")
                        .hearsAllOf(TOLD)
                        .hearsAllOf("1 5 0 0")
                        .hears("cf-enabled_menu")
                        .presses("9")
                        .hears("cf-enabled_menu")
                        .presses("2")
                        .hears(ASK)
                        .presses("1700#")
                        .hearsAllOf("vm-saved")
                        .hearsAllOf("cf-enabled_menu")
                        .waits(Duration.ofSeconds(7))
                        .hearsNothing(Duration.ofMillis(900))
                        .hears("cf-enabled_menu")
                        .hangsUp();
        assertThat(forward(Trial.of(scenario))).isEqualTo(on("1700"));
    }

    @Test
    void the_menu_uses_the_captured_number_too() {
        Scenario scenario =
                code("*721800", "menu", WAS_OFF)
                        .hears("cf-disabled_menu")
                        .presses("2")
                        .hears("cf-disabled_menu")
                        .hangsUp();
        assertThat(forward(Trial.of(scenario))).isEqualTo(off("1800"));
    }

    @Test
    void a_caller_who_leaves_while_he_types_changes_nothing() {
        Scenario scenario = code("*72", "activate", WAS_OFF).hears(ASK).presses("12345").hangsUp();
        assertThat(forward(Trial.of(scenario))).isEqualTo(off("1500"));
    }

    @Test
    void an_unknown_action_changes_nothing_and_goes_on() {
        for (String action : List.of("on", "")) {
            Trial trial = Trial.of(code("*721600", action, WAS_ON));
            assertThat(forward(trial)).isEqualTo(on("1500"));
            assertThat(trial.heard()).containsExactly("next");
            assertThat(trial.notices()).hasSize(1);
        }
    }

    @Test
    void a_device_without_a_user_or_with_several_guests_is_changed_itself() {
        for (String device : List.of("{}", "{'hotdesk':{'users':{'u1':{},'u2':{}}}}")) {
            Scenario scenario =
                    code("*721600", "activate", "")
                            .comesFrom(Origin.device("d2"))
                            .document("device", "d2", json(device));
            Trial trial = Trial.of(scenario);
            assertThat(trial.stored("d2").at("call_forward").map(Object::toString))
                    .contains(on("1600"));
            assertThat(forward(trial)).isEqualTo("none");
        }
        Scenario guest =
                code("*721600", "activate", "")
                        .comesFrom(Origin.device("d2", "u9"))
                        .document(
                                "device",
                                "d2",
                                json("{'owner_id':'u9','hotdesk':{'users':{'u1':{}}}}"));
        assertThat(forward(Trial.of(guest))).isEqualTo(on("1600"));
    }

    @Test
    void a_caller_without_device_hears_that_it_is_not_for_him_and_is_not_answered() {
        Trial trial = Trial.of(code("*721600", "activate", "").comesFrom(Origin.carrier("c1")));
        assertThat(trial.heard()).containsExactly("cf-not_available");
        assertThat(trial.isAnswered()).isFalse();
    }
}
