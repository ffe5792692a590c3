package fulcrum.action.endpoint;

import static fulcrum.testing.Nodes.children;
import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.action.RingTrial;
import fulcrum.call.CallEvent;
import fulcrum.call.Dial;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;

/// Endpoints that send calls on to a number outside: the person at the first gateway is named by the number, the one at
/// the second by a 9 before it.
class ForwardedOutTest {
    private static final String MOBILE = "+14155550199";
    private static final String SECOND = "9" + MOBILE;

    private static Scenario forwarding(String rule, String account) {
        String ring =
                node(
                        "device",
                        "{'id':'d1'}",
                        children("_", early("else"), "USER_BUSY", early("busy")));
        Scenario scenario =
                Scenario.callTo(ring)
                        .document(
                                "device",
                                "d1",
                                json(
                                        "{'call_forward':{'enabled':true,'number':'4155550199',"
                                                + rule
                                                + "}}"))
                        .document("account", Scenario.ACCOUNT, json(account))
                        .document("resource", "r1", resource(1, ""))
                        .document("resource", "r2", resource(2, ",'prefix':'9'"))
                        .callflow("no_match", node("resources", "{}"))
                        .registers("desk", "d1");
        scenario.person(MOBILE);
        scenario.person(SECOND);
        return scenario;
    }

    private static String resource(int weight, String more) {
        return json(
                "{'name':'r','rules':['.*'],'weight_cost':"
                        + weight
                        + ",'gateways':[{'server':'gw.example'"
                        + more
                        + "}]}");
    }

    @Test
    void without_a_key_the_caller_goes_out_himself_with_all_the_gateways() {
        Scenario scenario = forwarding("'require_keypress':false", "{}");
        scenario.person(MOBILE).isRinging().refuses(503);
        scenario.person(SECOND).isRinging().answers().isBridgedTo(scenario.caller());
        scenario.waits(Duration.ofSeconds(1)).hangsUp();
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.dials())
                .extracting(Dial::uri)
                .containsExactly("sip:" + MOBILE + "@gw.example", "sip:" + SECOND + "@gw.example");
        assertThat(trial.dials().getFirst().caller().number()).isEqualTo("+14155550100");
    }

    @Test
    void whoever_is_reached_outside_must_press_the_key() {
        Scenario scenario = forwarding("'require_keypress':true", "{}");
        scenario.person(MOBILE).isRinging().answers().hears("ivr-group_confirm").presses("1");
        scenario.person(MOBILE).isBridgedTo(scenario.caller()).hangsUp();
        scenario.isHungUp(0);
        Dial dial = RingTrial.of(scenario).dial();
        assertThat(dial.endpoint()).isEqualTo(new Dial.Endpoint("r1", "resource", List.of()));
        assertThat(dial.caller()).isEqualTo(Dial.Caller.of("Ann Lee", "+14155550100"));
    }

    @Test
    void with_a_key_the_next_gateway_is_asked_as_well() {
        Scenario scenario = forwarding("'require_keypress':true", "{}");
        scenario.person(MOBILE).isRinging().refuses(503);
        scenario.person(SECOND).isRinging().answers().hears("ivr-group_confirm").presses("1");
        scenario.person(SECOND).isBridgedTo(scenario.caller());
        scenario.hangsUp();
        assertThat(RingTrial.of(scenario).dials()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_phone_outside_rings_beside_the_device(boolean deskAnswers) {
        Scenario scenario = forwarding("'substitute':false,'require_keypress':false", "{}");
        scenario.person(MOBILE).isRinging();
        scenario.person("desk").isRinging();
        String first = deskAnswers ? "desk" : MOBILE;
        scenario.person(first).answers().isBridgedTo(scenario.caller());
        scenario.person(deskAnswers ? MOBILE : "desk").isHungUp(487);
        scenario.hangsUp();
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.dials()).hasSize(2);
        assertThat(trial.notices()).isEmpty();
    }

    @Test
    void the_accounts_limits_count_for_it() {
        String none = "{'limits':{'outbound':{'per_day':0}}}";
        RingTrial alone = RingTrial.of(forwarding("'require_keypress':true", none));
        assertThat(alone.dials()).isEmpty();
        assertThat(alone.heard()).containsExactly("else");
        assertThat(alone.notices()).singleElement().asString().contains("are used up");
        Scenario beside = forwarding("'substitute':false", none);
        beside.person("desk").isRinging().refuses(486);
        RingTrial desk = RingTrial.of(beside);
        assertThat(desk.dials()).hasSize(1);
        assertThat(desk.heard()).containsExactly("busy");
        String burst = "{'limits':{'outbound':{'burst':{'calls':0}}}}";
        RingTrial alarmed = RingTrial.of(forwarding("'require_keypress':true", burst));
        assertThat(alarmed.outcome().events(CallEvent.Alarmed.class)).hasSize(1);
    }

    @Test
    void calls_for_help_are_not_sent_on() {
        Scenario scenario =
                Scenario.callTo(node("device", "{'id':'d1'}", early("else")))
                        .document(
                                "device",
                                "d1",
                                json("{'call_forward':{'enabled':true,'number':'911'}}"))
                        .document("resource", "r1", resource(1, ""))
                        .callflow("no_match", node("resources", "{}"));
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.dials()).isEmpty();
        assertThat(trial.notices()).singleElement().asString().contains("calls for help");
    }

    @Test
    void without_a_carrier_nobody_rings_and_one_notice_says_why() {
        Scenario scenario =
                Scenario.callTo(node("device", "{'id':'d1'}", early("else")))
                        .document(
                                "device",
                                "d1",
                                json("{'call_forward':{'enabled':true,'number':'4155550199'}}"))
                        .callflow("no_match", node("resources", "{}"));
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.heard()).containsExactly("else");
        assertThat(trial.notices()).singleElement().asString().contains("no carrier takes");
    }
}
