package fulcrum.exchange;

import fulcrum.call.Inbox;
import fulcrum.call.LegEvent;
import fulcrum.call.Value;
import fulcrum.sip.SipClock;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// An inbox on the wall clock. Any thread posts, one thread reads; the lock is held for a few instructions only.
///
/// A wait with a deadline is a plain park and an alarm, which is left standing when the wait ends early: most do, and
/// the next wait usually ends later than the alarm, which sees to that when it rings. So a call that waits a hundred
/// times sets few alarms. An alarm rings up to a tick of its clock late and never ends a wait before the wall clock is
/// there.
///
/// It holds at most [#MOST] unread values. A value that does not fit is refused and ends the call: a [LegEvent.HungUp]
/// always fits, so the owner learns of it.
final class LiveInbox implements Inbox {
    /// More unread values than this mean that the call does not keep up.
    static final int MOST = 1000;

    private final Clock clock;
    private final SipClock alarms;
    private final Runnable overflow;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Value> unread = new ArrayDeque<>();

    /// The owner while it waits and nobody has woken it.
    private @Nullable Thread waiting;

    /// Until when the owner waits; means something while `waiting` is there.
    private Instant patience = FOREVER;

    private SipClock.@Nullable Alarm alarm;

    /// When the alarm rings; for ever when there is none.
    private Instant alarmAt = FOREVER;

    private boolean ended;
    private boolean overflowed;
    private volatile Instant oldestUnread = Instant.MAX;

    /// @param alarms ends waits; its thread is held up for a few instructions only
    /// @param overflow called once, without the lock, when a value did not fit
    LiveInbox(Clock clock, SipClock alarms, Runnable overflow) {
        this.clock = clock;
        this.alarms = alarms;
        this.overflow = overflow;
    }

    @Override
    public boolean post(Value value) {
        boolean taken;
        boolean tellOverflow = false;
        Thread woken = null;
        lock.lock();
        try {
            if (ended) {
                return false;
            }
            taken = unread.size() < MOST || value instanceof LegEvent.HungUp;
            if (taken) {
                if (unread.isEmpty()) {
                    oldestUnread = clock.instant();
                }
                unread.add(value);
                woken = awake();
            } else {
                tellOverflow = !overflowed;
                overflowed = true;
            }
        } finally {
            lock.unlock();
        }
        LockSupport.unpark(woken); // nobody, when it has been woken already or does not wait
        if (tellOverflow) {
            overflow.run();
        }
        return taken;
    }

    /// Takes the owner out of its wait; only the first to do so unparks it. Only with the lock.
    private @Nullable Thread awake() {
        Thread owner = waiting;
        waiting = null;
        return owner;
    }

    @Override
    public Arrival next(Instant deadline) {
        while (true) {
            Arrival arrival = nextOrWait(deadline);
            if (arrival != null) {
                return arrival;
            }
            LockSupport.park(this);
            if (Thread.interrupted()) {
                throw new ExchangeFailed(
                        "the call's thread was interrupted: the server is stopping",
                        new InterruptedException());
            }
        }
    }

    /// What there is to read; absent when the owner has to park, which is then noted.
    private @Nullable Arrival nextOrWait(Instant deadline) {
        lock.lock();
        try {
            waiting = null; // a park may end by itself
            Instant now = clock.instant();
            Value value = unread.poll();
            if (value != null) {
                oldestUnread = unread.isEmpty() ? Instant.MAX : now;
                return new Arrival(now, value);
            }
            if (!now.isBefore(deadline)) {
                return new Arrival(now, new Value.Elapsed());
            }
            waiting = Thread.currentThread();
            patience = deadline;
            arm(now);
            return null;
        } finally {
            lock.unlock();
        }
    }

    /// Sees to it that an alarm rings at the end of the wait, or before. Only with the lock.
    private void arm(Instant now) {
        if (patience.equals(FOREVER) || (alarm != null && !patience.isBefore(alarmAt))) {
            return;
        }
        disarm();
        alarmAt = patience;
        // whole milliseconds, rounded up
        alarm = alarms.schedule(Duration.between(now, patience).toMillis() + 1, this::rang);
    }

    private void disarm() {
        if (alarm != null) {
            alarm.cancel();
        }
        alarm = null;
        alarmAt = FOREVER;
    }

    /// The alarm has rung, for the present wait or for one that is over long ago.
    private void rang() {
        Thread woken = null;
        lock.lock();
        try {
            alarm = null;
            alarmAt = FOREVER;
            if (waiting != null) {
                Instant now = clock.instant();
                if (now.isBefore(patience)) {
                    arm(now);
                } else {
                    woken = awake();
                }
            }
        } finally {
            lock.unlock();
        }
        LockSupport.unpark(woken);
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
            disarm();
            oldestUnread = Instant.MAX;
            List<Value> neverRead = List.copyOf(unread);
            unread.clear();
            return neverRead;
        } finally {
            lock.unlock();
        }
    }

    /// Whether the owner waits and nothing has woken it yet.
    boolean isWaiting() {
        lock.lock();
        try {
            return waiting != null;
        } finally {
            lock.unlock();
        }
    }

    /// How many values are unread.
    int size() {
        lock.lock();
        try {
            return unread.size();
        } finally {
            lock.unlock();
        }
    }
}
