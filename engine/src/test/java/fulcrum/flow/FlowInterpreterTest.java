package fulcrum.flow;

import static fulcrum.testing.Nodes.children;
import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fulcrum.action.Callflow;
import fulcrum.action.Hangup;
import fulcrum.action.Noop;
import fulcrum.action.Play;
import fulcrum.action.Sleep;
import fulcrum.call.Call;
import fulcrum.call.CallEvent;
import fulcrum.call.HangupCause;
import fulcrum.call.LegEvent;
import fulcrum.call.Order;
import fulcrum.call.Sound;
import fulcrum.call.TakeCondition;
import fulcrum.call.Value;
import fulcrum.call.Want;
import fulcrum.call.WorldFailed;
import fulcrum.directory.Json;
import fulcrum.sdk.Baton;
import fulcrum.sdk.Origin;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.ScriptedDriver;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;

class FlowInterpreterTest {
    private static final ActionCatalog ACTIONS =
            ActionCatalog.of(
                    List.of(
                            Callflow.class,
                            Hangup.class,
                            Noop.class,
                            Play.class,
                            Sleep.class,
                            Crash.class,
                            Unanswered.class,
                            Choose.class,
                            GoTo.class,
                            Voicemail.class));

    /// Does what no action should.
    @Named("crash")
    @Doc("Crashes.")
    public record Crash() implements Action {
        @Override
        public Next run(Call call, Branches branches) {
            throw new IllegalStateException("a bug");
        }
    }

    @Named("unanswered")
    @Doc("Meets a world that is down.")
    public record Unanswered() implements Action {
        @Override
        public Next run(Call call, Branches branches) {
            throw new WorldFailed("FindDocument: no answer in time");
        }
    }

    @Named("choose")
    @Doc("Goes to the first of these children that exists.")
    public record Choose(@Doc("The keys.") List<String> keys) implements Action {
        @Override
        public Next run(Call call, Branches branches) {
            return new Next.Child(keys);
        }
    }

    /// Returns another flow, with something still queued behind it, as a pivot might.
    @Named("go_to")
    @Doc("Goes on in another flow.")
    public record GoTo(@Doc("The flow.") String flow) implements Action {
        @Override
        public Next run(Call call, Branches branches) {
            call.tell(new Order.Play(call.nextNumber(), new Sound.Media("queued"), 1));
            call.pause(Duration.ofMillis(500));
            return new Next.Go(Flow.parse(flow));
        }
    }

    @Named("voicemail_like")
    @Doc("Records, and so learns of the hang-up as a result.")
    public record Voicemail() implements Action {
        @Override
        public Next run(Call call, Branches branches) {
            call.answer();
            call.record("r1", Duration.ofMinutes(1), Set.of());
            return Next.DEFAULT;
        }
    }

    private static final ScriptedDriver DRIVER = ScriptedDriver.flows(ACTIONS, Settings.DEFAULT);

    private static Outcome plays(Scenario scenario) {
        Outcome outcome = scenario.plays(DRIVER);
        assertThat(outcome.crashes()).isEmpty();
        return outcome;
    }

    private static List<String> entered(Outcome outcome) {
        return outcome.events(CallEvent.NodeEntered.class).stream()
                .map(event -> event.module() + " " + event.path())
                .toList();
    }

    private static String callflow(String id, String next) {
        return node("callflow", "{'id':'" + id + "'}", next);
    }

    private static String document(String flow) {
        return "{\"flow\":" + flow + "}";
    }

    @Test
    void a_flow_goes_on_at_the_chosen_child_and_each_node_is_told() {
        String flow =
                node(
                        "choose",
                        "{'keys':['x','b','a']}",
                        children("a", early("A"), "b", early("B"), "_", early("C")));
        Outcome call = plays(Scenario.callTo(flow));
        assertThat(call.heard()).containsExactly("B");
        assertThat(entered(call)).containsExactly("choose ", "play /children/b");
    }

    @Test
    void a_missing_child_falls_back_to_the_wildcard_and_without_one_the_call_ends() {
        String keys = "{'keys':['x']}";
        Outcome fallen = plays(Scenario.callTo(node("choose", keys, early("C"))));
        assertThat(fallen.heard()).containsExactly("C");
        String lost = node("choose", keys, children("a", early("A")));
        Outcome over = plays(Scenario.callTo(lost).isHungUp(480));
        assertThat(over.heard()).isEmpty();
        assertThat(over.ending().cause()).isEqualTo(HangupCause.NORMAL_CLEARING);
    }

    @Test
    void an_empty_child_exists_and_stops_the_flow() {
        String flow = node("choose", "{'keys':['x']}", children("x", "{}", "_", early("not this")));
        assertThat(plays(Scenario.callTo(flow)).heard()).isEmpty();
    }

