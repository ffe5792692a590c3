package fulcrum.action;

import static fulcrum.action.RingTrial.withDevices;
import static fulcrum.testing.Nodes.children;
import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.action.endpoint.RingWishes;
import fulcrum.call.Dial;
import fulcrum.sdk.Origin;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;

class UserTest {
    private static String user(String data) {
        return node("user", data, children("_", early("else"), "USER_BUSY", early("busy")));
    }

    /// Two phones of a user, as persons who do what the scenario says.
    private static Scenario two(String data) {
        return Scenario.callTo(user(data))
                .document("user", "u1", "{}")
                .document("device", "d1", json("{'owner_id':'u1'}"))
                .document("device", "d2", json("{'owner_id':'u1'}"))
                .document("device", "d3", json("{'owner_id':'u2'}"))
                .registers("desk", "d1")
                .registers("mobile", "d2")
                .registers("other", "d3");
    }

    @Test
    void all_devices_ring_at_once_and_the_first_answer_wins() {
        Scenario scenario = two("{'id':'u1'}");
        scenario.person("desk").isRinging();
        scenario.person("mobile").isRinging().waits(Duration.ofSeconds(3)).answers();
        scenario.person("desk").isHungUp(487);
        scenario.person("mobile").isBridgedTo(scenario.caller()).hangsUp();
        scenario.isHungUp(0);
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.rang()).containsExactly("desk", "mobile");
        assertThat(trial.dials().getFirst().endpoint())
                .isEqualTo(new Dial.Endpoint("d1", "device", List.of("u1")));
    }

    @ParameterizedTest
    @CsvSource({
        "{'id':'u1'},20",
        "{'id':'u1';'timeout':6},6",
        "{'id':'u1';'timeout':0},20",
        "{'id':'u1';'timeout':30},30"
    })
    void nobody_who_answers_goes_on_when_the_time_is_over(String data, int seconds) {
        Scenario scenario = two(data.replace(';', ','));
        scenario.person("desk").isRinging().isHungUp(487);
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.heard()).containsExactly("else");
        assertThat(trial.outcome().lasted()).isEqualTo(Duration.ofSeconds(seconds + 2L));
    }

    @Test
    void in_turn_the_next_rings_when_the_one_before_has_failed() {
        Scenario scenario = two("{'id':'u1','strategy':'single'}");
        scenario.person("desk").isRinging().refuses(486);
        scenario.person("mobile").isRinging().answers();
        scenario.waits(Duration.ofSeconds(1)).hangsUp();
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.rang()).containsExactly("desk", "mobile");
        assertThat(trial.heard()).isEmpty();
    }

    @Test
    void one_refusal_ends_it_by_the_node_or_by_a_variable() {
        for (boolean byVariable : List.of(true, false)) {
            String more = byVariable ? "" : ",'fail_on_single_reject':true";
            Scenario scenario =
                    Scenario.callTo(user("{'id':'u1'" + more + "}"))
                            .document("user", "u1", "{}")
                            .document("device", "d1", json("{'owner_id':'u1'}"))
                            .registers("desk", "d1")
                            .registers("second", "d1");
            scenario.person("second").isRinging();
            scenario.person("desk").isRinging().refuses(486);
            scenario.person("second").isHungUp(487);
            String wish = String.valueOf(byVariable);
            RingTrial trial =
                    RingTrial.of(
                            scenario,
                            call ->
                                    call.variables()
                                            .putChannel(RingWishes.FAIL_ON_REJECT, wish, false));
            assertThat(trial.heard()).containsExactly("busy");
        }
    }

    @Test
    void his_own_devices_ring_only_if_they_may_and_the_calling_one_never() {
        assertThat(RingTrial.of(own("{'id':'u1'}")).rang()).isEmpty();
        assertThat(RingTrial.of(own("{'id':'u1'}")).notices())
                .containsExactly("nobody rings: the user u1 is the one who calls");
        assertThat(RingTrial.of(own("{'id':'u1','can_call_self':true}")).rang())
                .containsExactly("d2");
    }

    private static Scenario own(String data) {
        return withDevices(user(data), "d1", "{'owner_id':'u1'}", "d2", "{'owner_id':'u1'}")
                .document("user", "u1", "{}")
                .comesFrom(Origin.device("d1", "u1"));
    }

    @Test
    void hot_desked_devices_belong_to_whoever_is_there() {
        Scenario scenario =
                withDevices(
                                user("{'id':'u1'}"),
                                "d1",
                                "{'owner_id':'u1','hotdesk':{'users':{'u2':{}}}}",
                                "d2",
                                "{'owner_id':'u2','hotdesk':{'users':{'u1':{}}}}",
                                "d3",
                                "{'owner_id':'u1'}")
                        .document("user", "u1", "{}");
        assertThat(RingTrial.of(scenario).rang()).containsExactlyInAnyOrder("d2", "d3");
    }

    @Test
    void a_delay_headers_a_static_invite_and_no_caller_id_reach_every_device() {
        String data =
                "{'id':'u1','delay':3,'custom_sip_headers':{'X-A':'b'},'static_invite':'x',"
                        + "'suppress_clid':true,'can_text_self':true}";
        Scenario scenario = two(data);
        scenario.person("desk").isRinging();
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.dials())
                .hasSize(2)
                .allSatisfy(
                        dial -> {
                            assertThat(dial.headers()).containsEntry("X-A", "b");
                            assertThat(dial.uri()).isEqualTo("sip:x@phone.example");
                            assertThat(dial.caller().isHidden()).isTrue();
                        });
    }

    @Test
    void early_media_is_not_passed_on_at_once_but_in_turn() {
        for (String strategy : List.of("simultaneous", "single")) {
            Scenario scenario =
                    Scenario.callTo(user("{'id':'u1','strategy':'" + strategy + "'}"))
                            .document("user", "u1", "{}")
                            .document("device", "d1", json("{'owner_id':'u1'}"))
                            .registers("desk", "d1");
            scenario.person("desk").isRinging().announces("one moment").refuses(486);
            assertThat(RingTrial.of(scenario).heard().contains("one moment"))
                    .isEqualTo(strategy.equals("single"));
        }
    }

    @Test
    void redirections_are_followed_with_the_rights_of_the_device_that_redirects() {
        Scenario scenario = two("{'id':'u1'}").callflow("2003", node("device", "{'id':'d3'}"));
        scenario.person("desk").isRinging();
        scenario.person("mobile").isRinging().pointsTo("sip:2003@scenario.example");
        scenario.person("other").isRinging().answers();
        scenario.person("desk").isHungUp(487);
        scenario.waits(Duration.ofSeconds(1)).hangsUp();
        assertThat(RingTrial.of(scenario).rang()).containsExactly("desk", "mobile", "other");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|there is no user ''",
                "{'id':'u7'}|there is no user 'u7'",
                "{'id':'u3'}|the user u3 has no device",
                "{'id':'u4'}|the user u4 is switched off",
                "{'id':'u5'}|the user u5 does not want to be disturbed",
            })
    void nobody_to_ring_goes_on_at_the_wildcard(String data, String why) {
        Scenario scenario =
                Scenario.callTo(user(data))
                        .document("user", "u3", "{}")
                        .document("user", "u4", json("{'enabled':false}"))
                        .document("user", "u5", json("{'do_not_disturb':{'enabled':true}}"));
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.heard()).containsExactly("else");
        assertThat(trial.notices()).singleElement().isEqualTo("nobody rings: " + why);
    }
}
