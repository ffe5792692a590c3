package fulcrum.action;

import static fulcrum.action.RingTrial.withDevices;
import static fulcrum.testing.Nodes.children;
import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.Dial;
import fulcrum.call.Order;
import fulcrum.sdk.Origin;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;

class DeviceTest {
    private static String device(String data) {
        return node(
                "device",
                data,
                children(
                        "_",
                        early("else"),
                        "USER_BUSY",
                        early("busy"),
                        "sip:603",
                        early("declined")));
    }

    private static Scenario bob(String data) {
        return Scenario.callTo(device(data))
                .document("device", "d1", json("{'name':'desk'}"))
                .registers("bob", "d1");
    }

    @Test
    void a_device_that_answers_talks_to_the_caller_until_either_leaves() {
        Scenario scenario = bob("{'id':'d1'}");
        scenario.person("bob").isRinging().answers().isBridgedTo(scenario.caller());
        scenario.person("bob").waits(Duration.ofSeconds(3)).hangsUp();
        scenario.isHungUp(0);
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.heard()).isEmpty();
        assertThat(trial.notices()).isEmpty();
        assertThat(trial.dial().endpoint()).isEqualTo(new Dial.Endpoint("d1", "device", List.of()));
        assertThat(trial.dial().uri()).isEqualTo("sip:bob@phone.example");
    }

    @Test
    void the_caller_is_answered_by_the_devices_answer_alone() {
        Scenario scenario = bob("{'id':'d1'}");
        scenario.person("bob").isRinging().waits(Duration.ofSeconds(5)).answers();
        scenario.waits(Duration.ofSeconds(1)).hangsUp();
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.orders().stream().filter(Order.Answer.class::isInstance)).hasSize(1);
        assertThat(trial.orders().getFirst()).isInstanceOf(Order.Ring.class);
    }

    @Test
    void all_places_where_it_is_registered_ring() {
        Scenario scenario = bob("{'id':'d1'}").registers("bobs-mobile", "d1");
        scenario.person("bob").isRinging();
        scenario.person("bobs-mobile").isRinging().answers();
        scenario.person("bob").isHungUp(487);
        scenario.waits(Duration.ofSeconds(1)).hangsUp();
        assertThat(RingTrial.of(scenario).rang()).containsExactly("bob", "bobs-mobile");
    }

    @ParameterizedTest
    @CsvSource({"486,busy", "600,busy", "603,declined", "404,else", "480,else", "503,else"})
    void a_refusal_goes_on_at_its_child(int status, String heard) {
        Scenario scenario = bob("{'id':'d1'}");
        scenario.person("bob").isRinging().refuses(status);
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.heard()).containsExactly(heard);
        assertThat(trial.notices()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "{'id':'d1'},20",
        "{'id':'d1';'timeout':7},7",
        "{'id':'d1';'timeout':'7'},7",
        "{'id':'d1';'timeout':0},40",
        "{'id':'d1';'timeout':-3},40",
        "{'id':'d1';'timeout':25},25",
        "{'id':'d1';'timeout':[]},20"
    })
    void it_rings_as_long_as_the_time_out_says(String data, int seconds) {
        Scenario scenario = bob(data.replace(';', ','));
        scenario.person("bob").isRinging().isHungUp(487);
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.heard()).containsExactly("else");
        assertThat(trial.outcome().lasted()).isEqualTo(Duration.ofSeconds(seconds + 2L));
    }

    @Test
    void a_delay_is_waited_for() {
        RingTrial trial = RingTrial.of(bob("{'id':'d1','delay':4,'timeout':5}"));
        assertThat(trial.outcome().transcript())
                .anyMatch(line -> line.contains("4.000") && line.contains("hears it ring"));
        RingTrial never = RingTrial.of(bob("{'id':'d1','delay':5,'timeout':5}"));
        assertThat(never.rang()).isEmpty();
    }

    @Test
    void the_calling_device_and_devices_of_its_owner_ring_only_when_they_may() {
        for (String id : List.of("d1", "d2")) {
            String data = "{'id':'" + id + "'";
            assertThat(RingTrial.of(calledSelf(data + "}")).rang()).isEmpty();
            assertThat(RingTrial.of(calledSelf(data + "}")).heard()).containsExactly("else");
            assertThat(RingTrial.of(calledSelf(data + ",'can_call_self':true}")).rang())
                    .containsExactly(id);
        }
        assertThat(RingTrial.of(calledSelf("{'id':'d1'}")).notices())
                .containsExactly("nobody rings: the device d1 belongs to the caller's own user");
        assertThat(RingTrial.of(calledSelf("{'id':'d3'}")).rang()).containsExactly("d3");
    }

    private static Scenario calledSelf(String data) {
        return withDevices(
                        device(data),
                        "d1",
                        "{'owner_id':'u1'}",
                        "d2",
                        "{'owner_id':'u1'}",
                        "d3",
                        "{'owner_id':'u2'}")
                .document("user", "u1", "{}")
                .document("user", "u2", "{}")
                .comesFrom(Origin.device("d1", "u1"));
    }

    @Test
    void a_device_without_an_owner_cannot_ring_itself() {
        Scenario scenario =
                withDevices(device("{'id':'d1'}"), "d1", "{}").comesFrom(Origin.device("d1"));
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.rang()).isEmpty();
        assertThat(trial.notices())
                .containsExactly("nobody rings: the device d1 is the one that calls");
    }

    @Test
    void a_node_may_add_headers_and_replace_the_user_part_and_the_caller_id() {
        String data =
                "{'id':'d1','custom_sip_headers':{'X-Door':'front','From':'x','X-Number':5},"
                        + "'static_invite':'door','suppress_clid':true}";
        Dial dial = RingTrial.of(bob(data)).dial();
        assertThat(dial.headers()).containsEntry("X-Door", "front").containsEntry("X-Number", "5");
        assertThat(dial.headers()).doesNotContainKey("From");
        assertThat(dial.uri()).isEqualTo("sip:door@phone.example");
        assertThat(dial.caller()).isEqualTo(new Dial.Caller("", "", "", true));
        assertThat(RingTrial.of(bob("{'id':'d1'}")).dial().caller())
                .isEqualTo(Dial.Caller.of("Ann Lee", "+14155550100"));
    }

    @ParameterizedTest
    @CsvSource({"'',d2 d1", "simultaneous,d2 d1", "single,d2"})
    void several_legs_ring_at_once_or_in_turn(String strategy, String rang) {
        String data = "{'id':'d1','dial_strategy':'" + strategy + "'}";
        Scenario scenario =
                withDevices(
                                device(data),
                                "d1",
                                "{'call_forward':{'enabled':true,'number':'2002','substitute':false,"
                                        + "'require_keypress':false}}",
                                "d2",
                                "{}")
                        .callflow("2002", node("device", "{'id':'d2'}"));
        assertThat(RingTrial.of(scenario).rang()).containsExactly(rang.split(" "));
    }

    @Test
    void one_refusal_ends_the_attempt_if_so_wished() {
        Scenario scenario =
                bob("{'id':'d1','fail_on_single_reject':true}").registers("carol", "d1");
        scenario.person("carol").isRinging();
        scenario.person("bob").isRinging().refuses(486);
        scenario.person("carol").isHungUp(487);
        assertThat(RingTrial.of(scenario).heard()).containsExactly("busy");
        Scenario goesOn = bob("{'id':'d1'}").registers("carol", "d1");
        goesOn.person("bob").isRinging().refuses(486);
        goesOn.person("carol").isRinging().answers();
        goesOn.waits(Duration.ofSeconds(1)).hangsUp();
        assertThat(RingTrial.of(goesOn).heard()).isEmpty();
    }

    @Test
    void a_single_leg_is_heard_before_it_answers_unless_it_must_not_be() {
        Scenario open = bob("{'id':'d1'}");
        open.person("bob").isRinging().announces("please hold");
        open.hears("please hold");
        open.person("bob").refuses(486);
        assertThat(RingTrial.of(open).heard()).containsExactly("please hold", "busy");
        Scenario closed =
                Scenario.callTo(device("{'id':'d1'}"))
                        .document("device", "d1", json("{'media':{'ignore_early_media':true}}"))
                        .registers("bob", "d1");
        closed.person("bob").isRinging().announces("please hold").refuses(486);
        assertThat(RingTrial.of(closed).heard()).containsExactly("busy");
    }

    @Test
    void a_device_that_is_not_registered_is_a_failure_with_a_cause() {
        String flow =
                node(
                        "device",
                        "{'id':'d1'}",
                        children("_", early("else"), "SUBSCRIBER_ABSENT", early("absent")));
        RingTrial trial = RingTrial.of(Scenario.callTo(flow).document("device", "d1", "{}"));
        assertThat(trial.heard()).containsExactly("absent");
        assertThat(trial.notices())
                .containsExactly("nobody rings: the device d1 is not registered");
        String exact =
                node("device", "{'id':'d1'}", children("USER_NOT_REGISTERED", early("exact")));
        assertThat(RingTrial.of(Scenario.callTo(exact).document("device", "d1", "{}")).heard())
                .containsExactly("exact");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|there is no device ''",
                "{'id':'nobody'}|there is no device 'nobody'",
                "{'id':'u9'}|there is no device 'u9'",
            })
    void an_unknown_device_goes_on_at_the_wildcard(String data, String why) {
        RingTrial trial = RingTrial.of(bob(data).document("user", "u9", "{}"));
        assertThat(trial.heard()).containsExactly("else");
        assertThat(trial.notices()).containsExactly("nobody rings: " + why);
    }
}
