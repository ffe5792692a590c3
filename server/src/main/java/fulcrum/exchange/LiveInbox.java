package fulcrum.exchange;

import fulcrum.call.Inbox;
import fulcrum.call.LegEvent;
import fulcrum.call.Value;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// An inbox on the wall clock. Any thread posts, one thread reads; the lock is held for a few instructions only.
///
/// It holds at most [#MOST] unread values. A value that does not fit is refused and ends the call: a [LegEvent.HungUp]
/// always fits, so the owner learns of it.
final class LiveInbox implements Inbox {
    /// More unread values than this mean that the call does not keep up.
    static final int MOST = 1000;

    private final Clock clock;
    private final Runnable overflow;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Value> unread = new ArrayDeque<>();
    private boolean ended;
    private boolean overflowed;
    private volatile Instant oldestUnread = Instant.MAX;

    /// @param overflow called once, without the lock, when a value did not fit
    LiveInbox(Clock clock, Runnable overflow) {
        this.clock = clock;
        this.overflow = overflow;
    }

    @Override
    public boolean post(Value value) {
        boolean tellOverflow;
        lock.lock();
        try {
            if (ended) {
                return false;
            }
            if (unread.size() < MOST || value instanceof LegEvent.HungUp) {
                if (unread.isEmpty()) {
                    oldestUnread = clock.instant();
                }
                unread.add(value);
                arrived.signal();
                return true;
            }
            tellOverflow = !overflowed;
            overflowed = true;
        } finally {
            lock.unlock();
        }
        if (tellOverflow) {
            overflow.run();
        }
        return false;
    }

    @Override
    public Arrival next(Instant deadline) {
        lock.lock();
        try {
            while (unread.isEmpty()) {
                long nanos = nanosUntil(deadline);
                if (nanos <= 0) {
                    return new Arrival(clock.instant(), new Value.Elapsed());
                }
                arrived.awaitNanos(nanos);
            }
            Value value = unread.remove();
            Instant now = clock.instant();
            oldestUnread = unread.isEmpty() ? Instant.MAX : now;
            return new Arrival(now, value);
        } catch (InterruptedException stopped) {
            throw new ExchangeFailed(
                    "the call's thread was interrupted: the server is stopping", stopped);
        } finally {
            lock.unlock();
        }
    }

    private long nanosUntil(Instant deadline) {
        return deadline.equals(FOREVER)
                ? Long.MAX_VALUE
                : Duration.between(clock.instant(), deadline).toNanos();
    }

    /// Since when the owner has had something to read; absent when it has read everything. For the watchdog.
    Optional<Instant> waitingSince() {
        Instant since = oldestUnread;
        return since.equals(Instant.MAX) ? Optional.empty() : Optional.of(since);
    }

    @Override
    public List<Value> withdraw(String legId) {
        List<Value> withdrawn = new ArrayList<>();
        lock.lock();
        try {
            for (Iterator<Value> values = unread.iterator(); values.hasNext(); ) {
                Value value = values.next();
                if (value instanceof LegEvent event && event.legId().equals(legId)) {
                    values.remove();
                    withdrawn.add(value);
                }
            }
            return withdrawn;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Value> end() {
        lock.lock();
        try {
            ended = true;
            oldestUnread = Instant.MAX;
            List<Value> neverRead = List.copyOf(unread);
            unread.clear();
            return neverRead;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return unread.size();
        } finally {
            lock.unlock();
        }
    }
}
