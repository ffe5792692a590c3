package fulcrum.media;

import java.util.concurrent.atomic.AtomicLong;

/// Carries decoded audio from a media thread to one reader: a preallocated ring without locks.
///
/// The media thread writes, exactly one other thread reads. A full ring drops what comes and counts it; it never
/// holds up the media thread. Samples are signed 16 bit at [#sampleRate()].
public final class TapSink {
    private final int sampleRate;
    private final short[] ring;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    /// Makes a ring.
    ///
    /// @param sampleRate samples a second that the reader wants, 8000 or 16000
    /// @param capacity how many samples it holds before it drops
    public TapSink(int sampleRate, int capacity) {
        if (sampleRate <= 0 || capacity <= 0) {
            throw new IllegalArgumentException(
                    "a tap needs a rate and room, was " + sampleRate + ", " + capacity);
        }
        this.sampleRate = sampleRate;
        this.ring = new short[capacity];
    }

    /// Returns how many samples make a second.
    public int sampleRate() {
        return sampleRate;
    }

    /// Takes up to `samples` samples, oldest first, and returns how many there were; 0 when there are none now.
    public int read(short[] out, int offset, int samples) {
        long from = taken.getPlain();
        int count = (int) Math.min(samples, written.getAcquire() - from);
        for (int done = 0; done < count; ) {
            int at = (int) ((from + done) % ring.length);
            int run = Math.min(count - done, ring.length - at);
            System.arraycopy(ring, at, out, offset + done, run);
            done += run;
        }
        taken.setRelease(from + count);
        return count;
    }

    /// Returns how many samples wait to be read.
    public int available() {
        return (int) (written.getAcquire() - taken.getAcquire());
    }

    /// Returns how many samples were thrown away because the ring was full.
    public long dropped() {
        return dropped.getAcquire();
    }

    /// Puts samples in; only the media thread calls this. Returns how many were dropped.
    int write(short[] in, int offset, int samples) {
        long to = written.getPlain();
        int count = (int) Math.min(samples, ring.length - (to - taken.getAcquire()));
        for (int done = 0; done < count; ) {
            int at = (int) ((to + done) % ring.length);
            int run = Math.min(count - done, ring.length - at);
            System.arraycopy(in, offset + done, ring, at, run);
            done += run;
        }
        written.setRelease(to + count);
        int lost = samples - count;
        if (lost > 0) {
            dropped.setRelease(dropped.getPlain() + lost);
        }
        return lost;
    }
}
