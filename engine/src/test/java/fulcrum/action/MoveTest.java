package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.Call;
import fulcrum.call.Dial;
import fulcrum.call.DialResult;
import fulcrum.call.Leg;
import fulcrum.flow.FlowInterpreter;
import fulcrum.flow.FlowRouter;
import fulcrum.flow.Settings;
import fulcrum.sdk.Origin;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.ScriptedDriver;
import fulcrum.sdk.ScriptedWorld;
import fulcrum.sdk.Step;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class MoveTest {
    private static final String CODE = "*6683";
    private static final Dial.Endpoint DEVICE_OF_U1 =
            new Dial.Endpoint("d1", "device", List.of("u1"));

    private final FlowInterpreter interpreter =
            new FlowInterpreter(Actions.catalog(), Settings.DEFAULT);
    private final List<ScriptedWorld> worlds = new ArrayList<>();

    /// A number that is a person's name rings that person; other numbers have flows.
    private void body(Call call) {
        String number = call.facts().request().user();
        switch (number) {
            case "alice" -> talk(call, number, DEVICE_OF_U1);
            case "bob", "carol" -> talk(call, number, Dial.Endpoint.NONE);
            case "wait" -> call.pause(Call.FOREVER);
            default -> interpreter.run(new FlowRouter().flowFor(call), call);
        }
    }

    private static void talk(Call call, String name, Dial.Endpoint endpoint) {
        Dial dial =
                Dial.to(
                                "sip:" + name + "@scenario.example",
                                call.facts().accountId(),
                                Dial.Caller.of("", "1"))
                        .withEndpoint(endpoint);
        Leg leg = call.dial(dial);
        if (call.awaitAnswer(List.of(leg), Duration.ofSeconds(20)) instanceof DialResult.Answered) {
            call.answer();
            call.bridge(leg);
        }
    }

    private Scenario scenario() {
        return Scenario.scenario()
                .callflow(CODE, node("move", "{}", early("never")))
                .comesFrom(Origin.device("d2", "u1"))
                .document("device", "d1", json("{'owner_id':'u1'}"))
                .document("device", "d2", json("{'owner_id':'u1'}"));
    }

    private Outcome plays(Scenario scenario) {
        Outcome outcome =
                scenario.plays(
                        ScriptedDriver.of(this::body)
                                .furnished((world, baton) -> worlds.add(world)));
        assertThat(outcome.crashes()).isEmpty();
        assertThat(worlds.getLast().calls().cards()).isEmpty();
        assertThat(worlds.getLast().calls().living()).isEmpty();
        return outcome;
    }

    @Test
    void a_conversation_that_the_other_phone_was_called_for_comes_over() {
        Scenario scenario = scenario();
        scenario.person("bob").calls("alice");
        scenario.person("alice").isRinging().answers().isBridgedTo(scenario.person("bob"));
        scenario.caller().calls(CODE);
        scenario.person("alice").isHungUp();
        scenario.isBridgedTo("bob").waits(Duration.ofSeconds(3)).hangsUp();
        scenario.person("bob").isHungUp();
        Outcome outcome = plays(scenario);
        assertThat(outcome.ending().answered()).isTrue();
        assertThat(outcome.heard()).isEmpty();
    }

    @Test
    void a_conversation_that_the_other_phone_began_comes_over() {
        Scenario scenario = scenario();
        scenario.person("bob");
        scenario.caller().calls("bob");
        scenario.person("bob").isRinging().answers().isBridgedTo(scenario.caller());
        scenario.caller().calls(CODE);
        scenario.isBridgedTo("bob").waits(Duration.ofSeconds(3));
        scenario.person("bob").hangsUp();
        scenario.isHungUp();
        assertThat(plays(scenario).ending().answered()).isTrue();
    }

    private List<String> refused(Scenario scenario) {
        scenario.caller().calls(CODE).isHungUp();
        scenario.person("bob").hangsUp();
        Outcome outcome = plays(scenario);
        assertThat(outcome.ending().answered()).isFalse();
        return outcome.heard();
    }

    @Test
    void without_another_conversation_there_is_nothing_to_move() {
        Scenario alone = scenario();
        alone.person("bob").calls("wait");
        assertThat(refused(alone)).containsExactly("cf-move-no_channel");
    }

    @Test
    void a_phone_that_still_rings_has_no_conversation() {
        Scenario ringing = scenario();
        ringing.person("bob").calls("alice");
        ringing.person("alice").isRinging();
        assertThat(refused(ringing)).containsExactly("cf-move-no_channel");
    }

    @Test
    void somebody_elses_conversation_is_left_alone() {
        Scenario others = scenario();
        others.person("bob").calls("carol");
        others.person("carol").isRinging().answers();
        assertThat(refused(others)).containsExactly("cf-move-no_channel");
    }

    @Test
    void of_two_conversations_none_is_moved() {
        Scenario two = scenario();
        two.person("bob").calls("alice");
        two.person("alice").isRinging().answers();
        two.person("dora").calls("alice");
        two.caller().calls(CODE).isHungUp();
        two.person("bob").hangsUp();
        two.person("dora").hangsUp();
        assertThat(plays(two).heard()).containsExactly("cf-move-too_many_channels");
    }

    @Test
    void a_phone_without_user_moves_nothing() {
        Scenario nobody = scenario().comesFrom(Origin.device("d3"));
        nobody.person("bob").calls("wait");
        assertThat(refused(nobody)).containsExactly("cf-move-no_owner");
    }

    @Test
    void a_peer_who_leaves_at_that_very_instant_leaves_nobody_hanging() {
        Step calls = new Step.Calls("caller", CODE, "", "1", Map.of());
        Step leaves = new Step.HangsUp("bob");
        for (List<Step> together : List.of(List.of(calls, leaves), List.of(leaves, calls))) {
            Scenario scenario = scenario();
            scenario.person("bob").calls("alice");
            scenario.person("alice").isRinging().answers();
            scenario.atOnce(together.toArray(Step[]::new));
            assertThat(plays(scenario.isHungUp()).heard()).isSubsetOf("cf-move-no_channel");
        }
    }
}
