package fulcrum.storage;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Writes on their way to the database, in the order in which they came; one thread takes them, as many at once as are
/// there.
///
/// It takes them as soon as somebody waits for one of them. Those that nobody waits for linger, so that many share one
/// commit: until [#ENOUGH] are there, until the oldest has been there for `linger`, or until the queue is closed. So
/// the taking thread is woken twice for each commit and not for each write. The lock is held for a few instructions.
final class WriteQueue<T> {
    /// As many as this are worth a commit.
    static final int ENOUGH = 64;

    private static final int CAPACITY = 4096;
    private static final int AT_ONCE = 256;

    /// @param due by [System#nanoTime]
    private record Waiting<T>(T write, boolean isAwaited, long due) {}

    private final long lingerNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition hasRoom = lock.newCondition();
    private final Deque<Waiting<T>> waiting = new ArrayDeque<>();
    private int awaited;
    private boolean closed;

    WriteQueue(Duration linger) {
        lingerNanos = linger.toNanos();
    }

    /// Puts a write behind the others; waits while there are 4096.
    ///
    /// @throws StorageFailed when the queue is closed, or the caller's thread interrupted
    void put(T write, boolean isAwaited) {
        lock.lock();
        try {
            while (waiting.size() >= CAPACITY && !closed) {
                hasRoom.await();
            }
            if (closed) {
                throw new StorageFailed("the database is closed");
            }
            waiting.add(new Waiting<>(write, isAwaited, System.nanoTime() + lingerNanos));
            awaited += isAwaited ? 1 : 0;
            if (isAwaited || waiting.size() == 1 || waiting.size() == ENOUGH) {
                changed.signal();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StorageFailed("interrupted while waiting to write", interrupted);
        } finally {
            lock.unlock();
        }
    }

    /// Waits until writes are due and takes them, at most 256; for one thread.
    ///
    /// @return none when the queue is closed and empty
    List<T> take() {
        lock.lock();
        try {
            awaitDue();
            List<T> taken = new ArrayList<>();
            while (!waiting.isEmpty() && taken.size() < AT_ONCE) {
                Waiting<T> next = waiting.remove();
                awaited -= next.isAwaited ? 1 : 0;
                taken.add(next.write);
            }
            hasRoom.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private boolean isDue() {
        return closed || awaited > 0 || waiting.size() >= ENOUGH || nanosLeft() <= 0;
    }

    private long nanosLeft() {
        Waiting<T> oldest = waiting.peek();
        return oldest == null ? Long.MAX_VALUE : oldest.due - System.nanoTime();
    }

    private void awaitDue() {
        while (!isDue()) {
            try {
                var _ = changed.awaitNanos(nanosLeft());
            } catch (InterruptedException _) {
                // nobody has a reason to; the taking thread ends when the queue is closed
            }
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /// What is there is due now, and nothing more is taken in.
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
            hasRoom.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
