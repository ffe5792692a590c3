package fulcrum.action.carrier;

import static fulcrum.action.carrier.CarrierTrial.GATEWAYS;
import static fulcrum.action.carrier.CarrierTrial.NUMBER;
import static fulcrum.action.carrier.CarrierTrial.alarms;
import static fulcrum.action.carrier.CarrierTrial.notices;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.Question;
import fulcrum.sdk.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Limits against toll fraud, and calls for help, which none of them holds up.
class OutboundLimitTest {
    private static final String ANY = "'rules':['.*']," + GATEWAYS;
    private static final String NOTHING_MAY =
            "{'limits':{'outbound':{'simultaneous':0,'per_day':0,'countries':[],'burst':{'calls':0}}}}";

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "{'simultaneous':0}, 503, calls to carriers already",
                "{'per_day':0}, 403, are used up",
                "{'countries':['44']}, 403, no country that may be called",
                "{'same_number':0}, 483, looks like a loop",
                "{'burst':{'calls':0}}, 403, they are locked until",
            })
    void a_limit_that_is_reached_refuses_the_call_and_says_so(
            String limits, int status, String why) {
        CarrierTrial trial =
                CarrierTrial.of("resources", "{}")
                        .account("{'limits':{'outbound':" + limits + "}}")
                        .local("own", ANY);
        Outcome outcome = trial.plays();
        assertThat(trial.uris()).isEmpty();
        assertThat(outcome.ending().sipStatus()).isEqualTo(status);
        assertThat(notices(outcome)).hasSize(1).first().asString().contains(why);
    }

    @Test
    void a_burst_raises_an_alarm() {
        CarrierTrial trial =
                CarrierTrial.of("resources", "{}")
                        .account("{'limits':{'outbound':{'burst':{'calls':0}}}}")
                        .local("own", ANY);
        assertThat(alarms(trial.plays()))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("toll_fraud 1 calls to carriers within 60 s");
    }

    @Test
    void limits_are_on_without_any_setting() {
        CarrierTrial trial =
                CarrierTrial.dialling("+442071234567", node("resources", "{}")).local("own", ANY);
        Outcome outcome = trial.plays();
        assertThat(trial.uris()).isEmpty();
        assertThat(outcome.ending().sipStatus()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "911, \"'rules':['.*'],\"",
                "911, \"'classifiers':{'emergency':{'emergency':true}},\"",
                "112, \"'emergency':true,'rules':['^112$'],\""
            })
    void a_call_for_help_is_never_refused(String number, String how) {
        CarrierTrial trial =
                CarrierTrial.dialling(number, node("resources", "{}"))
                        .account(NOTHING_MAY)
                        .local("own", how + GATEWAYS);
        trial.person(number).isRinging().answers().hangsUp();
        trial.plays();
        assertThat(trial.uris()).containsExactly("sip:" + number + "@gw.example");
        assertThat(trial.asked(Question.MayGoOut.class)).isEmpty();
    }

    @Test
    void a_resource_that_calls_itself_one_for_emergencies_lets_no_other_number_pass() {
        CarrierTrial trial =
                CarrierTrial.of("resources", "{}")
                        .account(NOTHING_MAY)
                        .local("own", "'emergency':true," + ANY);
        trial.plays();
        assertThat(trial.uris()).isEmpty();
    }

    @Test
    void whoever_calls_for_help_is_shown_in_the_open_by_his_emergency_number() {
        CarrierTrial trial =
                CarrierTrial.dialling("911", node("resources", "{}"))
                        .device(
                                "{'caller_id':{'external':{'number':'+14155550101'},"
                                        + "'emergency':{'name':'Help','number':'+14155550103'}},"
                                        + "'caller_id_options':{'outbound_privacy':'full'}}")
                        .local("own", "'classifiers':{'emergency':{'emergency':true}}," + GATEWAYS);
        trial.person("911").isRinging().answers().hangsUp();
        Outcome outcome = trial.plays();
        assertThat(trial.dial().caller().number()).isEqualTo("+14155550103");
        assertThat(trial.dial().caller().name()).isEqualTo("Help");
        assertThat(trial.dial().caller().isHidden()).isFalse();
        assertThat(trial.dial().headers()).isEmpty();
        assertThat(alarms(outcome)).containsExactly("emergency_call 911 is called as +14155550103");
    }

    @Test
    void without_an_emergency_number_the_system_may_refuse_a_call_for_help() {
        CarrierTrial trial =
                CarrierTrial.dialling("911", node("resources", "{}"))
                        .setting("stepswitch.deny_invalid_emergency_cid", "true")
                        .device("{'caller_id':{'emergency':{'number':'17'}}}")
                        .local("own", "'emergency':true," + ANY);
        Outcome outcome = trial.plays();
        assertThat(trial.uris()).isEmpty();
        assertThat(outcome.ending().sipStatus()).isEqualTo(486);
        assertThat(outcome.heard()).containsExactly("stepswitch-emergency_not_configured");
    }

    @Test
    void a_call_that_reached_nobody_makes_room_and_one_that_did_makes_room_when_it_is_over() {
        CarrierTrial failed = CarrierTrial.of("resources", "{}").local("own", ANY);
        failed.person(NUMBER).isRinging().refuses(486);
        failed.plays();
        assertThat(failed.asked(Question.LeftCarriers.class)).hasSize(1);
        CarrierTrial talked = CarrierTrial.of("resources", "{}").local("own", ANY);
        talked.person(NUMBER).isRinging().answers().hangsUp();
        talked.plays();
        assertThat(talked.asked(Question.LeftCarriers.class)).hasSize(1);
    }
}
