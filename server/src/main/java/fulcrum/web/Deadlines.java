package fulcrum.web;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// Ends what takes too long, and wakes nobody for what does not.
///
/// One thread looks through what is running when the first deadline it knows of has come, whether or not that one is
/// still running; something new wakes it only when it is due before that. So on a busy server it looks a few times a
/// minute, however many exchanges begin and end meanwhile. It looks at most once in [#GRAIN_NANOS]: that much later
/// than its deadline something may be told that it is late. When nothing was running at its last look, it sleeps.
final class Deadlines implements AutoCloseable {
    /// 20 ms.
    static final long GRAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /// The answer of [#look] when nothing is running.
    static final long NEVER = Long.MAX_VALUE;

    /// What is running.
    interface Timed {
        /// When it is to be over, in the time of [Deadlines#now]; always the same.
        long due();

        /// It is not over yet. Must not block.
        void tooLate();
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Timed> running = new HashSet<>();
    private final long born = System.nanoTime();
    private final Runnable wake;
    private long nextLook = NEVER;
    private volatile boolean closed;

    /// @param wake called when somebody should [#look] earlier than that said
    Deadlines(Runnable wake) {
        this.wake = wake;
    }

    /// Starts the thread.
    Deadlines(String threadName) {
        Thread thread = Thread.ofPlatform().daemon().name(threadName).unstarted(this::watch);
        wake = () -> LockSupport.unpark(thread);
        thread.start();
    }

    /// Nanoseconds since some moment.
    long now() {
        return System.nanoTime() - born;
    }

    void begin(Timed one) {
        boolean sooner;
        lock.lock();
        try {
            running.add(one);
            sooner = one.due() < nextLook;
            if (sooner) {
                nextLook = one.due(); // one waker is enough
            }
        } finally {
            lock.unlock();
        }
        if (sooner) {
            wake.run();
        }
    }

    void end(Timed one) {
        lock.lock();
        try {
            running.remove(one);
        } finally {
            lock.unlock();
        }
    }

    /// Ends what is too late.
    ///
    /// @return when to look again
    long look(long now) {
        List<Timed> late = new ArrayList<>();
        long next;
        lock.lock();
        try {
            long first = NEVER;
            for (Iterator<Timed> all = running.iterator(); all.hasNext(); ) {
                Timed one = all.next();
                if (one.due() <= now) {
                    all.remove();
                    late.add(one);
                } else {
                    first = Math.min(first, one.due());
                }
            }
            next = Math.max(first, now + GRAIN_NANOS);
            nextLook = next;
        } finally {
            lock.unlock();
        }
        late.forEach(Timed::tooLate);
        return next;
    }

    private void watch() {
        while (!closed) {
            long next = look(now());
            if (next == NEVER) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, next - now());
            }
        }
    }

    /// Whether nothing is told any more that it is late.
    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        wake.run();
    }
}
