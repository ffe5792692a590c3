package fulcrum.action.carrier;

import static fulcrum.action.carrier.CarrierTrial.GATEWAYS;
import static fulcrum.action.carrier.CarrierTrial.NUMBER;
import static fulcrum.action.carrier.CarrierTrial.notices;
import static fulcrum.testing.Nodes.children;
import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.Dial;
import fulcrum.call.HangupCause;
import fulcrum.sdk.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

/// Calls that go out: which number, over whom, and what comes of it.
class ResourcesTest {
    private static final String ANY = "'rules':['.*']," + GATEWAYS;
    private static final String TWO =
            "'rules':['.*'],'gateways':[{'server':'one.example','prefix':'1'},{'server':'two.example','prefix':'2'}]";

    /// A trial in which any number goes out over a resource of the account's own.
    private static CarrierTrial sending(String dialled, String data) {
        return CarrierTrial.dialling(dialled, node("resources", data)).local("own", ANY);
    }

    @Test
    void the_number_that_was_dialled_is_called_over_the_accounts_own_carrier() {
        CarrierTrial trial = CarrierTrial.of("resources", "{}").local("own", ANY);
        trial.person(NUMBER).isRinging().answers().isBridgedTo(trial.scenario().caller()).hangsUp();
        Outcome outcome = trial.plays();
        assertThat(trial.dial().uri()).isEqualTo("sip:" + NUMBER + "@gw.example");
        assertThat(trial.dial().endpoint())
                .isEqualTo(new Dial.Endpoint("own", "resource", java.util.List.of()));
        assertThat(outcome.ending().cause()).isEqualTo(HangupCause.NORMAL_CLEARING);
        assertThat(outcome.notices()).isEmpty();
    }

    @Test
    void system_carriers_are_those_that_serve_all_accounts() {
        CarrierTrial trial =
                CarrierTrial.of("resources", "{'use_local_resources':false}")
                        .local("own", ANY)
                        .global("all", "'rules':['.*'],'gateways':[{'server':'all.example'}]");
        trial.person(NUMBER).isRinging().answers().hangsUp();
        trial.plays();
        assertThat(trial.uris()).containsExactly("sip:" + NUMBER + "@all.example");
    }

