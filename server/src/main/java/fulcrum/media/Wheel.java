package fulcrum.media;

import java.util.Arrays;

/// Calls each of its streams every 20 ms: a ring of 20 slots of 1 ms, streams spread evenly over the slots.
///
/// Pure: time is passed in, nothing is allocated but when a slot grows. Belongs to one media thread. A thread that was
/// held up makes up for missed ticks, up to 200 ms; what is older is skipped and counted.
final class Wheel {
    /// Is called once every 20 ms.
    interface Ticking {
        /// Does the work of 20 ms.
        ///
        /// @param now the time of the call, `System.nanoTime()`
        void tick(long now);
    }

    static final int SLOTS = 20;
    static final long NO_TICK = Long.MAX_VALUE;
    private static final int NOT_RUNNING = -1;
    private static final long MILLI = 1_000_000;
    private static final int MOST_MADE_UP_FOR = 200;

    /// A slot counts as due this much before its time: a sleep can only be asked for in whole milliseconds.
    private static final long EARLY = MILLI / 2;

    private final Ticking[][] slots = new Ticking[SLOTS][4];
    private final int[] sizes = new int[SLOTS];
    private int running = NOT_RUNNING;
    private boolean holes;
    private int occupied;
    private int total;
    private long origin;
    private long cursor;
    private long skipped;

    /// Adds a stream to the emptiest slot; its first tick comes within 20 ms.
    ///
    /// @return the slot, to be given to [#remove]
    int add(Ticking stream, long now) {
        if (total == 0) {
            origin = now;
            cursor = 0;
        }
        int slot = emptiest();
        if (sizes[slot] == slots[slot].length) {
            slots[slot] = Arrays.copyOf(slots[slot], 2 * sizes[slot]);
        }
        slots[slot][sizes[slot]++] = stream;
        occupied |= 1 << slot;
        total++;
        return slot;
    }

    /// The emptiest slot, the soonest one if several are.
    private int emptiest() {
        int best = (int) (cursor % SLOTS);
        for (int i = 1; i < SLOTS; i++) {
            int slot = (int) ((cursor + i) % SLOTS);
            if (sizes[slot] < sizes[best]) {
                best = slot;
            }
        }
        return best;
    }

    /// Takes a stream out; within a tick any stream may be taken out, also the one that ticks.
    void remove(Ticking stream, int slot) {
        Ticking[] streams = slots[slot];
        for (int i = 0; i < sizes[slot]; i++) {
            if (streams[i].equals(stream)) {
                streams[i] = NOBODY;
                total--;
                if (slot == running) {
                    holes = true;
                } else {
                    close(slot);
                }
                return;
            }
        }
    }

    /// Closes the holes that streams left, in order.
    private void close(int slot) {
        Ticking[] streams = slots[slot];
        int kept = 0;
        for (int i = 0; i < sizes[slot]; i++) {
            if (!streams[i].equals(NOBODY)) {
                streams[kept++] = streams[i];
            }
        }
        Arrays.fill(streams, kept, sizes[slot], NOBODY);
        sizes[slot] = kept;
        if (kept == 0) {
            occupied &= ~(1 << slot);
        }
    }

    private static final Ticking NOBODY = now -> {};

    /// Returns the nanoseconds until the next slot that has streams, 0 when it is due, [#NO_TICK] when there is none.
    long nanosToNext(long now) {
        if (occupied == 0) {
            return NO_TICK;
        }
        long wait = origin + (cursor + slotsToNext()) * MILLI - now;
        return wait <= EARLY ? 0 : wait;
    }

    private int slotsToNext() {
        int turn = (int) (cursor % SLOTS);
        int rotated = occupied >>> turn | occupied << (SLOTS - turn);
        return Integer.numberOfTrailingZeros(rotated);
    }

    /// Ticks all streams whose time has come.
    void run(long now) {
        if (occupied == 0) {
            return;
        }
        long due = (now - origin + EARLY) / MILLI;
        if (due - cursor > MOST_MADE_UP_FOR) {
            skipped += due - cursor;
            cursor += (due - cursor) / SLOTS * SLOTS;
        }
        while (occupied != 0) {
            long next = cursor + slotsToNext();
            if (next > due) {
                return;
            }
            cursor = next + 1;
            runSlot((int) (next % SLOTS), now);
        }
    }

    /// Streams that leave meanwhile only leave a hole, so that each of the others ticks exactly once.
    private void runSlot(int slot, long now) {
        running = slot;
        holes = false;
        for (int i = sizes[slot] - 1; i >= 0; i--) {
            slots[slot][i].tick(now);
        }
        running = NOT_RUNNING;
        if (holes) {
            close(slot);
        }
    }

    /// Returns how many streams there are.
    int size() {
        return total;
    }

    /// Returns how many milliseconds were skipped because the thread was held up too long.
    long skippedMillis() {
        return skipped;
    }
}
