package fulcrum.phone;

import fulcrum.media.TapSink;

import java.time.Duration;
import java.util.Arrays;

/// What a phone has heard on one call: samples from the moment its sound began, silence included, so a position is a
/// time. Written by the phone's ear thread, read by anybody.
///
/// At most [#MOST] is kept; what comes later is counted but not kept.
public final class Hearing {
    /// Samples a second.
    public static final int SAMPLE_RATE = 8000;

    /// How much is kept.
    public static final Duration MOST = Duration.ofMinutes(20);

    private static final int MOST_SAMPLES = (int) MOST.toSeconds() * SAMPLE_RATE;

    private final TapSink tap = new TapSink(SAMPLE_RATE, SAMPLE_RATE * 4);
    private final short[] piece = new short[SAMPLE_RATE / 10];
    private short[] samples = new short[SAMPLE_RATE * 4];
    private int length;
    private boolean ended;

    TapSink tap() {
        return tap;
    }

    /// Takes over what has come in; for the ear thread.
    void listen() {
        int count = tap.read(piece, 0, piece.length);
        while (count > 0) {
            add(count);
            count = tap.read(piece, 0, piece.length);
        }
    }

    private synchronized void add(int count) {
        if (length + count > MOST_SAMPLES) {
            return;
        }
        if (length + count > samples.length) {
            samples = Arrays.copyOf(samples, Math.max(samples.length * 2, length + count));
        }
        System.arraycopy(piece, 0, samples, length, count);
        length += count;
        notifyAll();
    }

    /// Nothing more comes.
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /// How many samples there are now.
    public synchronized int length() {
        return length;
    }

    /// Waits until there are more than so many samples.
    ///
    /// @return false when the call ended or the time was over first
    public synchronized boolean awaitMoreThan(int count, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (length <= count && !ended) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            try {
                wait(Math.max(1, left / 1_000_000));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return length > count;
    }

    /// A copy of the samples from one position to another, cut to what there is.
    public synchronized short[] samples(int from, int to) {
        return Arrays.copyOfRange(samples, Math.min(from, length), Math.clamp(to, from, length));
    }

    /// A copy of everything.
    public short[] samples() {
        return samples(0, MOST_SAMPLES);
    }
}
