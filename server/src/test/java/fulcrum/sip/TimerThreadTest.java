package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

class TimerThreadTest {
    private final TimerThread timer = new TimerThread();

    @AfterEach
    void close() {
        timer.close();
    }

    private static <T> T soon(CompletableFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(30, TimeUnit.SECONDS);
    }

    @Test
    void no_action_runs_before_its_time() throws Exception {
        for (long delay = 0; delay < 40; delay += 3) {
            CompletableFuture<Long> ran = new CompletableFuture<>();
            long begun = System.nanoTime();
            timer.schedule(delay, () -> ran.complete(System.nanoTime()));
            assertThat(soon(ran) - begun).isGreaterThanOrEqualTo(delay * 1_000_000);
        }
    }

    @Test
    void a_short_timer_wakes_the_thread_from_the_sleep_for_a_long_one() throws Exception {
        CompletableFuture<String> ran = new CompletableFuture<>();
        timer.schedule(3_600_000, () -> ran.complete("long"));
        timer.schedule(1, () -> ran.complete("short"));
        assertThat(soon(ran)).isEqualTo("short");
    }

    @Test
    void a_cancelled_action_does_not_run() throws Exception {
        CompletableFuture<String> ran = new CompletableFuture<>();
        timer.schedule(20, () -> ran.complete("cancelled")).cancel();
        timer.schedule(40, () -> ran.complete("kept"));
        assertThat(soon(ran)).isEqualTo("kept");
    }

    @Test
    void an_action_that_fails_stops_no_other() throws Exception {
        CompletableFuture<String> ran = new CompletableFuture<>();
        timer.schedule(
                0,
                () -> {
                    throw new IllegalStateException("a failure that belongs to this test");
                });
        timer.schedule(20, () -> ran.complete("after it"));
        assertThat(soon(ran)).isEqualTo("after it");
    }

    @Test
    void the_longest_delay_is_no_short_one() throws Exception {
        CompletableFuture<String> ran = new CompletableFuture<>();
        timer.schedule(Long.MAX_VALUE, () -> ran.complete("for ever"));
        timer.schedule(20, () -> ran.complete("soon"));
        assertThat(soon(ran)).isEqualTo("soon");
    }

    @Test
    void a_closed_clock_drops_what_it_is_given() {
        timer.close();
        timer.schedule(0, () -> {}).cancel();
    }
}
