package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.CallEvent;
import fulcrum.call.Value;
import fulcrum.flow.ActionType;
import fulcrum.flow.SchemaWriter;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.ScriptedDriver;
import fulcrum.sdk.ScriptedWorld;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What holds for every action, whatever it does.
class EveryActionTest {
    private static final Duration WHEN = Duration.ofMillis(700);

    /// An action that can wait, with data with which it does so for long.
    record Waiter(String module, String data) {
        @Override
        public String toString() {
            return module;
        }
    }

    static List<Waiter> waiters() {
        return List.of(
                new Waiter("play", "{'id':'long','terminators':[]}"),
                new Waiter("tts", "{'text':'long','endless_playback':true}"),
                new Waiter("collect_dtmf", "{'max_digits':5,'timeout':60000}"),
                new Waiter("sleep", "{'duration':60}"),
                new Waiter("wait_for_hangup", "{}"),
                new Waiter("dead_air", "{}"),
                new Waiter("menu", "{'id':'m1'}"),
                new Waiter("pivot", "{'voice_url':'http://handler.example/slow'}"),
                new Waiter("dynamic_cid", "{'media_id':'long'}"),
                new Waiter("call_forward", "{'action':'menu'}"),
                new Waiter("call_waiting", "{}"),
                new Waiter("do_not_disturb", "{'action':'toggle'}"),
                new Waiter("move", "{}"),
                new Waiter("intercom", "{}"),
                new Waiter("device", "{'id':'d1'}"),
                new Waiter("user", "{'id':'u1','strategy':'single'}"),
                new Waiter("group", "{'id':'g1'}"),
                new Waiter("ring_group", "{'endpoints':['d1','u1'],'repeats':3,'ringback':'long'}"),
                new Waiter("response", "{'code':404,'media':'long'}"));
    }

    private final List<ScriptedWorld> worlds = new ArrayList<>();

    private static Scenario scenario(String module, String data) {
        return Scenario.callTo(
                        node("answer", "{}", node("noop", "{}", node(module, data, early("next")))))
                .document("user", "u1", "{}")
                .document("device", "d1", "{\"owner_id\":\"u1\"}")
                .document("group", "g1", "{\"endpoints\":{\"u1\":{\"type\":\"user\"}}}")
                .registers("bob", "d1")
                .registers("carol", "d1")
                .lasts("long", Duration.ofMinutes(1))
                .handlerTakes(Duration.ofSeconds(4));
    }

    private Outcome plays(Scenario scenario, ScriptedDriver driver) {
        Outcome outcome = scenario.plays(driver);
        nothingIsLeft(outcome);
        return outcome;
    }

    private void nothingIsLeft(Outcome outcome) {
        assertThat(outcome.crashes()).isEmpty();
        assertThat(worlds.getLast().calls().cards()).isEmpty();
        assertThat(worlds.getLast().calls().living()).isEmpty();
        assertThat(outcome.events(CallEvent.Ended.class)).hasSize(1);
    }

    private ScriptedDriver driver() {
        return ScriptedDriver.flows().furnished((world, baton) -> worlds.add(world));
    }

    @ParameterizedTest
    @MethodSource("waiters")
    void the_caller_leaving_ends_it_and_nothing_is_left(Waiter waiter) {
        Outcome outcome =
                plays(scenario(waiter.module, waiter.data).waits(WHEN).hangsUp(), driver());
        assertThat(outcome.lasted()).isEqualTo(WHEN);
        assertThat(outcome.heard()).doesNotContain("next");
    }

    @ParameterizedTest
    @MethodSource("waiters")
    void a_flow_that_is_injected_takes_its_place(Waiter waiter) {
        ScriptedDriver injecting =
                ScriptedDriver.flows()
                        .furnished(
                                (world, baton) -> {
                                    worlds.add(world);
                                    baton.after(WHEN, "rest", () -> inject(world));
                                });
        Outcome outcome = plays(scenario(waiter.module, waiter.data), injecting);
        if (waiter.module.equals(
                "response")) { // it has told the leg to end, and nothing can be added to that
            assertThat(outcome.heard()).doesNotContain("injected");
            return;
        }
        assertThat(outcome.heard()).endsWith("injected").doesNotContain("next");
        assertThat(outcome.lasted()).isEqualTo(WHEN.plusSeconds(2));
    }

    private static void inject(ScriptedWorld world) {
        String legId = "call-1@caller";
        world.calls().postToOwner(legId, new Value.FlowInjected(legId, early("injected")));
    }

    @Test
    void the_caller_leaving_at_the_instant_it_begins_or_ends_is_no_special_case() {
        for (Waiter waiter : waiters()) {
            Scenario scenario =
                    scenario(waiter.module, waiter.data)
                            .lasts("long", WHEN)
                            .handlerTakes(WHEN)
                            .waits(WHEN)
                            .hangsUp();
            if (!waiter.module.equals("response")) { // which ends the call itself at that instant
                int orders = driver().everyOrder(scenario, 5000, this::nothingIsLeft);
                assertThat(orders).as(waiter.module).isGreaterThan(0);
            }
        }
    }

    @Test
    void skipping_it_goes_on_at_the_wildcard_without_running_it() {
        for (ActionType type : Actions.catalog().all()) {
            String flow = node(type.name(), "{'skip_module':true}", early("next"));
            Outcome outcome = plays(Scenario.callTo(flow), driver());
            assertThat(outcome.heard()).as(type.name()).containsExactly("next");
            assertThat(outcome.events(CallEvent.NodeEntered.class)).hasSize(1);
        }
    }

    @Test
    void data_of_the_wrong_kind_never_makes_it_crash() {
        for (ActionType type : Actions.catalog().all()) {
            boolean endless = List.of("wait_for_hangup", "dead_air").contains(type.name());
            for (String name : fields(type)) {
                for (String value : List.of("[]", "{}", "5", "'x'", "null")) {
                    Scenario scenario = scenario(type.name(), "{'" + name + "':" + value + "}");
                    Scenario whole = endless ? scenario.waits(WHEN).hangsUp() : scenario;
                    Outcome outcome = plays(whole, driver());
                    assertThat(outcome.notices())
                            .as(type.name() + " " + name + " " + value)
                            .noneMatch(notice -> notice.message().contains("crashed"));
                }
            }
        }
    }

    private static Set<String> fields(ActionType type) {
        return new TreeSet<>(SchemaWriter.schema(type).path("properties").propertyNames());
    }
}
