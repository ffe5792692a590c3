package fulcrum.sip;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The machine's clock, with one platform thread named `sip-timer` that runs every due action.
public final class TimerThread implements SipClock, AutoCloseable {
    private final ScheduledThreadPoolExecutor queue;
    private final long bornMillis = System.currentTimeMillis();
    private final long bornNanos = System.nanoTime();

    /// Starts the thread.
    public TimerThread() {
        queue =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("sip-timer").factory());
        // Nearly every timer of a good call is cancelled; it must not stay in memory until it would
        // have run.
        queue.setRemoveOnCancelPolicy(true);
        queue.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /// Milliseconds since 1970 as the machine had it when the thread was started, and evenly on from there: whoever
    /// sets the machine's clock moves no timer.
    @Override
    public long nowMillis() {
        return bornMillis + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - bornNanos);
    }

    /// @throws RejectedExecutionException never: after [#close] actions are dropped
    @Override
    public Alarm schedule(long delayMillis, Runnable action) {
        var future = queue.schedule(action, delayMillis, TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }

    /// Stops the thread and drops what was pending.
    @Override
    public void close() {
        queue.shutdownNow();
    }
}
