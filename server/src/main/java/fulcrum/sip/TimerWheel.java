package fulcrum.sip;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// Timers by the tick at which they are due: a hashed wheel. It knows no clock; whoever turns it says how far.
///
/// Every timer lies in the list of its slot, which is its tick modulo [#SLOTS]; one that is due in a later round stays
/// where it is. Adding and cancelling are a few instructions whatever else is pending, and a cancelled timer leaves at
/// once with all that it held. Any thread adds and cancels, one thread turns.
final class TimerWheel {
    /// 41 s at 10 ms a tick, so that the longest timer of a transaction (32 s) is due in its first round.
    static final int SLOTS = 4096;

    /// The answer of [#rest] when nothing is pending.
    static final long NEVER = Long.MAX_VALUE;

    private final Runnable wake;
    private final ReentrantLock lock = new ReentrantLock();
    private final @Nullable Entry[] firsts = new Entry[SLOTS];
    private final @Nullable Entry[] lasts = new Entry[SLOTS];

    /// One bit for every slot that holds something, so that empty ones cost nothing.
    private final long[] occupied = new long[SLOTS / Long.SIZE];

    private long turned;
    private int size;

    /// The tick at which the turning thread will look again; small while it does not rest.
    private long promised;

    /// @param wake called, without the lock, when the turning thread rests for longer than to the tick of a new timer
    TimerWheel(Runnable wake) {
        this.wake = wake;
    }

    /// One timer. Its list, and its action until that is taken or cancelled, belong to the wheel's lock.
    final class Entry implements SipClock.Alarm {
        private final long tick;
        private @Nullable Runnable action;
        private @Nullable Entry before;
        private @Nullable Entry after;
        private boolean inWheel;

        private Entry(long tick, Runnable action) {
            this.tick = tick;
            this.action = action;
        }

        @Override
        public void cancel() {
            lock.lock();
            try {
                action = null;
                if (inWheel) {
                    unlink(this);
                }
            } finally {
                lock.unlock();
            }
        }

        /// The action, once; absent when it was cancelled meanwhile.
        @Nullable Runnable take() {
            lock.lock();
            try {
                Runnable taken = action;
                action = null;
                return taken;
            } finally {
                lock.unlock();
            }
        }
    }

    /// Adds a timer; one for a tick that is over is due at the next.
    Entry add(long tick, Runnable action) {
        Entry entry;
        boolean sooner;
        lock.lock();
        try {
            entry = new Entry(Math.max(tick, turned + 1), action);
            link(entry);
            sooner = entry.tick < promised;
            if (sooner) {
                promised = entry.tick; // one waker is enough
            }
        } finally {
            lock.unlock();
        }
        if (sooner) {
            wake.run();
        }
        return entry;
    }

    /// Turns the wheel up to and including a tick. The owner does not rest until it calls [#rest].
    ///
    /// @param due gets what is due, in the order of ticks and then of adding
    void turn(long to, List<Entry> due) {
        lock.lock();
        try {
            promised = 0;
            for (long tick = occupiedAfter(turned); tick <= to; tick = occupiedAfter(tick)) {
                turned = tick;
                collect(tick, due);
            }
            turned = Math.max(turned, to);
        } finally {
            lock.unlock();
        }
    }

    /// Says that the owner rests until the returned tick, unless woken: the first with a slot that holds anything.
    long rest() {
        lock.lock();
        try {
            promised = occupiedAfter(turned);
            return promised;
        } finally {
            lock.unlock();
        }
    }

    /// How many timers are pending.
    int size() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    private void collect(long tick, List<Entry> due) {
        Entry next = firsts[slot(tick)];
        while (next != null) {
            Entry entry = next;
            next = entry.after;
            if (entry.tick <= tick) {
                unlink(entry);
                due.add(entry);
            }
        }
    }

    private long occupiedAfter(long tick) {
        if (size == 0) {
            return NEVER;
        }
        int from = slot(tick + 1);
        int word = from / Long.SIZE;
        long bits = occupied[word] & (-1L << from); // a shift counts modulo 64
        for (int i = 0; bits == 0 && i < occupied.length; i++) {
            word = (word + 1) % occupied.length;
            bits = occupied[word];
        }
        int found = word * Long.SIZE + Long.numberOfTrailingZeros(bits);
        return tick + 1 + Math.floorMod(found - from, SLOTS);
    }

    private void link(Entry entry) {
        int slot = slot(entry.tick);
        Entry last = lasts[slot];
        entry.before = last;
        if (last == null) {
            firsts[slot] = entry;
            occupied[slot / Long.SIZE] |= 1L << slot;
        } else {
            last.after = entry;
        }
        lasts[slot] = entry;
        entry.inWheel = true;
        size++;
    }

    private void unlink(Entry entry) {
        int slot = slot(entry.tick);
        Entry before = entry.before;
        Entry after = entry.after;
        if (before == null) {
            firsts[slot] = after;
        } else {
            before.after = after;
        }
        if (after == null) {
            lasts[slot] = before;
        } else {
            after.before = before;
        }
        if (firsts[slot] == null) {
            occupied[slot / Long.SIZE] &= ~(1L << slot);
        }
        entry.before = null;
        entry.after = null;
        entry.inWheel = false;
        size--;
    }

    private static int slot(long tick) {
        return (int) (tick & (SLOTS - 1));
    }
}
