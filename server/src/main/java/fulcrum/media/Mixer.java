package fulcrum.media;

import java.util.Arrays;

/// Adds up what many say, so that each hears all others and not itself.
///
/// A round lasts 20 ms: who has something to say [says][#say] it, then each [hears][#hear] the sum without its own
/// part. Those who said nothing all hear the same, see [#isAlike], so one encode does for all of them with one codec.
/// Sums are kept in 32 bits and cut off only when they are heard.
///
/// All memory is taken when a seat is added. Pure; one thread at a time.
public final class Mixer {
    private final int frameSamples;
    private final int[] sum;
    private short[][] said = new short[4][];
    private boolean[] speaks = new boolean[4];
    private boolean[] taken = new boolean[4];
    private int seats;

    /// Makes an empty mix.
    ///
    /// @param sampleRate of everything said and heard, 8000 or 16 000
    public Mixer(int sampleRate) {
        if (sampleRate < 1000 || sampleRate > 48_000) {
            throw new IllegalArgumentException(
                    "a mix has 1000 to 48000 samples a second, was " + sampleRate);
        }
        frameSamples = sampleRate / 50;
        sum = new int[frameSamples];
    }

    /// Adds a seat and returns its number; numbers of seats that were left are given again.
    public int join() {
        int seat = 0;
        while (seat < taken.length && taken[seat]) {
            seat++;
        }
        if (seat == taken.length) {
            said = Arrays.copyOf(said, 2 * seat);
            speaks = Arrays.copyOf(speaks, 2 * seat);
            taken = Arrays.copyOf(taken, 2 * seat);
        }
        said[seat] = new short[frameSamples];
        taken[seat] = true;
        seats++;
        return seat;
    }

    /// Takes a seat away; what it said in this round is not heard.
    public void leave(int seat) {
        check(seat);
        silence(seat);
        taken[seat] = false;
        seats--;
    }

    /// Returns how many seats there are.
    public int seats() {
        return seats;
    }

    /// Begins the next 20 ms: nobody has said anything.
    public void next() {
        Arrays.fill(sum, 0);
        Arrays.fill(speaks, false);
    }

    /// Says 20 ms; a second time in a round replaces the first.
    public void say(int seat, short[] frame, int offset) {
        check(seat);
        silence(seat);
        short[] own = said[seat];
        System.arraycopy(frame, offset, own, 0, frameSamples);
        for (int i = 0; i < frameSamples; i++) {
            sum[i] += own[i];
        }
        speaks[seat] = true;
    }

    private void silence(int seat) {
        if (speaks[seat]) {
            short[] own = said[seat];
            for (int i = 0; i < frameSamples; i++) {
                sum[i] -= own[i];
            }
            speaks[seat] = false;
        }
    }

    /// Tells whether a seat hears the same as all others that said nothing.
    public boolean isAlike(int seat) {
        check(seat);
        return !speaks[seat];
    }

    /// Writes what a seat hears: what all others said.
    public void hear(int seat, short[] out, int offset) {
        check(seat);
        if (!speaks[seat]) {
            hearAll(out, offset);
            return;
        }
        short[] own = said[seat];
        for (int i = 0; i < frameSamples; i++) {
            out[offset + i] = cut(sum[i] - own[i]);
        }
    }

    /// Writes what everybody said, as a recording hears it.
    public void hearAll(short[] out, int offset) {
        for (int i = 0; i < frameSamples; i++) {
            out[offset + i] = cut(sum[i]);
        }
    }

    private static short cut(int sample) {
        return (short) Math.clamp(sample, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    private void check(int seat) {
        if (seat < 0 || seat >= taken.length || !taken[seat]) {
            throw new IllegalArgumentException("nobody has seat " + seat);
        }
    }

    @Override
    public String toString() {
        return "mix of " + seats;
    }
}