    @Test
    void a_branch_leaves_the_wildcard_behind_and_it_follows_when_the_branch_stops() {
        Scenario scenario =
                Scenario.callTo(callflow("outer", early("last")))
                        .document("callflow", "outer", document(callflow("inner", early("second"))))
                        .document("callflow", "inner", document(early("first")));
        Outcome call = plays(scenario);
        assertThat(call.heard()).containsExactly("first", "second", "last");
    }

    @Test
    void a_branch_with_an_empty_wildcard_leaves_nothing_behind() {
        Scenario scenario =
                Scenario.callTo(callflow("outer", early("last")))
                        .document(
                                "callflow",
                                "outer",
                                document(node("callflow", "{'id':'inner'}", children("_", "{}"))))
                        .document("callflow", "inner", document(early("first")));
        assertThat(plays(scenario).heard()).containsExactly("first", "last");
    }

    @Test
    void a_hard_stop_does_not_take_up_what_branches_left_behind() {
        Scenario scenario =
                Scenario.callTo(callflow("outer", early("never")))
                        .document(
                                "callflow",
                                "outer",
                                document(early("first", node("hangup", "{}"))));
        assertThat(plays(scenario).heard()).containsExactly("first");
    }

    @Test
    void fifty_branches_are_allowed_and_one_more_ends_the_call() {
        Scenario endless =
                Scenario.callTo(callflow("again", early("never")))
                        .document(
                                "callflow",
                                "again",
                                document(callflow("again", early("nor this"))));
        Outcome call = plays(endless);
        assertThat(call.events(CallEvent.NodeEntered.class)).hasSize(51);
        assertThat(call.heard()).isEmpty();
        assertThat(call.notices().getLast().message()).contains("more than 50 branches");
    }

    @Test
    void more_nodes_than_the_budget_end_the_call() {
        Settings few = Settings.DEFAULT.with("callflow.max_node_count", "2");
        String flow = early("one", early("two", early("three")));
        Outcome call = Scenario.callTo(flow).plays(ScriptedDriver.flows(ACTIONS, few));
        assertThat(call.heard()).containsExactly("one", "two");
        assertThat(call.notices().getLast().message()).contains("more than 2 nodes");
    }

    @Test
    void a_skipped_node_goes_on_at_the_wildcard_and_only_true_skips() {
        for (String skips : List.of("true", "'true'")) {
            String flow = skippable(skips, early("next"));
            assertThat(plays(Scenario.callTo(flow)).heard()).containsExactly("next");
        }
        for (String not : List.of("false", "'yes'", "1", "{}")) {
            String flow = skippable(not, early("next"));
            assertThat(plays(Scenario.callTo(flow)).heard()).containsExactly("me", "next");
        }
    }

    private static String skippable(String skip, String next) {
        return node("play", "{'id':'me','answer':false,'skip_module':" + skip + "}", next);
    }

    @Test
    void an_unknown_action_is_skipped_and_the_author_is_told() {
        String flow = node("paly", "{}", node("conference", "{}", node("", "{}", early("next"))));
        Outcome call = plays(Scenario.callTo(flow));
        assertThat(call.heard()).containsExactly("next");
        assertThat(call.notices())
                .extracting(CallEvent.Noticed::path, CallEvent.Noticed::message)
                .containsExactly(
                        tuple("", "there is no action paly; the flow goes on at _"),
                        tuple(
                                "/children/_",
                                "Kazoo has the action conference, Fulcrum does not yet; the flow goes on at _"),
                        tuple(
                                "/children/_/children/_",
                                "there is no action ; the flow goes on at _"));
    }

    @Test
    void an_action_that_crashes_goes_on_at_the_wildcard_and_the_author_is_told() {
        Outcome call = plays(Scenario.callTo(node("crash", "{}", early("next"))));
        assertThat(call.heard()).containsExactly("next");
        assertThat(call.notices().getFirst().message()).contains("crash crashed").contains("a bug");
    }

    @Test
    void data_that_an_action_cannot_work_with_is_named_by_its_place() {
        Outcome call =
                plays(Scenario.callTo(early("a", node("callflow", "{'id':['x']}", early("b")))));
        assertThat(call.heard()).containsExactly("a", "b");
        assertThat(call.notices().getFirst().path()).isEqualTo("/children/_/data/id");
    }

    @Test
    void a_world_that_does_not_answer_goes_on_at_the_wildcard() {
        Outcome call = plays(Scenario.callTo(node("unanswered", "{}", early("next"))));
        assertThat(call.heard()).containsExactly("next");
        assertThat(call.notices().getFirst().message()).contains("no answer in time");
    }

    @Test
    void a_node_for_another_app_goes_to_remote_unavailable() {
        String remote =
                "{'module':'play','remote_execution':true,'data':{'id':'me'},'children':%s}";
        String both = children("REMOTE_UNAVAILABLE", early("nobody"), "_", early("C")).toString();
        assertThat(plays(Scenario.callTo(json(remote.formatted(both)))).heard())
                .containsExactly("nobody");
        String one = children("_", early("C")).toString();
        assertThat(plays(Scenario.callTo(json(remote.formatted(one)))).heard())
                .containsExactly("C");
    }

