package fulcrum.secure;

/// Remembers which packets have been seen: the newest index, and which of the 127 before it (RFC 3711 §3.3.2).
final class ReplayWindow {
    /// How many indices are remembered; the RFC wants at least 64.
    static final int SIZE = 128;

    private static final int HALF = 64;

    private long newest = -1;

    /// Bit n: `newest - n` was seen.
    private long near;

    /// Bit n: `newest - 64 - n` was seen.
    private long far;

    /// The highest index so far; -1 before the first.
    long newest() {
        return newest;
    }

    /// Tells whether an index was neither seen nor is so old that nobody knows.
    boolean isNew(long index) {
        if (index > newest) {
            return true;
        }
        long age = newest - index;
        if (age >= SIZE) {
            return false;
        }
        return age < HALF ? (near >>> age & 1) == 0 : (far >>> (age - HALF) & 1) == 0;
    }

    /// Notes that an index was seen that was new.
    void take(long index) {
        if (index <= newest) {
            long age = newest - index;
            if (age < HALF) {
                near |= 1L << age;
            } else {
                far |= 1L << (age - HALF);
            }
            return;
        }
        long step = newest < 0 ? SIZE : index - newest;
        if (step >= SIZE) {
            near = 0;
            far = 0;
        } else if (step >= HALF) {
            far = near << (step - HALF);
            near = 0;
        } else {
            far = far << step | near >>> (HALF - step);
            near <<= step;
        }
        near |= 1;
        newest = index;
    }

    /// Forgets everything.
    void clear() {
        newest = -1;
        near = 0;
        far = 0;
    }
}
