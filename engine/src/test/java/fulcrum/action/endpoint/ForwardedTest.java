package fulcrum.action.endpoint;

import static fulcrum.action.RingTrial.withDevices;
import static fulcrum.testing.Nodes.children;
import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.action.RingTrial;
import fulcrum.call.Dial;
import fulcrum.sdk.Origin;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;

/// Call forwarding when an endpoint is rung (callflow common facts).
class ForwardedTest {
    private static String ring(String module, String id) {
        return node(
                module,
                "{'id':'" + id + "'}",
                children("_", early("else"), "USER_BUSY", early("busy")));
    }

    private static String rule(String more) {
        return "'call_forward':{'number':'2002'" + more + "}";
    }

    private static String enabled(String more) {
        return rule(",'enabled':true,'require_keypress':false" + more);
    }

    /// Device d1 has the rule, 2002 is device d2.
    private static Scenario forwarding(String rule) {
        return withDevices(ring("device", "d1"), "d1", "{" + rule + "}", "d2", "{}")
                .callflow("2002", node("device", "{'id':'d2','timeout':3}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'number':'2002'}|d1",
                "{'enabled':true}|d1",
                "{'enabled':true,'number':''}|d1",
                "{'enabled':true,'number':'2002'}|d2",
                "{'enabled':'true','number':'2002'}|d2",
                "{'enabled':true,'number':'2002','substitute':true}|d2",
                "{'enabled':true,'number':'2002','substitute':false}|d2 d1",
                "{'enabled':true,'number':'2002','direct_calls_only':true}|d2",
                "{'failover':true,'number':'2002'}|d1",
                "{'enabled':false,'failover':true,'number':'2002'}|d1",
            })
    void the_number_is_rung_instead_or_as_well(String rule, String rang) {
        RingTrial trial = RingTrial.of(forwarding("'call_forward':" + rule));
        assertThat(trial.rang()).containsExactly(rang.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"true,bob", "false,''"})
    void failover_is_for_devices_that_are_not_registered(boolean failover, String rang) {
        Scenario scenario =
                Scenario.callTo(ring("device", "d1"))
                        .document("device", "d1", json("{" + rule(",'failover':" + failover) + "}"))
                        .document("device", "d2", "{}")
                        .registers("bob", "d2")
                        .callflow("2002", node("device", "{'id':'d2'}"));
        RingTrial trial = RingTrial.of(scenario);
        assertThat(String.join(" ", trial.rang())).isEqualTo(rang);
        assertThat(trial.notices()).hasSize(failover ? 0 : 1);
    }

    @Test
    void whoever_is_forwarded_to_must_press_one() {
        Scenario scenario = persons("'enabled':true");
        scenario.person("bob").isRinging().answers().hearsAllOf("ivr-group_confirm").presses("21");
        scenario.person("bob").isBridgedTo(scenario.caller()).hangsUp();
        scenario.isHungUp(0);
        assertThat(RingTrial.of(scenario).heard()).isEmpty();
    }

    @Test
    void silence_after_the_prompt_is_no_consent() {
        Scenario scenario = persons("'enabled':true");
        scenario.person("bob").isRinging().answers().hearsAllOf("ivr-group_confirm").isHungUp();
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.heard()).containsExactly("else");
        assertThat(trial.outcome().transcript())
                .anyMatch(line -> line.contains(" 5.000  bob is hung up on"));
    }

    @Test
    void a_refusal_of_whoever_must_press_a_key_ends_the_whole_attempt() {
        Scenario scenario = persons("'enabled':true,'substitute':false").registers("desk", "d1");
        scenario.person("desk").isRinging();
        scenario.person("bob").isRinging().refuses(486);
        scenario.person("desk").isHungUp(487);
        assertThat(RingTrial.of(scenario).heard()).containsExactly("busy");
        Scenario free =
                persons("'enabled':true,'substitute':false,'require_keypress':false")
                        .registers("desk", "d1");
        free.person("desk").isRinging();
        free.person("bob").isRinging().refuses(486);
        free.person("desk").answers();
        free.waits(Duration.ofSeconds(1)).hangsUp();
        assertThat(RingTrial.of(free).heard()).isEmpty();
    }

    @Test
    void early_media_of_a_forwarded_call_is_never_passed_on() {
        Scenario scenario =
                persons("'enabled':true,'require_keypress':false,'ignore_early_media':false");
        scenario.person("bob").isRinging().announces("not in service").refuses(404);
        assertThat(RingTrial.of(scenario).heard()).containsExactly("else");
    }

