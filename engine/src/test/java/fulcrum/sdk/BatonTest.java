package fulcrum.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fulcrum.call.Inbox;
import fulcrum.call.Value;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

class BatonTest {
    private static Value.Message word(String body) {
        return new Value.Message("test", "word", body);
    }

    private static String text(Inbox.Arrival arrival) {
        return arrival.value() instanceof Value.Message message ? message.body() : "elapsed";
    }

    @Test
    void time_passes_only_when_everything_waits() {
        Baton baton = new Baton();
        BatonInbox inbox = new BatonInbox(baton);
        List<String> seen = new ArrayList<>();
        baton.start(
                "reader",
                () -> {
                    for (int i = 0; i < 3; i++) {
                        Inbox.Arrival arrival = inbox.next(baton.now().plusSeconds(3));
                        seen.add(baton.elapsed() + " " + text(arrival));
                    }
                },
                thrown -> seen.add(thrown.toString()));
        baton.after(Duration.ofSeconds(2), "writer", () -> inbox.post(word("two")));
        baton.after(Duration.ofMinutes(2), "writer", () -> inbox.post(word("late")));

        baton.run();

        assertThat(seen).containsExactly("PT2S two", "PT5S elapsed", "PT8S elapsed");
        assertThat(baton.stuck()).isEmpty();
    }

    @Test
    void what_waits_without_a_deadline_is_named_and_ended_on_close() {
        Baton baton = new Baton();
        BatonInbox inbox = new BatonInbox(baton);
        baton.start("orphan", () -> inbox.next(Inbox.FOREVER), thrown -> {});
        baton.run();
        assertThat(baton.stuck()).containsExactly("orphan");
        baton.close();
        assertThat(baton.stuck()).isEmpty();
    }

    @Test
    void two_that_wake_each_other_for_ever_at_one_instant_are_a_runaway() {
        Baton baton = new Baton();
        BatonInbox ping = new BatonInbox(baton);
        baton.start(
                "echo",
                () -> {
                    while (true) {
                        ping.next(Inbox.FOREVER);
                        baton.after(Duration.ZERO, "pong", () -> ping.post(word("again")));
                    }
                },
                thrown -> {});
        ping.post(word("begin"));
        assertThatThrownBy(baton::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("runaway at PT0S".replace("runaway at", "runaway: at"))
                .hasMessageContaining("without time passing");
        baton.close();
    }

    @Test
    void every_order_of_one_instant_is_tried_and_a_lane_keeps_its_order() {
        Set<String> orders = new TreeSet<>();
        int tried =
                Baton.everyOrder(
                        100,
                        baton -> {
                            StringBuilder order = new StringBuilder();
                            baton.after(Duration.ZERO, "a", () -> order.append("a"));
                            baton.after(Duration.ZERO, "a", () -> order.append("A"));
                            baton.after(Duration.ZERO, "b", () -> order.append("b"));
                            baton.run();
                            orders.add(order.toString());
                        });
        assertThat(orders).containsExactly("aAb", "abA", "baA");
        assertThat(tried).isEqualTo(3);
    }

    @Test
    void more_orders_than_allowed_are_an_error_not_a_silent_cut() {
        assertThatThrownBy(
                        () ->
                                Baton.everyOrder(
                                        5,
                                        baton -> {
                                            for (int i = 0; i < 3; i++) {
                                                baton.after(Duration.ZERO, "lane" + i, () -> {});
                                            }
                                            baton.run();
                                        }))
                .hasMessageContaining("more than 5 orders");
    }
}
