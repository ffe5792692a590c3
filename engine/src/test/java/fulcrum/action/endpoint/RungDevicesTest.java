package fulcrum.action.endpoint;

import static fulcrum.action.RingTrial.withDevices;
import static fulcrum.testing.Nodes.children;
import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.action.RingTrial;
import fulcrum.call.Dial;
import fulcrum.call.Order;
import fulcrum.call.Sound;
import fulcrum.sdk.Origin;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.Step;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What of a device, its user and the account counts when the device is rung.
class RungDevicesTest {
    private static final String RING_D1 =
            node("device", "{'id':'d1'}", children("_", early("else"), "USER_BUSY", early("busy")));

    private static Scenario ringing(String device, String user, String account) {
        return withDevices(RING_D1, "d1", device)
                .document("user", "u1", json(user))
                .document("account", Scenario.ACCOUNT, json(account));
    }

    private static Dial dialled(String device) {
        return RingTrial.of(ringing(device, "{}", "{}")).dial();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'enabled':false}|{}|{}|the device d1 is switched off",
                "{'enabled':'false'}|{}|{}|the device d1 is switched off",
                "{'owner_id':'u1'}|{'enabled':false}|{}|the device d1 belongs to the user u1, who is switched off",
                "{'do_not_disturb':{'enabled':true}}|{}|{}|the device d1 does not want to be disturbed",
                "{'owner_id':'u1'}|{'do_not_disturb':{'enabled':true}}|{}|the device d1 does not want to be disturbed",
                "{}|{}|{'do_not_disturb':{'enabled':true}}|the device d1 does not want to be disturbed",
                "{'hotdesk':{'users':{'u1':{},'u2':{}}}}|{'do_not_disturb':{'enabled':true}}|{}"
                        + "|the device d1 does not want to be disturbed",
            })
    void what_speaks_against_it_goes_on_at_the_wildcard_with_one_reason(
            String device, String user, String account, String why) {
        RingTrial trial = RingTrial.of(ringing(device, user, account));
        assertThat(trial.rang()).isEmpty();
        assertThat(trial.heard()).containsExactly("else");
        assertThat(trial.notices()).containsExactly("nobody rings: " + why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|{'do_not_disturb':{'enabled':true}}",
                "{'enabled':true,'do_not_disturb':{'enabled':false}}|{'enabled':false}",
                "{'call_waiting':{'enabled':false}}|{}",
            })
    void nothing_against_it_lets_it_ring(String device, String othersUser) {
        assertThat(RingTrial.of(ringing(device, othersUser, "{}")).rang()).containsExactly("d1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|sip:d1@phone.example",
                "{'invite_format':'contact','username':'desk'}|sip:d1@phone.example",
                "{'invite_format':'username','username':'desk'}|sip:desk@phone.example",
                "{'invite_format':'username','username':'desk','static_invite':'x'}|sip:x@phone.example",
                "{'static_invite':'x y@z'}|sip:x%20y%40z@phone.example",
                "{'invite_format':'e164'}|sip:+14155550123@phone.example",
                "{'invite_format':'npan'}|sip:4155550123@phone.example",
                "{'invite_format':'1npan'}|sip:14155550123@phone.example",
                "{'invite_format':'strip_plus'}|sip:14155550123@phone.example",
                "{'invite_format':'npan','number':'+12125550199'}|sip:2125550199@phone.example",
                "{'invite_format':'1npan','number':'+49301234567'}|sip:+49301234567@phone.example",
                "{'invite_format':'route','route':'sip:gate@10.1.2.3:5080'}|sip:gate@10.1.2.3:5080",
                "{'invite_format':'route','route':'gate@10.1.2.3'}|sip:gate@10.1.2.3",
                "{'invite_format':'route'}|sip:d1@phone.example",
                "{'method':'ip','ip':'10.1.2.3'}|sip:+14155550123@10.1.2.3",
                "{'method':'ip','ip':'10.1.2.3','invite_format':'username','username':'desk','transport':'TCP'}"
                        + "|sip:desk@10.1.2.3;transport=tcp",
                "{'ip':'10.1.2.3'}|sip:d1@phone.example",
            })
    void the_request_uri_goes_by_the_invite_format(String sip, String uri) {
        Scenario scenario =
                withDevices("{'module':'noop'}", "d1", "{'sip':" + sip + "}")
                        .callflow("+14155550123", RING_D1);
        scenario.person("dialler").calls("+14155550123");
        assertThat(RingTrial.of(scenario).dial().uri()).isEqualTo(uri);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'X-A':'1','X-B':'2'}|X-A=1 X-B=2",
                "{'in':{'X-A':'1'},'out':{'X-B':'2'}}|X-B=2",
                "{'out':{'X-B':'2'}}|X-B=2",
                "{'in':{'X-A':'1'}}|",
                "{'From':'x','Call-ID':'y','v':'z','X A':'1','X-C':'3'}|X-C=3",
                "{'X-A':{'b':1},'X-B':''}|",
            })
    void custom_headers_may_tell_directions_apart(String own, String expected) {
        Dial dial = dialled("{'sip':{'custom_sip_headers':" + own + "}}");
        List<String> headers =
                dial.headers().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList();
        assertThat(String.join(" ", headers)).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void a_header_cannot_break_out_of_its_line() {
        Dial dial = dialled("{'sip':{'custom_sip_headers':{'X-A':'b\\r\\nVia: c'}}}");
        assertThat(dial.headers()).containsEntry("X-A", "b Via: c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'ringtones':{'internal':'in','external':'out'}}|{}|false|in",
                "{'ringtones':{'internal':'in','external':'out'}}|{}|true|out",
                "{'owner_id':'u1'}|{'ringtones':{'internal':'users'}}|false|users",
                "{'owner_id':'u1','ringtones':{'internal':'in'}}|{'ringtones':{'internal':'users'}}|false|in",
            })
    void ringtones_go_by_where_the_caller_is(
            String device, String user, boolean offnet, String tone) {
        Scenario scenario = ringing(device, user, "{}");
        Scenario caller = offnet ? scenario.comesFrom(Origin.carrier("r1")) : scenario;
        assertThat(RingTrial.of(caller).dial().headers()).containsEntry("Alert-Info", tone);
    }

    @Test
    void what_the_flow_said_about_ringing_wins_over_the_devices_own() {
        String flow = node("set_alert_info", "{'alert_info':'info=door'}", RING_D1);
        Scenario scenario = withDevices(flow, "d1", "{'ringtones':{'internal':'in'}}");
        assertThat(RingTrial.of(scenario).dial().headers())
                .containsEntry("Alert-Info", "info=door");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|NONE|",
                "{'audio':{'codecs':['PCMA','G722']}}|NONE|PCMA G722",
                "{'encryption':{'methods':['srtp']}}|OPTIONAL|",
                "{'encryption':{'methods':['zrtp']}}|NONE|",
                "{'encryption':{'enforce_security':true,'methods':['srtp']}}|REQUIRED|",
            })
    void media_wishes_go_along(String media, Dial.Encryption encryption, String codecs) {
        Dial.Media wish = dialled("{'media':" + media + "}").media();
        assertThat(wish.encryption()).isEqualTo(encryption);
        assertThat(String.join(" ", wish.codecs())).isEqualTo(codecs == null ? "" : codecs);
    }

    @Test
    void a_phone_that_says_nothing_is_given_up_after_its_progress_time_out() {
        Scenario scenario =
                Scenario.callTo(
                                node(
                                        "device",
                                        "{'id':'d1'}",
                                        children("PROGRESS_TIMEOUT", early("silent"))))
                        .document("device", "d1", json("{'media':{'progress_timeout':3}}"))
                        .registers("bob", "d1")
                        .isUnreachable("bob");
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.heard()).containsExactly("silent");
        assertThat(trial.outcome().lasted()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void a_caller_from_inside_is_shown_by_his_internal_id_and_one_from_outside_by_his_own() {
        String caller = "{'caller_id':{'internal':{'name':'Desk','number':'1001'}}}";
        Scenario inside =
                ringing("{}", "{}", "{}")
                        .comesFrom(Origin.device("d9"))
                        .document("device", "d9", json(caller));
        assertThat(RingTrial.of(inside).dial().caller()).isEqualTo(Dial.Caller.of("Desk", "1001"));
        Scenario outside = ringing("{}", "{}", "{}").comesFrom(Origin.carrier("r1"));
        assertThat(RingTrial.of(outside).dial().caller())
                .isEqualTo(Dial.Caller.of("Ann Lee", "+14155550100"));
        Scenario hidden =
                withDevices(node("privacy", "{'mode':'full'}", RING_D1), "d1", "{}")
                        .comesFrom(Origin.carrier("r1"));
        assertThat(RingTrial.of(hidden).dial().caller().isHidden()).isTrue();
    }

    @Test
    void each_side_hears_the_others_music_on_hold() {
        Scenario scenario =
                Scenario.callTo(RING_D1)
                        .comesFrom(Origin.device("d9", "u9"))
                        .document("device", "d9", json("{'music_on_hold':{'media_id':'nobodys'}}"))
                        .document("user", "u9", json("{'music_on_hold':{'media_id':'callers'}}"))
                        .document("device", "d1", "{}")
                        .document(
                                "account",
                                Scenario.ACCOUNT,
                                json("{'music_on_hold':{'media_id':'accounts'}}"))
                        .registers("bob", "d1");
        scenario.person("bob").isRinging().answers().isBridgedTo(scenario.caller()).holds();
        scenario.hears("accounts");
        scenario.person("bob").resumes();
        scenario.caller().holds();
        scenario.person("bob").hears("callers");
        scenario.hangsUp();
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.orders())
                .filteredOn(Order.Play.class::isInstance)
                .extracting(order -> ((Order.Play) order).sound())
                .containsExactly(
                        new Sound.Media("/" + Scenario.ACCOUNT + "/accounts"),
                        new Sound.Media("/" + Scenario.ACCOUNT + "/callers"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|{}|{}|rung",
                "{'call_waiting':{'enabled':true}}|{'call_waiting':{'enabled':false}}|{}|rung",
                "{'call_waiting':{'enabled':false}}|{}|{}|busy",
                "{}|{'call_waiting':{'enabled':false}}|{}|busy",
                "{}|{}|{'call_waiting':{'enabled':false}}|busy",
            })
    void a_device_in_a_call_takes_a_second_one_unless_call_waiting_is_off(
            String device, String user, String account, String outcome) {
        RingTrial trial = RingTrial.of(busy(device, user, account, "d1"));
        boolean isBusy = outcome.equals("busy");
        assertThat(trial.outcome().heard("dialler")).containsExactly(isBusy ? "busy" : "else");
        assertThat(trial.rang()).hasSize(isBusy ? 0 : 1);
        if (isBusy) {
            assertThat(trial.notices())
                    .containsExactly(
                            "nobody rings: the device d1 is in a call and takes no second one");
        }
    }

    @Test
    void a_user_with_call_waiting_off_is_busy_on_all_his_phones() {
        RingTrial byUser =
                RingTrial.of(busy("{}", "{'call_waiting':{'enabled':false}}", "{}", "d2"));
        assertThat(byUser.outcome().heard("dialler")).containsExactly("busy");
        RingTrial byDevice =
                RingTrial.of(busy("{'call_waiting':{'enabled':false}}", "{}", "{}", "d2"));
        assertThat(byDevice.outcome().heard("dialler")).containsExactly("else");
    }

    /// The caller, who is user u1, listens on a device when somebody rings d1.
    private static Scenario busy(String device, String user, String account, String where) {
        String own =
                device.equals("{}")
                        ? "{'owner_id':'u1'}"
                        : "{'owner_id':'u1'," + device.substring(1);
        return talking(json(own), where)
                .document("user", "u1", json(user))
                .document("account", Scenario.ACCOUNT, json(account))
                .does(dialling("600"));
    }

    private static Scenario talking(String device, String where) {
        Scenario scenario =
                Scenario.scenario()
                        .document("device", "d1", device)
                        .document("device", "d2", json("{'owner_id':'u1'}"))
                        .registers("desk", "d1")
                        .callflow("500", node("wait_for_hangup", "{}"))
                        .callflow("600", RING_D1)
                        .comesFrom(Origin.device(where, "u1"));
        scenario.caller().calls("500").waits(Duration.ofSeconds(1));
        return scenario;
    }

    private static List<Step> dialling(String number) {
        return List.of(
                new Step.Calls("dialler", number, "Ann Lee", "+14155550100", Map.of()),
                new Step.Waits("dialler", Duration.ofSeconds(40)),
                new Step.HangsUp("caller"));
    }

    @ParameterizedTest
    @CsvSource({"false,busy", "true,else"})
    void intercom_does_not_break_into_calls_unless_it_may(boolean barges, String heard) {
        String code = node("intercom", "{'barge_calls':" + barges + "}");
        Scenario scenario =
                talking("{}", "d1")
                        .document(
                                "callflow",
                                "code",
                                json("{'patterns':['^7([0-9]+)$'],'flow':" + code + "}"))
                        .does(dialling("7600"));
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.outcome().heard("dialler")).containsExactly(heard);
        assertThat(trial.rang()).hasSize(barges ? 1 : 0);
    }

    @Test
    void intercom_asks_the_phone_to_answer_by_itself() {
        String code = node("intercom", "{}");
        Scenario scenario =
                withDevices("{'module':'noop'}", "d1", "{}")
                        .callflow("600", RING_D1)
                        .document(
                                "callflow",
                                "code",
                                json("{'patterns':['^7([0-9]+)$'],'flow':" + code + "}"));
        scenario.person("dialler").calls("7600");
        assertThat(RingTrial.of(scenario).dial().headers())
                .containsEntry("Call-Info", "<sip:scenario.example>;answer-after=0")
                .containsEntry("Answer-Mode", "Auto")
                .containsEntry("Alert-Info", "<sip:scenario.example>;info=alert-autoanswer");
    }
}
