package fulcrum.media;

import java.util.Arrays;
import java.util.Optional;

/// Measures which frequencies are in a run of samples: a transform of a fixed length under a Hann window.
///
/// [#measure] takes the samples, the questions are about the last ones measured. One thread at a time; measuring
/// allocates nothing. A tone spreads over four bins of [#resolution()] Hz, so two tones are told apart when they are
/// that far from each other; a frequency is found to about a twentieth of a bin.
public final class Spectrum {
    private final int sampleRate;
    private final int length;
    private final double[] window;
    private final double[] cosines;
    private final double[] sines;
    private final double[] real;
    private final double[] imaginary;
    private final double[] power;
    private double total;

    /// Makes one.
    ///
    /// @param sampleRate samples a second
    /// @param length samples in a measurement, a power of two of at least 16; 512 at 8000 Hz is 64 ms and 15.6 Hz
    public Spectrum(int sampleRate, int length) {
        if (Integer.bitCount(length) != 1 || length < 16) {
            throw new IllegalArgumentException(
                    "the length is a power of two from 16, was " + length);
        }
        this.sampleRate = sampleRate;
        this.length = length;
        window = new double[length];
        cosines = new double[length / 2];
        sines = new double[length / 2];
        real = new double[length];
        imaginary = new double[length];
        power = new double[length / 2 + 1];
        for (int i = 0; i < length; i++) {
            window[i] = 1 - Math.cos(2 * Math.PI * i / length);
        }
        for (int i = 0; i < length / 2; i++) {
            cosines[i] = Math.cos(2 * Math.PI * i / length);
            sines[i] = -Math.sin(2 * Math.PI * i / length);
        }
    }

    /// Returns how many samples a measurement takes.
    public int length() {
        return length;
    }

    /// Returns the width of a bin in Hz.
    public double resolution() {
        return (double) sampleRate / length;
    }

    /// Measures [#length()] samples from `offset` on.
    public void measure(short[] in, int offset) {
        int unusedBits = Integer.numberOfLeadingZeros(length) + 1;
        for (int i = 0; i < length; i++) {
            int to = Integer.reverse(i) >>> unusedBits;
            real[to] = in[offset + i] * window[i];
        }
        Arrays.fill(imaginary, 0);
        for (int half = 1; half < length; half *= 2) {
            combine(half);
        }
        total = 0;
        double scale = 2.0 / ((double) length * length);
        for (int bin = 0; bin <= length / 2; bin++) {
            power[bin] = scale * (real[bin] * real[bin] + imaginary[bin] * imaginary[bin]);
            total += power[bin];
        }
    }

    private void combine(int half) {
        int step = length / (2 * half);
        for (int start = 0; start < length; start += 2 * half) {
            for (int k = 0; k < half; k++) {
                int a = start + k;
                int b = a + half;
                double re = real[b] * cosines[k * step] - imaginary[b] * sines[k * step];
                double im = real[b] * sines[k * step] + imaginary[b] * cosines[k * step];
                real[b] = real[a] - re;
                imaginary[b] = imaginary[a] - im;
                real[a] += re;
                imaginary[a] += im;
            }
        }
    }

    /// Returns the mean power of everything measured in squared sample units.
    public double totalPower() {
        return total / 1.5;
    }

    /// Returns the mean power within two bins of a frequency in squared sample units; for a tone that is its power.
    public double powerAt(double frequency) {
        int bin = (int) Math.round(frequency / resolution());
        double sum = 0;
        for (int i = Math.max(0, bin - 2); i <= Math.min(length / 2, bin + 2); i++) {
            sum += power[i];
        }
        return sum / 1.5;
    }

    /// Returns the level in dBm0 of a tone at a frequency.
    public double levelDbm0(double frequency) {
        return Goertzel.dbm0(powerAt(frequency));
    }

    /// Returns the frequency of the strongest tone in Hz; 0 for silence.
    public double strongest() {
        return frequency(strongestBin(-1));
    }

    /// Returns the two tones that make up the sound, if two do: each at least a twentieth of all power, together at
    /// least four fifths of it.
    public Optional<TonePair> pair() {
        int first = strongestBin(-1);
        int second = strongestBin(first);
        double one = powerAt(first * resolution());
        double other = powerAt(second * resolution());
        double all = totalPower();
        if (all <= 0 || Math.min(one, other) < all / 20 || one + other < all * 4 / 5) {
            return Optional.empty();
        }
        return Optional.of(
                new TonePair(
                        Math.min(frequency(first), frequency(second)),
                        Math.max(frequency(first), frequency(second))));
    }

    /// Finds the highest bin that is not part of the tone at `apartFrom`; -1 for any.
    private int strongestBin(int apartFrom) {
        int best = 1;
        double most = -1;
        for (int bin = 1; bin < length / 2; bin++) {
            boolean isApart = apartFrom < 0 || Math.abs(bin - apartFrom) > 3;
            if (isApart && power[bin] > most) {
                most = power[bin];
                best = bin;
            }
        }
        return best;
    }

    /// Places a tone between bins: under a Hann window the ratio of the two highest bins tells where it lies.
    private double frequency(int bin) {
        double at = Math.sqrt(power[bin]);
        if (at == 0) {
            return 0;
        }
        double below = Math.sqrt(power[bin - 1]);
        double above = Math.sqrt(power[bin + 1]);
        double shift = above >= below ? shift(above / at) : -shift(below / at);
        return (bin + shift) * resolution();
    }

    private static double shift(double ratio) {
        return Math.clamp((2 * ratio - 1) / (ratio + 1), 0, 1);
    }

    @Override
    public String toString() {
        return "spectrum of %d samples at %d Hz".formatted(length, sampleRate);
    }
}