    private static Scenario persons(String rule) {
        return Scenario.callTo(ring("device", "d1"))
                .document("device", "d1", json("{'call_forward':{'number':'2002'," + rule + "}}"))
                .document("device", "d2", "{}")
                .registers("bob", "d2")
                .callflow("2002", node("device", "{'id':'d2'}"));
    }

    @Test
    void the_callers_id_is_kept_or_it_is_the_forwarding_devices() {
        String id = "'caller_id':{'external':{'name':'Desk','number':'+14155550177'}},";
        assertThat(RingTrial.of(forwarding(id + enabled(""))).dial().caller())
                .isEqualTo(Dial.Caller.of("Ann Lee", "+14155550100"));
        assertThat(
                        RingTrial.of(forwarding(id + enabled(",'keep_caller_id':false")))
                                .dial()
                                .caller())
                .isEqualTo(Dial.Caller.of("Desk", "+14155550177"));
    }

    @Test
    void the_leg_rings_as_long_as_the_device_would_have() {
        Scenario scenario = persons("'enabled':true");
        scenario.person("bob").isRinging().isHungUp(487);
        assertThat(RingTrial.of(scenario).outcome().lasted()).isEqualTo(Duration.ofSeconds(22));
    }

    @Test
    void a_users_forwarding_is_his_own_and_his_devices_have_theirs() {
        for (String module : List.of("user", "device")) {
            String id = module.equals("user") ? "u1" : "d1";
            Scenario scenario =
                    withDevices(
                                    ring(module, id),
                                    "d1",
                                    "{'owner_id':'u1'," + enabled("").replace("2002", "2003") + "}",
                                    "d2",
                                    "{}",
                                    "d3",
                                    "{}")
                            .document("user", "u1", json("{" + enabled("") + "}"))
                            .callflow("2002", node("device", "{'id':'d2'}"))
                            .callflow("2003", node("device", "{'id':'d3'}"));
            assertThat(RingTrial.of(scenario).rang())
                    .containsExactly(module.equals("user") ? "d2" : "d3");
        }
        Scenario both =
                withDevices(
                                ring("user", "u1"),
                                "d1",
                                "{'owner_id':'u1'," + enabled("").replace("2002", "2003") + "}",
                                "d2",
                                "{}",
                                "d3",
                                "{}")
                        .document("user", "u1", json("{" + enabled(",'substitute':false") + "}"))
                        .callflow("2002", node("device", "{'id':'d2'}"))
                        .callflow("2003", node("device", "{'id':'d3'}"));
        assertThat(RingTrial.of(both).rang()).containsExactly("d2", "d3");
    }