    @Test
    void a_returned_flow_takes_the_place_of_this_one_and_drops_what_is_queued() {
        String data = Json.object().put("flow", early("new")).toString();
        String flow = node("go_to", data, early("never"));
        Scenario scenario =
                Scenario.callTo(callflow("outer", early("last")))
                        .document("callflow", "outer", document(flow));
        Outcome call = plays(scenario);
        assertThat(call.heard()).containsExactly("queued", "new", "last");
        assertThat(call.lasted()).isEqualTo(Duration.ofMillis(500 + 2000 + 2000));
    }

    private static ScriptedDriver injecting(String flow) {
        return DRIVER.furnished(
                (world, baton) ->
                        baton.after(
                                Duration.ofSeconds(1),
                                "rest",
                                () ->
                                        world.calls()
                                                .postToOwner(
                                                        "call-1@caller",
                                                        new Value.FlowInjected(
                                                                "call-1@caller", flow))));
    }

    @Test
    void an_injected_flow_unwinds_the_running_action_and_keeps_what_was_left_behind() {
        Scenario scenario =
                Scenario.callTo(callflow("outer", early("last")))
                        .document("callflow", "outer", document(early("long", early("never"))))
                        .lasts("long", Duration.ofMinutes(1));
        Outcome call = scenario.plays(injecting(early("injected")));
        assertThat(call.heard()).containsExactly("long", "injected", "last");
        assertThat(call.lasted()).isEqualTo(Duration.ofSeconds(1 + 2 + 2));
    }

    @Test
    void an_injected_text_that_is_no_flow_goes_on_at_the_wildcard() {
        Outcome call =
                Scenario.callTo(early("long", early("next")))
                        .lasts("long", Duration.ofMinutes(1))
                        .plays(injecting("[]"));
        assertThat(call.heard()).containsExactly("long", "next");
        assertThat(call.notices().getFirst().message()).contains("must be a JSON object");
    }

    @Test
    void a_caller_who_leaves_ends_the_flow_and_nothing_more_is_run() {
        Scenario scenario =
                Scenario.callTo(callflow("outer", early("never")))
                        .document("callflow", "outer", document(early("heard", early("never"))))
                        .hears("heard")
                        .hangsUp();
        Outcome call = plays(scenario);
        assertThat(call.heard()).containsExactly("heard");
        assertThat(call.events(CallEvent.NodeEntered.class)).hasSize(2);
        assertThat(call.ending().byPerson()).isTrue();
    }

    @Test
    void an_action_that_learns_of_the_hang_up_as_a_result_is_the_last_one() {
        Scenario scenario =
                Scenario.callTo(node("voicemail_like", "{}", early("never")))
                        .waits(Duration.ofSeconds(3))
                        .hangsUp();
        assertThat(entered(plays(scenario))).containsExactly("voicemail_like ");
    }

    @Test
    void only_a_call_from_a_carrier_is_told_that_it_rings() {
        String flow = node("sleep", "{'duration':1}");
        assertThat(rings(Scenario.callTo(flow).comesFrom(Origin.carrier("c1")), DRIVER)).isTrue();
        assertThat(rings(Scenario.callTo(flow).comesFrom(Origin.device("d1")), DRIVER)).isFalse();
        ScriptedDriver silent =
                ScriptedDriver.flows(
                        ACTIONS, Settings.DEFAULT.with("callflow.ring_ready_offnet", "false"));
        assertThat(rings(Scenario.callTo(flow).comesFrom(Origin.carrier("c1")), silent)).isFalse();
    }

    private static boolean rings(Scenario scenario, ScriptedDriver driver) {
        return scenario.plays(driver).transcript().stream()
                .anyMatch(line -> line.contains("hears it ring"));
    }

    @Test
    void a_leg_that_another_call_takes_ends_the_flow_without_touching_the_leg() {
        ScriptedDriver taking =
                ScriptedDriver.of(
                        call -> {
                            if (call.facts().request().user().equals("take")) {
                                call.take("call-1@caller", TakeCondition.ALWAYS);
                                call.await(
                                        Want.of(
                                                LegEvent.HungUp.class,
                                                gone -> gone.legId().equals("call-1@caller")),
                                        Call.FOREVER);
                            } else {
                                new FlowInterpreter(ACTIONS, Settings.DEFAULT)
                                        .run(Flow.parse(early("heard", early("never"))), call);
                            }
                        });
        Scenario scenario = Scenario.callTo("{}").hears("heard");
        scenario.person("bob").calls("take").waits(Duration.ofSeconds(5));
        scenario.caller().hangsUp();
        Outcome outcome = scenario.plays(taking);
        assertThat(entered(outcome)).containsExactly("play ");
        assertThat(outcome.ending().byPerson()).isTrue();
        assertThat(outcome.ending().at()).isEqualTo(Baton.BEGINNING.plus(Duration.ofSeconds(5)));
    }
}
