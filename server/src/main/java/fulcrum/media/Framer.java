package fulcrum.media;

import org.jspecify.annotations.Nullable;

/// Collects audio of any rate in any amounts, and hands it out in frames of 20 ms at the rate that is wanted.
///
/// One stream, one thread at a time. Nothing is allocated but a resampler when a rate changes.
final class Framer {
    /// What is kept at most: a frame that is not yet full and the longest packet, at 16 kHz.
    private static final int ROOM = 2 * Scratch.SAMPLES;

    private final short[] kept = new short[ROOM];
    private int toRate;
    private int fromRate;
    private @Nullable Resampler resampler;
    private int from;
    private int to;

    Framer(int toRate) {
        this.toRate = toRate;
        this.fromRate = toRate;
    }

    /// Wants another rate from now on; what is kept is forgotten then.
    void rate(int wanted) {
        if (wanted != toRate) {
            toRate = wanted;
            resampler = null;
            fromRate = wanted;
            clear();
        }
    }

    /// Returns the rate of what is handed out.
    int rate() {
        return toRate;
    }

    /// Adds samples that have `rate`; what does not fit is lost, oldest first.
    void put(short[] in, int count, int rate) {
        if (rate != fromRate) {
            fromRate = rate;
            resampler = rate == toRate ? null : new Resampler(rate, toRate);
        }
        for (int done = 0; done < count; ) {
            int run = Math.min(count - done, 320);
            Resampler change = resampler;
            makeRoom(change == null ? run : change.mostOut(run));
            if (change == null) {
                System.arraycopy(in, done, kept, to, run);
                to += run;
            } else {
                to += change.process(in, done, run, kept, to);
            }
            done += run;
        }
    }

    private void makeRoom(int samples) {
        if (to + samples <= ROOM) {
            return;
        }
        int drop = Math.max(0, to - from + samples - ROOM);
        System.arraycopy(kept, from + drop, kept, 0, to - from - drop);
        to -= from + drop;
        from = 0;
    }

    /// Returns how many samples can be taken.
    int available() {
        return to - from;
    }

    /// Takes up to `samples`, fills up with silence, and returns how many there were.
    int take(short[] out, int samples) {
        int count = Math.min(samples, to - from);
        System.arraycopy(kept, from, out, 0, count);
        System.arraycopy(Scratch.SILENCE, 0, out, count, samples - count);
        from += count;
        if (from == to) {
            from = 0;
            to = 0;
        }
        return count;
    }

    /// Forgets what is kept.
    void clear() {
        from = 0;
        to = 0;
    }
}
