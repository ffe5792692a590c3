package fulcrum.event;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.CallEvent;
import fulcrum.call.EventSink;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;

@Timeout(60)
class EventQueueTest {
    private final List<CallEvent> taken = Collections.synchronizedList(new ArrayList<>());

    /// A sink that is busy with its first event until it is let go.
    private final class Busy implements EventSink {
        final CountDownLatch isBusy = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public void emit(CallEvent event) {
            taken.add(event);
            isBusy.countDown();
            try {
                goOn.await();
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void events_are_passed_on_in_order_on_the_queues_own_thread() {
        List<String> threads = Collections.synchronizedList(new ArrayList<>());
        List<CallEvent> sent =
                List.of(Events.started(), Events.answered(), Events.entered(), Events.ended());
        try (EventQueue queue =
                new EventQueue(
                        event -> {
                            taken.add(event);
                            threads.add(Thread.currentThread().getName());
                        })) {
            sent.forEach(queue::emit);
        }

        assertThat(taken).isEqualTo(sent);
        assertThat(threads).containsOnly("events");
    }

    @Test
    void a_busy_sink_holds_nobody_up_and_details_are_dropped_before_the_rest()
            throws InterruptedException {
        Busy busy = new Busy();
        EventQueue queue = new EventQueue(busy, 4);
        queue.emit(Events.started());
        busy.isBusy.await();

        queue.emit(Events.entered());
        queue.emit(Events.entered());
        queue.emit(Events.entered()); // half full: no more of these
        queue.emit(Events.answered());
        queue.emit(Events.ended());
        int depth = queue.depth();
        queue.emit(Events.ended()); // full: no more of anything

        busy.goOn.countDown();
        queue.close();
        assertThat(depth).isEqualTo(4);
        assertThat(queue.dropped()).isEqualTo(2);
        assertThat(taken)
                .containsExactly(
                        Events.started(),
                        Events.entered(),
                        Events.entered(),
                        Events.answered(),
                        Events.ended());
    }

    @Test
    void a_sink_that_fails_gets_the_next_event_all_the_same() {
        try (EventQueue queue =
                new EventQueue(
                        event -> {
                            taken.add(event);
                            throw new IllegalStateException("a bug");
                        })) {
            queue.emit(Events.started());
            queue.emit(Events.ended());
        }

        assertThat(taken).hasSize(2);
    }

    @Test
    void closing_passes_on_what_waits_and_drops_what_comes_after() {
        EventQueue queue = new EventQueue(taken::add);
        for (int i = 0; i < 1000; i++) {
            queue.emit(Events.started("call" + i));
        }
        queue.close();
        queue.emit(Events.answered());

        assertThat(taken).hasSize(1000);
        assertThat(queue.dropped()).isEqualTo(1);
        assertThat(queue.depth()).isZero();
    }

    @Test
    void one_sink_that_fails_does_not_keep_an_event_from_the_others() {
        EventFan fan =
                new EventFan(
                        List.of(
                                event -> {
                                    throw new IllegalStateException("a bug");
                                },
                                taken::add));

        fan.emit(Events.started());

        assertThat(taken).containsExactly(Events.started());
    }
}
