package fulcrum.sip;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The machine's clock, with one platform thread named `sip-timer` that runs every due action.
///
/// It ticks every 10 ms: an action runs up to a tick late, never early. Nearly every timer of a good call is cancelled,
/// so starting and cancelling are what must be cheap: they wake the thread only when it would sleep beyond the new
/// timer, which on a busy server is never. Without timers it sleeps until there is one.
public final class TimerThread implements SipClock, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TimerThread.class);
    private static final long TICK_MILLIS = 10;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);

    /// A hundred years: longer delays would overflow, and nobody will see them end.
    private static final long LONGEST_MILLIS = TimeUnit.DAYS.toMillis(36_525);

    private final TimerWheel wheel = new TimerWheel(this::wake);
    private final long bornMillis = System.currentTimeMillis();
    private final long bornNanos = System.nanoTime();
    private final Thread thread;
    private volatile boolean closed;

    /// Starts the thread.
    public TimerThread() {
        thread = Thread.ofPlatform().daemon().name("sip-timer").unstarted(this::tick);
        thread.start();
    }

    /// Milliseconds since 1970 as the machine had it when the thread was started, and evenly on from there: whoever
    /// sets the machine's clock moves no timer.
    @Override
    public long nowMillis() {
        return bornMillis + TimeUnit.NANOSECONDS.toMillis(elapsed());
    }

    private long elapsed() {
        return System.nanoTime() - bornNanos;
    }

    /// After [#close] actions are dropped.
    @Override
    public Alarm schedule(long delayMillis, Runnable action) {
        if (closed) {
            return () -> {};
        }
        long delay = Math.clamp(delayMillis, 0, LONGEST_MILLIS);
        long due = elapsed() + TimeUnit.MILLISECONDS.toNanos(delay);
        return wheel.add(Math.ceilDiv(due, TICK_NANOS), action);
    }

    private void wake() {
        LockSupport.unpark(thread);
    }

    private void tick() {
        List<TimerWheel.Entry> due = new ArrayList<>();
        while (!closed) {
            wheel.turn(elapsed() / TICK_NANOS, due);
            due.forEach(TimerThread::run);
            due.clear();
            long next = wheel.rest();
            if (next == TimerWheel.NEVER) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, next * TICK_NANOS - elapsed());
            }
        }
    }

    /// An action that fails must not stop those after it.
    private static void run(TimerWheel.Entry entry) {
        Runnable action = entry.take();
        if (action == null) {
            return;
        }
        try {
            action.run();
        } catch (RuntimeException bug) {
            LOG.error("the action of a timer failed; please report it", bug);
        }
    }

    /// Stops the thread and drops what was pending.
    @Override
    public void close() {
        closed = true;
        wake();
    }
}
