package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Steps one after the other, whoever asks.
class TurnTest {
    private final Turn turn = new Turn();

    @Test
    void a_step_runs_at_once_and_one_asked_for_within_it_runs_after_it() {
        var order = new ArrayList<String>();
        turn.run(
                () -> {
                    turn.run(() -> order.add("inner"));
                    order.add("outer");
                });
        assertThat(order).containsExactly("outer", "inner");
    }

    @Test
    void a_step_that_fails_stops_neither_the_next_one_nor_the_thread() {
        var order = new ArrayList<String>();
        turn.run(
                () -> {
                    turn.run(() -> order.add("next"));
                    throw BadSip.badRequest("on purpose", 0);
                });
        turn.run(() -> order.add("last"));
        assertThat(order).containsExactly("next", "last");
    }

    @Test
    void steps_of_many_threads_never_overlap_and_all_run() throws InterruptedException {
        var inside = new AtomicInteger();
        var overlaps = new AtomicInteger();
        var done = new CountDownLatch(4 * 2_000);
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < 4; i++) {
            threads.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (var step = 0; step < 2_000; step++) {
                                            turn.run(
                                                    () -> {
                                                        overlaps.addAndGet(
                                                                inside.incrementAndGet() == 1
                                                                        ? 0
                                                                        : 1);
                                                        inside.decrementAndGet();
                                                        done.countDown();
                                                    });
                                        }
                                    }));
        }
        for (var thread : List.copyOf(threads)) {
            thread.join();
        }
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(overlaps).hasValue(0);
    }
}