    @Test
    void a_users_failover_is_for_users_none_of_whose_devices_is_registered() {
        for (boolean registered : List.of(true, false)) {
            Scenario scenario =
                    Scenario.callTo(ring("user", "u1"))
                            .document("user", "u1", json("{" + rule(",'failover':true") + "}"))
                            .document("device", "d1", json("{'owner_id':'u1'}"))
                            .document("device", "d2", "{}")
                            .registers("bob", "d2")
                            .callflow("2002", node("device", "{'id':'d2'}"));
            Scenario all = registered ? scenario.registers("desk", "d1") : scenario;
            assertThat(RingTrial.of(all).rang()).containsExactly(registered ? "desk" : "bob");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'module':'user','data':{'id':'u2'}}|d2 d3",
                "{'module':'ring_group','data':{'endpoints':[{'id':'d3'},{'id':'u2'}]}}|d3 d2",
                "{'module':'group','data':{'id':'g2'}}|d3 d2",
                "{'module':'callflow','data':{'id':'other'}}|d3",
                "{'module':'play','data':{'skip_module':true},"
                        + "'children':{'_':{'module':'device','data':{'id':'d3'}}}}|d3",
            })
    void the_number_may_lead_to_users_and_groups(String flow, String rang) {
        Scenario scenario =
                withDevices(
                                ring("device", "d1"),
                                "d1",
                                "{" + enabled("") + "}",
                                "d2",
                                "{'owner_id':'u2'}",
                                "d3",
                                "{'owner_id':'u2'}")
                        .document("user", "u2", "{}")
                        .document(
                                "group",
                                "g2",
                                json("{'endpoints':{'d3':{'type':'device'},'u2':{'type':'user'}}}"))
                        .document(
                                "callflow",
                                "other",
                                json("{'flow':{'module':'device','data':{'id':'d3'}}}"))
                        .callflow("2002", json(flow));
        assertThat(RingTrial.of(scenario).rang()).containsExactly(rang.split(" "));
    }

    @Test
    void a_number_that_leads_to_nobody_who_rings_takes_the_caller_there() {
        Scenario scenario =
                withDevices(ring("device", "d1"), "d1", "{" + enabled("") + "}")
                        .callflow("2002", early("menu", early("more")));
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.rang()).isEmpty();
        assertThat(trial.heard()).containsExactly("menu", "more");
        Scenario beside =
                withDevices(ring("device", "d1"), "d1", "{" + enabled(",'substitute':false") + "}")
                        .callflow("2002", early("menu"));
        RingTrial rung = RingTrial.of(beside);
        assertThat(rung.rang()).containsExactly("d1");
        assertThat(rung.notices())
                .containsExactly(
                        "the device d1 sends the call on to 2002: that is nobody who can be rung"
                                + " beside others");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void it_reaches_no_match_and_only_what_the_forwarding_device_may_call(boolean denied) {
        String more = denied ? "'call_restriction':{'did_us':{'action':'deny'}}," : "";
        String rule = enabled("").replace("2002", "4155550111");
        Scenario scenario =
                withDevices(ring("device", "d1"), "d1", "{" + more + rule + "}")
                        .comesFrom(Origin.carrier("r1"))
                        .callflow("no_match", early("out"));
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.heard()).containsExactly(denied ? "else" : "out");
        assertThat(trial.notices()).hasSize(denied ? 1 : 0);
        if (denied) {
            assertThat(trial.notices().getFirst()).contains("did_us");
        }
    }

    @Test
    void a_users_own_restriction_counts_for_his_forwarding() {
        String deny = "'call_restriction':{'did_us':{'action':'deny'}},";
        String rule = enabled("").replace("2002", "4155550111");
        Scenario scenario =
                withDevices(ring("user", "u1"), "d1", "{'owner_id':'u1'}")
                        .document("user", "u1", json("{" + deny + rule + "}"))
                        .callflow("no_match", early("out"));
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.heard()).containsExactly("else");
        assertThat(trial.notices()).singleElement().asString().contains("did_us");
    }

    @Test
    void devices_that_forward_to_each_other_ring_nobody_and_end() {
        Scenario scenario =
                withDevices(
                                ring("device", "d1"),
                                "d1",
                                "{" + enabled("") + "}",
                                "d2",
                                "{" + enabled("").replace("2002", "2001") + "}")
                        .callflow("2001", node("device", "{'id':'d1'}"))
                        .callflow("2002", node("device", "{'id':'d2'}"));
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.rang()).isEmpty();
        assertThat(trial.heard()).containsExactly("else");
        assertThat(trial.notices()).hasSize(1);
    }

    @Test
    void forwarding_into_the_own_callflow_by_way_of_another_action_ends() {
        Scenario scenario =
                withDevices(ring("device", "d1"), "d1", "{" + enabled("") + "}")
                        .callflow("2002", node("noop", "{}", ring("device", "d1")));
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.heard()).containsExactly("else");
        assertThat(trial.notices()).last().asString().contains("sent on");
    }

    @Test
    void a_number_that_nobody_answers_goes_on_at_the_wildcard() {
        RingTrial trial =
                RingTrial.of(withDevices(ring("device", "d1"), "d1", "{" + enabled("") + "}"));
        assertThat(trial.heard()).containsExactly("else");
        assertThat(trial.notices())
                .containsExactly(
                        "nobody rings: the device d1 sends the call on to 2002: no callflow answers it");
    }

    @Test
    void a_redirection_to_nobody_is_a_failure_with_a_reason() {
        Scenario scenario = persons("'enabled':false").registers("desk", "d1");
        scenario.person("desk").isRinging().pointsTo("sip:7777@elsewhere.example");
        RingTrial trial = RingTrial.of(scenario);
        assertThat(trial.heard()).containsExactly("else");
        assertThat(trial.notices()).singleElement().asString().contains("7777");
    }

    @Test
    void a_mobile_is_rung_by_its_number() {
        Scenario scenario =
                withDevices(ring("device", "m1"), "d2", "{}")
                        .document("device", "m1", json("{'mobile':{'mdn':'2002'}}"))
                        .callflow("2002", node("device", "{'id':'d2'}"));
        assertThat(RingTrial.of(scenario).rang()).containsExactly("d2");
    }
}
