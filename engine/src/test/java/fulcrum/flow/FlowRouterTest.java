package fulcrum.flow;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.action.Actions;
import fulcrum.call.Call;
import fulcrum.call.CallEvent;
import fulcrum.call.HangupCause;
import fulcrum.call.Value;
import fulcrum.sdk.Origin;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.ScriptedDriver;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class FlowRouterTest {
    private static final String DENIED = "cf-unauthorized_call";

    private static Scenario account(Scenario scenario, String body) {
        return scenario.document("account", Scenario.ACCOUNT, json(body));
    }

    private static Scenario calling(String number, Origin origin) {
        Scenario scenario = Scenario.scenario().comesFrom(origin);
        scenario.caller().calls(number);
        return scenario;
    }

    private static Scenario callflow(Scenario scenario, String matching, String flow) {
        return scenario.document("callflow", "f1", json("{" + matching + ",'flow':" + flow + "}"));
    }

    private static Outcome plays(Scenario scenario) {
        Outcome outcome = scenario.plays();
        assertThat(outcome.crashes()).isEmpty();
        return outcome;
    }

    @Test
    void the_callflow_that_has_the_number_is_run_and_named_on_the_call() {
        Scenario scenario =
                callflow(calling("1001", Origin.UNKNOWN), "'numbers':['1001']", early("hello"));
        Outcome call = plays(scenario);
        assertThat(call.heard()).containsExactly("hello");
        assertThat(call.events(CallEvent.Ended.class).getFirst().channelVars())
                .containsEntry("CallFlow-ID", "f1");
    }

    @Test
    void a_number_that_nobody_answers_is_refused_with_404() {
        Outcome call = plays(calling("1001", Origin.UNKNOWN).isHungUp(404));
        assertThat(call.ending().cause()).isEqualTo(HangupCause.UNALLOCATED_NUMBER);
        assertThat(call.notices().getFirst().message()).contains("1001");
        Outcome offnet = plays(calling("1001", Origin.carrier("c1")).isHungUp(404));
        assertThat(offnet.transcript()).noneMatch(line -> line.contains("hears it ring"));
    }

    @Test
    void a_pattern_leaves_its_captured_groups_on_the_call() {
        List<String> captured = new ArrayList<>();
        Scenario scenario =
                callflow(
                        calling("*58123", Origin.UNKNOWN),
                        "'patterns':['^\\\\*58(?<rest>\\\\d+)$']",
                        early("hello"));
        scenario.plays(
                ScriptedDriver.of(
                        call -> {
                            Flow flow = new FlowRouter().flowFor(call);
                            captured.add(flow.module());
                            captured.add(call.variables().captureGroup().orElse("none"));
                            captured.add(call.variables().captureGroups().toString());
                        }));
        assertThat(captured).containsExactly("play", "123", "{rest=123}");
    }

    @Test
    void no_match_is_only_for_callers_whom_a_device_vouches_for() {
        String matching = "'numbers':['no_match']";
        for (Origin outsider : List.of(Origin.UNKNOWN, Origin.carrier("c1"))) {
            Scenario refused = callflow(calling("+4420712345", outsider), matching, early("out"));
            assertThat(plays(refused.isHungUp(404)).heard()).isEmpty();
        }
        Scenario allowed =
                callflow(calling("+4420712345", Origin.device("d1")), matching, early("out"));
        assertThat(plays(allowed).heard()).containsExactly("out");
        Scenario letters = callflow(calling("bob", Origin.device("d1")), matching, early("out"));
        assertThat(plays(letters.isHungUp(404)).heard()).isEmpty();
    }

    @Test
    void a_preflow_runs_first_and_the_callflow_when_it_stops() {
        Scenario scenario =
                account(Scenario.callTo(early("real")), "{'preflow':{'always':'pre'}}")
                        .document("callflow", "pre", json("{'flow':" + early("pre") + "}"));
        assertThat(plays(scenario).heard()).containsExactly("pre", "real");
    }

    @Test
    void a_preflow_that_hangs_up_is_the_last_thing_heard() {
        Scenario scenario =
                account(Scenario.callTo(early("real")), "{'preflow':{'always':'pre'}}")
                        .document(
                                "callflow",
                                "pre",
                                json("{'flow':" + early("pre", node("hangup", "{}")) + "}"));
        assertThat(plays(scenario).heard()).containsExactly("pre");
    }

    @Test
    void a_preflow_that_is_gone_does_not_keep_the_callflow_from_running() {
        Scenario scenario = account(Scenario.callTo(early("real")), "{'preflow':{'always':'no'}}");
        assertThat(plays(scenario).heard()).containsExactly("real");
    }

    private static Outcome restricted(String device, String user, String account) {
        Scenario scenario =
                callflow(
                        calling("+4420712345", Origin.device("d1", "u1")),
                        "'numbers':['no_match']",
                        early("out"));
        account(scenario, account)
                .document("device", "d1", json(device))
                .document("user", "u1", json(user));
        return plays(scenario);
    }

    private static String rule(String action) {
        return "{'call_restriction':{'international':{'action':'" + action + "'}}}";
    }

    @Test
    void a_device_that_may_not_call_this_kind_of_number_hears_why_and_is_hung_up_on() {
        Outcome call = restricted(rule("deny"), "{}", "{}");
        assertThat(call.heard()).containsExactly(DENIED);
        assertThat(call.ending().answered()).isTrue();
        assertThat(call.events(CallEvent.NodeEntered.class)).isEmpty();
        assertThat(call.notices().getFirst().message()).contains("international");
    }

    @Test
    void the_words_of_device_owner_and_account_are_merged() {
        assertThat(restricted("{}", rule("deny"), "{}").heard()).containsExactly(DENIED);
        assertThat(restricted("{}", rule("allow"), rule("deny")).heard()).containsExactly(DENIED);
        assertThat(restricted(rule("deny"), rule("allow"), "{}").heard()).containsExactly("out");
        assertThat(restricted(rule("deny"), rule("inherit"), "{}").heard()).containsExactly(DENIED);
        assertThat(restricted(rule("inherit"), "{}", "{}").heard()).containsExactly("out");
        String hotDesk =
                "{'hotdesk':{'users':{'u1':{}}},'call_restriction':{'international':{'action':'deny'}}}";
        assertThat(restricted(hotDesk, "{}", "{}").heard()).containsExactly("out");
    }

    @Test
    void what_is_switched_off_may_not_call() {
        assertThat(restricted("{'enabled':false}", "{}", "{}").heard()).containsExactly(DENIED);
        assertThat(restricted("{}", "{'enabled':false}", "{}").heard()).containsExactly(DENIED);
        assertThat(restricted("{}", "{}", "{'enabled':false}").heard()).containsExactly(DENIED);
        String mute = "{'services':{'audio':{'enabled':false}}}";
        assertThat(restricted(mute, "{}", "{}").heard()).containsExactly(DENIED);
        assertThat(restricted("{'enabled':true}", "{}", "{}").heard()).containsExactly("out");
    }

    @Test
    void the_captured_digits_are_what_is_classified_by_the_devices_own_dial_plan() {
        assertThat(heardBehindStar99("0900123456")).containsExactly("out");
        assertThat(heardBehindStar99("09001234567")).containsExactly(DENIED);
    }

    private static List<String> heardBehindStar99(String digits) {
        Scenario scenario =
                callflow(
                        calling("*99" + digits, Origin.device("d1")),
                        "'patterns':['^\\\\*99(\\\\d+)$']",
                        early("out"));
        String device =
                "{'dial_plan':{'^0(\\\\d+)$':{'prefix':'+1'}},"
                        + "'call_restriction':{'toll_us':{'action':'deny'}}}";
        return plays(scenario.document("device", "d1", json(device))).heard();
    }

    @Test
    void restrictions_are_not_for_callers_from_outside_but_their_account_must_be_on() {
        Scenario open =
                account(Scenario.callTo(early("hello")), rule("deny"))
                        .comesFrom(Origin.carrier("c1"));
        assertThat(plays(open).heard()).containsExactly("hello");
        Scenario off =
                account(Scenario.callTo(early("hello")), "{'enabled':false}")
                        .comesFrom(Origin.carrier("c1"))
                        .isHungUp(404);
        assertThat(plays(off).heard()).isEmpty();
    }

    @Test
    void a_flow_that_is_injected_before_one_was_found_is_the_one_to_run() {
        FlowInterpreter interpreter = new FlowInterpreter(Actions.catalog(), Settings.DEFAULT);
        for (String text : List.of(early("injected"), "not a flow")) {
            Scenario scenario = Scenario.callTo(early("own"));
            Outcome outcome =
                    scenario.plays(
                            ScriptedDriver.of(
                                    call -> {
                                        inject(call, text);
                                        interpreter.run(new FlowRouter().flowFor(call), call);
                                    }));
            boolean usable = text.startsWith("{");
            assertThat(outcome.heard()).containsExactly(usable ? "injected" : "own");
        }
    }

    private static void inject(Call call, String text) {
        call.post(call.id(), new Value.FlowInjected(call.leg().id(), text));
    }

    @Test
    void a_caller_who_leaves_while_the_refusal_is_played_leaves_nothing_behind() {
        Scenario scenario =
                callflow(
                        calling("+4420712345", Origin.device("d1")),
                        "'numbers':['no_match']",
                        early("out"));
        scenario.document("device", "d1", json(rule("deny")))
                .hears(DENIED)
                .waits(Duration.ofMillis(100))
                .hangsUp();
        Outcome call = plays(scenario);
        assertThat(call.lasted()).isEqualTo(Duration.ofMillis(100));
    }
}
