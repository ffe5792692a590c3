package fulcrum.action;

import static fulcrum.action.RingTrial.withDevices;
import static fulcrum.testing.Nodes.children;
import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.directory.Gregorian;
import fulcrum.sdk.Origin;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

class RingGroupTest {
    private static final String D1 = "{'endpoint_type':'device','id':'d1'}";
    private static final String D2 = "{'endpoint_type':'device','id':'d2'}";
    private static final String D3 = "{'endpoint_type':'device','id':'d3'}";

    private static String group(String more, String... members) {
        return node(
                "ring_group",
                "{'endpoints':[" + String.join(",", members) + "]" + more + "}",
                children("_", early("else"), "USER_BUSY", early("busy")));
    }

    private static Scenario robots(String flow) {
        return withDevices(
                        flow,
                        "d1",
                        "{}",
                        "d2",
                        "{'owner_id':'u1'}",
                        "d3",
                        "{'owner_id':'u1'}",
                        "d4",
                        "{}")
                .document("user", "u1", "{}");
    }

    private static Scenario persons(String flow) {
        return Scenario.callTo(flow)
                .document("device", "d1", "{}")
                .document("device", "d2", "{}")
                .document("device", "d3", "{}")
                .registers("one", "d1")
                .registers("two", "d2")
                .registers("three", "d3");
    }

