package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.CallFacts;
import fulcrum.call.Dial;
import fulcrum.call.Journal;
import fulcrum.call.Order;
import fulcrum.call.Question;
import fulcrum.call.TakeResult;
import fulcrum.call.Value;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.ScriptedDriver;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

class DeadAirTest {
    /// What was ordered of the leg, in order.
    private static final class Orders implements Journal {
        private final List<Order> told = new ArrayList<>();

        @Override
        public void ordered(String legId, Order order) {
            told.add(order);
        }

        @Override
        public void arrived(Instant at, Value value) {}

        @Override
        public void asked(long number, Question<?> question) {}

        @Override
        public void dialled(Dial dial) {}

        @Override
        public void posted(String callId, Value value, boolean taken) {}

        @Override
        public void gave(Value.TakeAsked asked, TakeResult result) {}
    }

    @Test
    void the_caller_is_answered_and_hears_nothing_until_he_leaves() {
        Orders orders = new Orders();
        Scenario scenario =
                Scenario.callTo(node("dead_air", "{}", early("never")))
                        .hearsNothing(Duration.ofHours(25))
                        .hangsUp();
        Outcome call = scenario.plays(ScriptedDriver.flows().journalled(facts -> orders));
        assertThat(call.ending().answered()).isTrue();
        assertThat(call.heard()).isEmpty();
        assertThat(orders.told).containsExactly(new Order.Answer(), new Order.Mute(true));
    }

    @Test
    void a_flow_that_is_injected_is_heard_again() {
        Orders orders = new Orders();
        ScriptedDriver driver =
                ScriptedDriver.flows()
                        .journalled((CallFacts facts) -> orders)
                        .furnished(
                                (world, baton) ->
                                        baton.after(
                                                Duration.ofSeconds(1),
                                                "rest",
                                                () ->
                                                        world.calls()
                                                                .postToOwner(
                                                                        "call-1@caller",
                                                                        new Value.FlowInjected(
                                                                                "call-1@caller",
                                                                                early("new")))));
        Outcome call = Scenario.callTo(node("dead_air", "{}")).plays(driver);
        assertThat(call.heard()).containsExactly("new");
        assertThat(orders.told).contains(new Order.Mute(false));
    }
}
