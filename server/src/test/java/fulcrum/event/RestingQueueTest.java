package fulcrum.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

@Timeout(60)
class RestingQueueTest {
    private static final Duration PATIENCE = Duration.ofSeconds(50);
    private static final int MANY = 10_000;

    private final ScriptedWaits waits = new ScriptedWaits();
    private final Taken taken = new Taken();

    /// Remembers what was read, and where the reader had caught up: there is a `-` then.
    private static class Taken implements RestingQueue.Reader<String> {
        final List<String> items = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void take(String item) {
            items.add(item);
        }

        @Override
        public void caughtUp() {
            items.add("-");
        }
    }

    private RestingQueue<String> queue(int capacity) {
        return new RestingQueue<>("reading", capacity, taken, waits);
    }

    /// Has four threads do something at once, and waits for them.
    private static int fourTimes(FourTimes what) throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(4);
        int sum = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String name = "thread" + i;
                all.add(
                        threads.submit(
                                () -> {
                                    start.await();
                                    return what.by(name);
                                }));
            }
            for (Future<Integer> each : all) {
                sum += each.get();
            }
        }
        return sum;
    }

    private interface FourTimes {
        int by(String thread);
    }

    @Test
    void the_first_item_wakes_the_reader_and_what_comes_while_it_rests_wakes_nobody()
            throws InterruptedException {
        RestingQueue<String> queue = queue(100);
        waits.awaitSleep();
        queue.offer("a");
        waits.awaitRest();

        queue.offer("b");
        queue.offer("c");
        assertThat(taken.items).containsExactly("a", "-");
        assertThat(queue.depth()).isEqualTo(2);
        waits.endWait();
        waits.awaitRest();

        assertThat(taken.items).containsExactly("a", "-", "b", "c", "-");
        assertThat(waits.wakes).hasValue(1);
        assertThat(queue.close(PATIENCE)).isTrue();
    }

    @Test
    void a_rest_that_brought_nothing_is_followed_by_sleep_and_an_idle_queue_does_nothing_at_all()
            throws InterruptedException {
        AtomicReference<Thread> reading = new AtomicReference<>();
        AtomicInteger rests = new AtomicInteger();
        AtomicInteger sleeps = new AtomicInteger();
        RestingQueue.Waits parked =
                new RestingQueue.Waits() {
                    @Override
                    public void rest() {
                        rests.incrementAndGet();
                        RestingQueue.Waits.PARKED.rest();
                    }

                    @Override
                    public void sleep() {
                        reading.set(Thread.currentThread());
                        sleeps.incrementAndGet();
                        RestingQueue.Waits.PARKED.sleep();
                    }

                    @Override
                    public void wake(Thread thread) {
                        RestingQueue.Waits.PARKED.wake(thread);
                    }
                };
        RestingQueue<String> queue = new RestingQueue<>("reading", 100, taken, parked);
        awaitWaiting(reading);
        assertThat(rests).hasValue(0);
        assertThat(sleeps).hasValue(1);

        queue.offer("a");
        while (sleeps.get() < 2) {
            Thread.onSpinWait();
        }
        awaitWaiting(reading); // and not TIMED_WAITING: it does not tick
        assertThat(rests).hasValue(1);
        assertThat(sleeps).hasValue(2);
        assertThat(queue.close(PATIENCE)).isTrue();
        assertThat(taken.items).containsExactly("a", "-");
    }

    private static void awaitWaiting(AtomicReference<Thread> reading) {
        while (reading.get() == null || reading.get().getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void exactly_one_of_those_who_hand_in_wakes_a_sleeping_reader()
            throws InterruptedException, ExecutionException {
        for (int round = 0; round < 100; round++) {
            ScriptedWaits own = new ScriptedWaits();
            RestingQueue<String> queue = new RestingQueue<>("reading", 100, taken, own);
            own.awaitSleep();

            fourTimes(name -> queue.offer(name) ? 1 : 0);
            own.awaitRest();

            assertThat(own.wakes).hasValue(1);
            assertThat(queue.close(PATIENCE)).isTrue();
        }
        assertThat(taken.items).filteredOn(each -> !each.equals("-")).hasSize(400);
    }

    @Test
    void what_is_handed_in_while_the_reader_falls_asleep_is_read() throws InterruptedException {
        CompletableFuture<RestingQueue<String>> queue = new CompletableFuture<>();
        CountDownLatch isRead = new CountDownLatch(1);
        RestingQueue.Waits late =
                new RestingQueue.Waits() {
                    private boolean isDone;

                    @Override
                    public void rest() {
                        isRead.countDown();
                    }

                    @Override
                    public void sleep() {
                        if (!isDone) {
                            isDone = true;
                            queue.join().offer("late"); // it found nothing, and does not wait yet
                        }
                        LockSupport.park();
                    }

                    @Override
                    public void wake(Thread reading) {
                        LockSupport.unpark(reading);
                    }
                };
        queue.complete(new RestingQueue<>("reading", 100, taken, late));
        isRead.await();

        assertThat(taken.items).containsExactly("late", "-");
        assertThat(queue.join().close(PATIENCE)).isTrue();
    }

    @Test
    void a_reader_that_is_disturbed_without_a_reason_sleeps_on() throws InterruptedException {
        RestingQueue<String> queue = queue(100);
        waits.awaitSleep();
        waits.endWait();
        waits.awaitSleep();

        assertThat(waits.rests).hasValue(0);
        assertThat(taken.items).isEmpty();
        assertThat(queue.close(PATIENCE)).isTrue();
    }

    @Test
    void hurrying_ends_a_rest() throws InterruptedException {
        RestingQueue<String> queue = queue(100);
        waits.awaitSleep();
        queue.offer("a");
        waits.awaitRest();
        queue.offer("b");
        queue.hurry();
        waits.awaitRest();

        assertThat(taken.items).containsExactly("a", "-", "b", "-");
        assertThat(waits.wakes).hasValue(2);
        assertThat(queue.close(PATIENCE)).isTrue();
    }

    @Test
    void hurrying_a_reader_that_is_about_to_rest_makes_it_look_again_first()
            throws InterruptedException {
        CompletableFuture<RestingQueue<String>> queue = new CompletableFuture<>();
        Taken hurrying =
                new Taken() {
                    @Override
                    public void caughtUp() {
                        if (items.size() == 1) {
                            queue.join().offer("b");
                            queue.join().hurry();
                        }
                        super.caughtUp();
                    }
                };
        queue.complete(new RestingQueue<>("reading", 100, hurrying, waits));
        waits.awaitSleep();
        queue.join().offer("a");
        waits.awaitRest();

        assertThat(hurrying.items).containsExactly("a", "-", "b", "-");
        assertThat(waits.rests).hasValue(1);
        assertThat(waits.wakes).hasValue(1);
        assertThat(queue.join().close(PATIENCE)).isTrue();
    }

    @Test
    void a_full_queue_takes_nothing_more_and_a_limit_leaves_room_for_others()
            throws InterruptedException {
        RestingQueue<String> queue = queue(3);
        waits.awaitSleep();
        queue.offer("a");
        waits.awaitRest();

        assertThat(queue.offer("b", 2)).isTrue();
        assertThat(queue.offer("c", 2)).isTrue();
        assertThat(queue.offer("less important", 2)).isFalse();
        assertThat(queue.offer("d")).isTrue();
        assertThat(queue.offer("too many")).isFalse();
        assertThat(queue.depth()).isEqualTo(3);
        waits.endWait();
        waits.awaitRest();
        assertThat(queue.offer("e", 1)).isTrue();

        assertThat(queue.close(PATIENCE)).isTrue();
        assertThat(taken.items).containsExactly("a", "-", "b", "c", "d", "-", "e", "-");
    }

    @Test
    void closing_reads_what_waits_and_takes_nothing_more() throws InterruptedException {
        RestingQueue<String> queue = queue(100);
        waits.awaitSleep();
        queue.offer("a");
        waits.awaitRest();
        queue.offer("b");

        assertThat(queue.close(PATIENCE)).isTrue();
        assertThat(queue.offer("late")).isFalse();
        assertThat(queue.isClosed()).isTrue();
        assertThat(queue.depth()).isZero();
        assertThat(taken.items).containsExactly("a", "-", "b", "-");
    }

    @Test
    void what_each_thread_hands_in_stays_in_order_and_nothing_accepted_is_lost_by_closing()
            throws InterruptedException, ExecutionException {
        RestingQueue<String> queue = new RestingQueue<>("reading", 1_000_000, taken);
        AtomicInteger begun = new AtomicInteger();
        Thread closing =
                Thread.startVirtualThread(
                        () -> {
                            while (begun.get() < 4 * MANY / 2) {
                                Thread.onSpinWait();
                            }
                            try {
                                queue.close(PATIENCE);
                            } catch (InterruptedException interrupted) {
                                Thread.currentThread().interrupt();
                            }
                        });

        int accepted =
                fourTimes(
                        name -> {
                            int own = 0;
                            for (int i = 0; i < MANY; i++) {
                                begun.incrementAndGet();
                                own += queue.offer(name + " " + i) ? 1 : 0;
                            }
                            return own;
                        });
        closing.join();

        List<String> items = taken.items.stream().filter(each -> !each.equals("-")).toList();
        assertThat(accepted).isBetween(1, 4 * MANY);
        assertThat(items).hasSize(accepted);
        for (int i = 0; i < 4; i++) {
            String name = "thread" + i + " ";
            List<String> own = items.stream().filter(each -> each.startsWith(name)).toList();
            assertThat(own)
                    .isEqualTo(IntStream.range(0, own.size()).mapToObj(n -> name + n).toList());
        }
    }

    @Test
    void settling_waits_until_everything_said_before_is_read() throws InterruptedException {
        RestingQueue<String> queue = queue(100);
        waits.awaitSleep();
        queue.offer("a");
        waits.awaitRest();
        queue.offer("b");

        assertThat(queue.settle(PATIENCE)).isTrue();
        assertThat(taken.items).containsExactly("a", "-", "b", "-");
        assertThat(queue.close(PATIENCE)).isTrue();
        assertThat(queue.settle(PATIENCE)).isTrue();
    }
}