    @Test
    void a_hunt_account_must_be_above_the_caller() {
        CarrierTrial trial =
                CarrierTrial.of("resources", "{'hunt_account_id':'other'}").local("own", ANY);
        Outcome outcome = trial.plays();
        assertThat(trial.uris()).isEmpty();
        assertThat(notices(outcome)).hasSize(1).first().asString().contains("nor above it");
        assertThat(outcome.ending().sipStatus()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "4155550199, {}, +14155550199",
                "0114420712345, {}, +4420712345",
                "4155550199, {'bypass_e164':true}, 4155550199",
                "4155550199, {'do_not_normalize':true}, 4155550199",
                "4155550199, {'to_did':'4155550000'}, +14155550000",
                "4155550199, \"{'to_did':'4155550000','bypass_e164':true}\", 4155550000",
                "4155550199, \"{'to_did':'+14155550000','do_not_normalize':true}\", +14155550000",
            })
    void which_number_goes_out(String dialled, String data, String sent) {
        CarrierTrial trial =
                sending(dialled, data).account("{'limits':{'outbound':{'countries':['*']}}}");
        trial.person(sent).isRinging().answers().hangsUp();
        trial.plays();
        assertThat(trial.uris()).containsExactly("sip:" + sent + "@gw.example");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "{}, +14155550199",
                "{'bypass_e164':true}, 4155550199",
                "{'do_not_normalize':true}, 5550199",
                "{'to_did':'+14155550000'}, +14155550000",
            })
    void the_devices_dial_plan_is_applied_to_what_was_dialled(String data, String sent) {
        CarrierTrial trial =
                sending("5550199", data).device("{'dial_plan':{'^(\\\\d{7})$':{'prefix':'415'}}}");
        trial.person(sent).isRinging().answers().hangsUp();
        trial.plays();
        assertThat(trial.uris()).containsExactly("sip:" + sent + "@gw.example");
    }

    @Test
    void digits_that_the_caller_left_out_come_from_his_own_number() {
        String ours = "{'caller_id':{'external':{'number':'+14155550100'}}}";
        CarrierTrial trial =
                CarrierTrial.dialling("5550199", node("resources", "{}"))
                        .device(ours)
                        .local("own", "'rules':['^\\\\+1\\\\d{10}$']," + GATEWAYS);
        trial.person(NUMBER).isRinging().answers().hangsUp();
        trial.plays();
        assertThat(trial.uris()).containsExactly("sip:" + NUMBER + "@gw.example");
    }

    @ParameterizedTest
    @CsvSource({"55501, 7", "55501999999, 1"})
    void more_or_less_than_two_to_five_digits_are_not_filled_in(String dialled, int missing) {
        CarrierTrial trial =
                CarrierTrial.dialling(dialled, node("resources", "{'bypass_e164':true}"))
                        .device("{'caller_id':{'external':{'number':'+14155550100'}}}")
                        .local("own", "'rules':['^\\\\+1']," + GATEWAYS);
        assertThat("+14155550100").hasSize(dialled.length() + missing);
        assertThat(trial.plays().ending().sipStatus()).isEqualTo(404);
        assertThat(trial.uris()).isEmpty();
    }

    @Test
    void a_number_with_filled_in_digits_must_be_one_that_the_caller_may_call() {
        CarrierTrial trial =
                CarrierTrial.dialling("5550199", node("resources", "{}"))
                        .device(
                                "{'caller_id':{'external':{'number':'+14155550100'}},"
                                        + "'call_restriction':{'did_us':{'action':'deny'}}}")
                        .local("own", "'rules':['^\\\\+1\\\\d{10}$']," + GATEWAYS);
        Outcome outcome = trial.plays();
        assertThat(trial.uris()).isEmpty();
        assertThat(notices(outcome)).anyMatch(text -> text.contains("is not tried"));
    }

    @ParameterizedTest
    @CsvSource({
        "503, NORMAL_TEMPORARY_FAILURE",
        "500, NORMAL_TEMPORARY_FAILURE",
        "408, RECOVERY_ON_TIMER_EXPIRE",
        "403, CALL_REJECTED",
        "488, INCOMPATIBLE_DESTINATION",
        "502, NETWORK_OUT_OF_ORDER",
        "599, NORMAL_UNSPECIFIED"
    })
    void a_gateway_that_is_out_of_order_has_the_next_one_tried(int status, HangupCause cause) {
        CarrierTrial trial = CarrierTrial.of("resources", "{}").local("own", TWO);
        trial.person("1" + NUMBER).isRinging().refuses(status);
        trial.person("2" + NUMBER).isRinging().answers().hangsUp();
        Outcome outcome = trial.plays();
        assertThat(trial.uris()).hasSize(2);
        assertThat(notices(outcome)).hasSize(1);
        assertThat(notices(outcome).getFirst())
                .contains("own could not connect")
                .contains(cause + " " + status);
    }

    @ParameterizedTest
    @CsvSource({"486", "603", "404", "480", "410", "484", "600", "604"})
    void what_the_called_side_says_is_an_answer_and_no_other_gateway_is_asked(int status) {
        CarrierTrial trial = CarrierTrial.of("resources", "{}").local("own", TWO);
        trial.person("1" + NUMBER).isRinging().refuses(status);
        trial.person("2" + NUMBER);
        trial.plays();
        assertThat(trial.uris()).hasSize(1);
    }

    @Test
    void a_gateway_that_says_nothing_is_given_up_after_its_progress_timeout() {
        CarrierTrial trial =
                CarrierTrial.of("resources", "{}")
                        .local(
                                "own",
                                "'rules':['.*'],'gateways':[{'server':'x','prefix':'1'},"
                                        + "{'server':'y','prefix':'2','progress_timeout':3},"
                                        + "{'server':'z','prefix':'3'}]");
        trial.scenario().isUnreachable("1" + NUMBER).isUnreachable("2" + NUMBER);
        trial.person("3" + NUMBER).isRinging().answers().hangsUp();
        Outcome outcome = trial.plays();
        assertThat(outcome.lasted()).isEqualTo(Duration.ofSeconds(11));
        assertThat(notices(outcome)).allMatch(text -> text.contains("PROGRESS_TIMEOUT"));
    }

    @Test
    void nobody_answering_for_two_minutes_is_the_networks_failure() {
        CarrierTrial trial =
                CarrierTrial.dialling(
                                NUMBER, node("resources", "{}", children("sip:500", early("late"))))
                        .local("own", ANY);
        trial.person(NUMBER).isRinging();
        Outcome outcome = trial.plays();
        assertThat(outcome.heard()).contains("late");
        assertThat(outcome.lasted()).isEqualTo(Duration.ofSeconds(122));
    }

    @Test
    void the_time_to_the_answer_can_be_shorter() {
        CarrierTrial trial =
                CarrierTrial.dialling(
                                NUMBER,
                                node(
                                        "resources",
                                        "{'timeout':15}",
                                        children("NO_ANSWER", early("nobody"))))
                        .local("own", ANY);
        trial.person(NUMBER).isRinging();
        Outcome outcome = trial.plays();
        assertThat(outcome.heard()).contains("nobody");
        assertThat(outcome.lasted()).isEqualTo(Duration.ofSeconds(17));
    }

    @ParameterizedTest
    @CsvSource({
        "486, USER_BUSY, busy",
        "486, sip:486, busy",
        "603, CALL_REJECTED, busy",
        "486, _, ''",
        "486, NO_ANSWER, ''"
    })
    void a_failure_leads_to_the_child_named_after_it_and_never_to_the_wildcard(
            int status, String child, String heard) {
        CarrierTrial trial =
                CarrierTrial.dialling(
                                NUMBER, node("resources", "{}", children(child, early("busy"))))
                        .local("own", ANY);
        trial.person(NUMBER).isRinging().refuses(status);
        Outcome outcome = trial.plays();
        if (heard.isEmpty()) {
            assertThat(outcome.heard()).doesNotContain("busy");
        } else {
            assertThat(outcome.heard()).contains(heard);
        }
    }

    @Test
    void without_any_child_the_caller_is_told_and_with_a_wildcard_the_flow_just_stops() {
        CarrierTrial told = CarrierTrial.of("resources", "{}");
        Outcome outcome = told.plays();
        assertThat(outcome.ending().sipStatus()).isEqualTo(404);
        assertThat(outcome.heard()).contains("fault-can_not_be_completed_as_dialed");
        assertThat(notices(outcome)).hasSize(1).first().asString().contains("has no resource");
        CarrierTrial silent =
                CarrierTrial.dialling(NUMBER, node("resources", "{}", early("after")));
        Outcome stopped = silent.plays();
        assertThat(stopped.heard()).isEmpty();
        assertThat(stopped.ending().sipStatus()).isEqualTo(480);
    }

    @Test
    void a_resource_without_gateways_is_no_way_out() {
        CarrierTrial trial =
                CarrierTrial.dialling(
                                NUMBER,
                                node(
                                        "resources",
                                        "{}",
                                        children("NO_ROUTE_DESTINATION", early("no way"))))
                        .local("own", "'rules':['.*'],'gateways':[]");
        Outcome outcome = trial.plays();
        assertThat(outcome.heard()).containsExactly("no way");
        assertThat(notices(outcome)).hasSize(1).first().asString().contains("no gateway is on");
    }

    @Test
    void the_callers_leaving_stops_the_gateway_and_makes_room_again() {
        CarrierTrial trial = CarrierTrial.of("resources", "{}").local("own", TWO);
        trial.person("1" + NUMBER).isRinging();
        trial.scenario().caller().waits(Duration.ofSeconds(2)).hangsUp();
        Outcome outcome = trial.plays();
        assertThat(outcome.ending("1" + NUMBER).cause()).isEqualTo(HangupCause.ORIGINATOR_CANCEL);
        assertThat(trial.uris()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "{'outbound_flags':['fast']}, {}, {}",
                "{}, {'outbound_flags':['fast']}, {}",
                "{}, {}, {'outbound_flags':{'static':['fast']}}",
                "{}, {'outbound_flags':{'dynamic':['custom_channel_vars.Call-Priority']}}, {}",
                "{'dynamic_flags':['custom_channel_vars.Call-Priority']}, {}, {}",
                "{}, {}, {'outbound_flags':{'dynamic':['custom_channel_vars.Call-Priority']}}",
            })
    void flags_come_from_the_node_the_device_and_the_account(
            String data, String device, String account) {
        String flow =
                node(
                        "set_variable",
                        "{'variable':'call_priority','value':'fast'}",
                        node("resources", data));
        CarrierTrial trial =
                CarrierTrial.dialling(NUMBER, flow)
                        .device(device)
                        .account(account)
                        .local("plain", ANY)
                        .local(
                                "fast",
                                "'flags':['fast'],'require_flags':true,'rules':['.*'],"
                                        + "'gateways':[{'server':'fast.example'}]");
        trial.person(NUMBER).isRinging().answers().hangsUp();
        trial.plays();
        assertThat(trial.uris()).containsExactly("sip:" + NUMBER + "@fast.example");
    }

    @ParameterizedTest
    @CsvSource({
        "account_realm, scenario.example",
        "request_user, +14155550199",
        "authorizing_id, d1"
    })
    void a_flag_may_be_a_property_of_the_call(String property, String flag) {
        CarrierTrial trial =
                CarrierTrial.of("resources", "{'dynamic_flags':['" + property + "']}")
                        .local("own", "'flags':['" + flag + "']," + ANY);
        trial.person(NUMBER).isRinging().answers().hangsUp();
        trial.plays();
        assertThat(trial.uris()).hasSize(1);
    }

    @Test
    void a_dynamic_flag_that_means_nothing_is_told() {
        CarrierTrial trial =
                CarrierTrial.of("resources", "{'dynamic_flags':['zone']}").local("own", ANY);
        trial.person(NUMBER).isRinging().answers().hangsUp();
        assertThat(notices(trial.plays())).hasSize(1).first().asString().contains("[zone]");
    }

    @Test
    void early_media_is_passed_on_unless_it_is_not_wanted() {
        CarrierTrial heard = CarrierTrial.of("resources", "{}").local("own", ANY);
        heard.person(NUMBER).isRinging().announces("welcome").answers().hangsUp();
        assertThat(heard.plays().heard()).contains("welcome");
        CarrierTrial unheard =
                CarrierTrial.of("resources", "{'ignore_early_media':true}").local("own", ANY);
        unheard.person(NUMBER).isRinging().announces("welcome").answers().hangsUp();
        assertThat(unheard.plays().heard()).doesNotContain("welcome");
        CarrierTrial refused =
                CarrierTrial.of("resources", "{}")
                        .local("own", "'media':{'ignore_early_media':true}," + ANY);
        refused.person(NUMBER).isRinging().announces("welcome").answers().hangsUp();
        assertThat(refused.plays().heard()).doesNotContain("welcome");
    }

    @Test
    void the_caller_can_hear_something_else_meanwhile() {
        CarrierTrial trial = CarrierTrial.of("resources", "{'ringback':'music'}").local("own", ANY);
        trial.person(NUMBER).isRinging().waits(Duration.ofSeconds(3)).answers().hangsUp();
        assertThat(trial.plays().heard()).contains("music");
    }

    @Test
    void a_text_false_means_system_carriers_too() {
        CarrierTrial trial =
                CarrierTrial.of("resources", "{'use_local_resources':'false'}").global("all", ANY);
        trial.person(NUMBER).isRinging().answers().hangsUp();
        trial.plays();
        assertThat(trial.uris()).hasSize(1);
    }
}
