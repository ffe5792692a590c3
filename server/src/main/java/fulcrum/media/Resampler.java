package fulcrum.media;

import java.util.Arrays;

/// Changes the sample rate of a stream: a polyphase filter, a sinc under a Kaiser window.
///
/// Flat to 0.1 dB up to 85 % of the lower of the two Nyquist frequencies (3400 Hz when one side has 8000 Hz), and at
/// least 60 dB down from that Nyquist frequency on, so nothing folds back. For a pair of rates whose ratio needs more
/// than [#MOST_PHASES] phases the nearest phase is taken, which costs noise of about -75 dB.
///
/// One stream, one thread at a time; [#process] allocates nothing.
public final class Resampler {
    /// Input samples that one call may bring at most.
    public static final int BLOCK = 1024;

    static final int MOST_PHASES = 4096;
    private static final double BETA = 5.65;
    private static final double WIDTH = 3.62;
    private static final double PASS = 0.85;

    private final int fromRate;
    private final int toRate;
    private final int up;
    private final int down;
    private final int taps;
    private final float[][] phases;
    private final float[] line;
    private int position;
    private int phase;

    /// Makes one for rates of 1000 to 400 000 Hz; equal rates pass samples through unchanged.
    public Resampler(int fromRate, int toRate) {
        if (fromRate < 1000 || toRate < 1000 || fromRate > 400_000 || toRate > 400_000) {
            throw new IllegalArgumentException(
                    "rates are 1000 to 400000 Hz, was " + fromRate + ", " + toRate);
        }
        this.fromRate = fromRate;
        this.toRate = toRate;
        int common = gcd(fromRate, toRate);
        up = toRate / common;
        down = fromRate / common;
        int half = fromRate == toRate ? 0 : (int) Math.ceil(halfWidth());
        taps = 2 * half + 1;
        phases = fromRate == toRate ? new float[][] {{1}} : phases(half);
        line = new float[taps - 1 + BLOCK];
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /// The half length of the filter in input samples (Kaiser's formula for 60 dB over the band between pass and stop).
    private double halfWidth() {
        double nyquist = Math.min(fromRate, toRate) / 2.0;
        return WIDTH * fromRate / (2 * nyquist * (1 - PASS));
    }

    private float[][] phases(int half) {
        int count = Math.min(up, MOST_PHASES);
        float[][] table = new float[count][];
        for (int p = 0; p < count; p++) {
            table[p] = phase(half, (double) p / count);
        }
        return table;
    }

    /// Computes the taps of an output that lies `fraction` of an input sample after the middle one; gain is exactly 1.
    private float[] phase(int half, double fraction) {
        double cutoff = Math.min(fromRate, toRate) / 2.0 * (1 + PASS) / 2 / fromRate;
        double[] exact = new double[taps];
        double sum = 0;
        for (int k = 0; k < taps; k++) {
            double x = k - half - fraction;
            double edge = x / (half + 1);
            double sinc =
                    x == 0 ? 1 : Math.sin(2 * Math.PI * cutoff * x) / (2 * Math.PI * cutoff * x);
            exact[k] = sinc * bessel(BETA * Math.sqrt(Math.max(0, 1 - edge * edge)));
            sum += exact[k];
        }
        float[] row = new float[taps];
        for (int k = 0; k < taps; k++) {
            row[k] = (float) (exact[k] / sum);
        }
        return row;
    }

    /// The modified Bessel function of order zero, by its series.
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-12; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    /// Takes samples in and puts out those that are ready.
    ///
    /// @param count at most [#BLOCK]
    /// @param out has room for [#mostOut] samples of `count` from `outOffset` on
    /// @return how many samples were put out
    public int process(short[] in, int offset, int count, short[] out, int outOffset) {
        int before = taps - 1;
        for (int i = 0; i < count; i++) {
            line[before + i] = in[offset + i];
        }
        int at = position;
        int now = phase;
        int made = 0;
        while (at < count) {
            out[outOffset + made++] = sample(phases[row(now)], at);
            now += down;
            at += now / up;
            now %= up;
        }
        position = at - count;
        phase = now;
        System.arraycopy(line, count, line, 0, before);
        return made;
    }

    private int row(int now) {
        return up <= MOST_PHASES ? now : (int) ((long) now * MOST_PHASES / up);
    }

    /// Four sums side by side: the processor need not wait for one addition before it begins the next.
    private short sample(float[] row, int at) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int k = 0;
        for (; k + 3 < taps; k += 4) {
            a += row[k] * line[at + k];
            b += row[k + 1] * line[at + k + 1];
            c += row[k + 2] * line[at + k + 2];
            d += row[k + 3] * line[at + k + 3];
        }
        for (; k < taps; k++) {
            a += row[k] * line[at + k];
        }
        return (short) Math.clamp(Math.round(a + b + (c + d)), Short.MIN_VALUE, Short.MAX_VALUE);
    }

    /// Returns how many samples can come out at most for `count` that go in.
    public int mostOut(int count) {
        return (int) ((long) count * up / down) + 1;
    }

    /// Returns how many input samples the output lags behind.
    public int delaySamples() {
        return taps / 2;
    }

    /// Forgets the stream, as if newly made.
    public void reset() {
        Arrays.fill(line, 0);
        position = 0;
        phase = 0;
    }

    /// Converts a whole sound without delay: the result has `ceil(length × toRate / fromRate)` samples.
    public static short[] convert(short[] samples, int fromRate, int toRate) {
        if (fromRate == toRate) {
            return samples.clone();
        }
        var resampler = new Resampler(fromRate, toRate);
        long length = ((long) samples.length * toRate + fromRate - 1) / fromRate;
        short[] out = new short[Math.toIntExact(length)];
        resampler.skipDelay(samples);
        short[] block = new short[BLOCK];
        short[] made = new short[resampler.mostOut(BLOCK)];
        int done = 0;
        for (int at = resampler.delaySamples(); done < out.length; at += BLOCK) {
            int left = Math.clamp(samples.length - at, 0, BLOCK);
            Arrays.fill(block, (short) 0);
            if (left > 0) {
                System.arraycopy(samples, at, block, 0, left);
            }
            int count = Math.min(resampler.process(block, 0, BLOCK, made, 0), out.length - done);
            System.arraycopy(made, 0, out, done, count);
            done += count;
        }
        return out;
    }

    /// Fills the line so that the first sample to come out stands for the first that went in.
    private void skipDelay(short[] samples) {
        int half = delaySamples();
        for (int i = 0; i < Math.min(half, samples.length); i++) {
            line[half + i] = samples[i];
        }
    }

    @Override
    public String toString() {
        return "resampler " + fromRate + " -> " + toRate + " Hz, " + taps + " taps";
    }
}