    @Test
    void all_ring_for_twenty_seconds_and_the_caller_is_not_answered() {
        Scenario scenario = persons(group("", D1, D2));
        scenario.person("one").isRinging().isHungUp(487);
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.rang()).containsExactly("one", "two");
        assertThat(trial.heard()).containsExactly("else");
        assertThat(trial.outcome().lasted()).isEqualTo(Duration.ofSeconds(22));
        assertThat(trial.outcome().ending().answered()).isFalse();
    }

    @Test
    void users_and_groups_are_their_devices_and_each_device_rings_once() {
        Scenario scenario =
                robots(
                                group(
                                        "",
                                        D1,
                                        "{'endpoint_type':'user','id':'u1'}",
                                        "{'endpoint_type':'group','id':'g1'}",
                                        D2))
                        .document(
                                "group",
                                "g1",
                                json(
                                        "{'endpoints':{'d4':{'type':'device'},'d1':{'type':'device'},"
                                                + "'g1':{'type':'group'},'g2':{'type':'group'}}}"))
                        .document(
                                "group",
                                "g2",
                                json("{'endpoints':{'u1':{'type':'user'},'g1':{'type':'group'}}}"));
        assertThat(RingTrial.of(scenario).rang()).containsExactly("d1", "d2", "d3", "d4");
    }

    @Test
    void a_device_may_ring_twice_at_different_times() {
        String later = "{'endpoint_type':'device','id':'d1','delay':5}";
        Scenario scenario = persons(group("", D1, later, D1));
        scenario.person("one").isRinging().isHungUp();
        assertThat(RingTrial.of(scenario).rang()).containsExactly("one", "one");
    }

    @Test
    void members_have_delays_and_time_outs_of_their_own() {
        Scenario scenario =
                persons(
                        group(
                                ",'timeout':30",
                                "{'endpoint_type':'device','id':'d1','timeout':4}",
                                "{'endpoint_type':'device','id':'d2','delay':10}"));
        scenario.person("one").isRinging().isHungUp(487);
        scenario.person("two").isRinging();
        RingTrial trial = RingTrial.of(scenario);
        List<String> told = trial.outcome().transcript();
        assertThat(told).anyMatch(line -> line.contains(" 4.000  one is hung up on"));
        assertThat(told).anyMatch(line -> line.contains("30.000  two is hung up on"));
        assertThat(trial.dials()).hasSize(2);
    }

    @Test
    void in_turn_the_round_may_be_over_before_everybody_was_rung() {
        String brief = "{'endpoint_type':'device','id':'%s','timeout':8}";
        Scenario scenario =
                persons(
                        group(
                                ",'strategy':'single'",
                                brief.formatted("d1"),
                                brief.formatted("d2"),
                                brief.formatted("d3")));
        scenario.person("three").isRinging().isHungUp(487);
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.rang()).containsExactly("one", "two", "three");
        assertThat(trial.outcome().lasted()).isEqualTo(Duration.ofSeconds(22));
    }

    @Test
    void in_turn_a_groups_members_go_by_their_weight() {
        String flow =
                group(",'strategy':'single','timeout':60", "{'endpoint_type':'group','id':'g1'}");
        Scenario scenario =
                persons(flow)
                        .document(
                                "group",
                                "g1",
                                json(
                                        "{'endpoints':{'d1':{'type':'device','timeout':3},"
                                                + "'d2':{'type':'device','timeout':3,'weight':9},"
                                                + "'d3':{'type':'device','timeout':3,'weight':2}}}"));
        scenario.person("one").isRinging().isHungUp(487);
        assertThat(RingTrial.of(scenario).rang()).containsExactly("three", "two", "one");
    }

    @Test
    void the_heavier_a_member_the_more_often_it_comes_first() {
        Map<String, Integer> first = new TreeMap<>();
        for (int seed = 1; seed <= 200; seed++) {
            String flow =
                    group(
                            ",'strategy':'weighted_random'",
                            "{'endpoint_type':'device','id':'d1','weight':1000}",
                            "{'endpoint_type':'device','id':'d2','weight':0}",
                            "{'endpoint_type':'device','id':'d4'}");
            List<String> rang = RingTrial.of(robots(flow).seed(seed)).rang();
            first.merge(rang.getFirst(), 1, Integer::sum);
        }
        // 100, 1 and 20 of 121
        assertThat(first.get("d1")).isBetween(145, 185);
        assertThat(first.get("d4")).isBetween(18, 50);
        assertThat(first.getOrDefault("d2", 0)).isLessThan(9);
    }

    @Test
    void a_drawn_order_is_dialled_in_turn_and_is_the_same_for_the_same_seed() {
        String flow = group(",'strategy':'weighted_random'", D1, D2, D3);
        List<String> rang = RingTrial.of(robots(flow).seed(7)).rang();
        assertThat(rang).hasSize(1);
        assertThat(RingTrial.of(robots(flow).seed(7)).rang()).isEqualTo(rang);
    }

    @Test
    void rounds_are_repeated_until_one_has_a_child_of_its_own() {
        Scenario scenario = persons(group(",'repeats':3,'timeout':5", D1));
        scenario.person("one").isRinging().waits(Duration.ofSeconds(7)).refuses(486);
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.rang()).containsExactly("one", "one");
        assertThat(trial.heard()).containsExactly("busy");
        Scenario all = persons(group(",'repeats':3,'timeout':5", D1));
        RingTrial never = RingTrial.of(all);
        assertThat(never.rang()).hasSize(3);
        assertThat(never.heard()).containsExactly("else");
        assertThat(never.outcome().lasted()).isEqualTo(Duration.ofSeconds(17));
    }

    @Test
    void one_refusal_ends_the_round_if_so_wished() {
        Scenario scenario = persons(group(",'fail_on_single_reject':true", D1, D2));
        scenario.person("one").isRinging();
        scenario.person("two").isRinging().refuses(603);
        scenario.person("one").isHungUp(487);
        assertThat(RingTrial.of(scenario).heard()).containsExactly("else");
    }

    @Test
    void the_caller_hears_the_ringback() {
        Scenario scenario = persons(group(",'ringback':'tune'", D1)).hears("tune");
        scenario.person("one").isRinging().announces("early words").answers();
        scenario.waits(Duration.ofSeconds(1)).hangsUp();
        assertThat(RingTrial.of(scenario).heard()).containsExactly("tune");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_phone_that_points_elsewhere_is_followed_only_when_that_is_not_ignored(boolean ignores) {
        String flow = group(ignores ? "" : ",'ignore_forward':false", D1);
        Scenario scenario = persons(flow).callflow("2002", node("device", "{'id':'d2'}"));
        scenario.person("one").isRinging().pointsTo("sip:2002@scenario.example");
        assertThat(RingTrial.of(scenario).rang())
                .isEqualTo(ignores ? List.of("one") : List.of("one", "two"));
    }

    @ParameterizedTest
    @CsvSource({"false,in", "true,out"})
    void ringtones_go_by_the_callers_origin_and_replace_the_phones_own(
            boolean offnet, String tone) {
        Scenario scenario =
                withDevices(
                        group(",'ringtones':{'internal':'in','external':'out'}", D1),
                        "d1",
                        "{'ringtones':{'internal':'own','external':'own'}}");
        Scenario caller = offnet ? scenario.comesFrom(Origin.carrier("r1")) : scenario;
        assertThat(RingTrial.of(caller).dial().headers()).containsEntry("Alert-Info", tone);
    }

    @Test
    void a_member_who_has_logged_out_is_not_rung() {
        long soon = Gregorian.seconds(Instant.parse("2100-01-01T00:00:00Z"));
        String out = "{'endpoint_type':'device','id':'d1','disable_until':" + soon + "}";
        String back = "{'endpoint_type':'device','id':'d2','disable_until':100}";
        assertThat(RingTrial.of(robots(group("", out, back))).rang()).containsExactly("d2");
        RingTrial nobody = RingTrial.of(robots(group("", out)));
        assertThat(nobody.heard()).containsExactly("else");
        assertThat(nobody.notices())
                .containsExactly("nobody rings: 'd1' has logged out of the group");
    }

    @Test
    void the_caller_and_his_other_phones_are_left_out() {
        Scenario scenario = robots(group("", D1, D2, D3)).comesFrom(Origin.device("d2", "u1"));
        assertThat(RingTrial.of(scenario).rang()).containsExactly("d1");
        String may = "{'endpoint_type':'device','id':'%s','can_call_self':true}";
        Scenario self =
                robots(group("", may.formatted("d2"), may.formatted("d3")))
                        .comesFrom(Origin.device("d2", "u1"));
        assertThat(RingTrial.of(self).rang()).containsExactly("d3");
    }

    @Test
    void forwarding_of_direct_calls_only_does_not_apply() {
        for (boolean only : List.of(true, false)) {
            String rule =
                    "{'call_forward':{'enabled':true,'number':'2002','require_keypress':false,"
                            + "'direct_calls_only':"
                            + only
                            + "}}";
            Scenario scenario =
                    withDevices(group("", D1), "d1", rule, "d2", "{}")
                            .callflow("2002", node("device", "{'id':'d2'}"));
            assertThat(RingTrial.of(scenario).rang()).containsExactly(only ? "d1" : "d2");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'endpoint_type':'device','id':'x'}|there is no device 'x'",
                "{'endpoint_type':'user','id':'x'}|there is no user 'x'",
                "{'endpoint_type':'group','id':'x'}|there is no group 'x'",
                "{'endpoint_type':'group','id':'empty'}|the group empty is empty",
                "{'endpoint_type':'robot','id':'x'}|'robot' cannot be a member of a group",
                "{'id':'x'}|there is no device, user or group 'x'",
                "'x'|there is no device, user or group 'x'",
            })
    void nobody_to_ring_goes_on_at_the_wildcard_at_once(String member, String why) {
        Scenario scenario =
                robots(group(",'repeats':5", member))
                        .document("group", "empty", json("{'endpoints':{}}"));
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.heard()).containsExactly("else");
        assertThat(trial.notices()).singleElement().isEqualTo("nobody rings: " + why);
        assertThat(trial.outcome().lasted()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void a_bare_id_is_what_its_document_is() {
        assertThat(RingTrial.of(robots(group("", "'d1'", "'u1'"))).rang())
                .containsExactly("d1", "d2", "d3");
    }

    @Test
    void an_empty_group_rings_nobody() {
        RingTrial trial = RingTrial.of(robots(group("")));
        assertThat(trial.heard()).containsExactly("else");
        assertThat(trial.notices()).containsExactly("nobody rings: the group has no members");
    }

    @Test
    void route_to_cid_rings_whoever_has_the_number_as_a_ring_group() {
        Scenario scenario =
                withDevices(
                                node("noop", "{}"),
                                "d1",
                                "{'caller_id':{'internal':{'number':'201'}}}",
                                "d2",
                                "{'owner_id':'u1'}",
                                "d3",
                                "{}")
                        .document("user", "u1", json("{'caller_id':{'internal':{'number':'201'}}}"))
                        .callflow("201", node("route_to_cid", "{}", early("else")));
        scenario.person("dialler").calls("201");
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.rang()).containsExactly("d1", "d2");
        assertThat(trial.notices()).isEmpty();
    }
}
