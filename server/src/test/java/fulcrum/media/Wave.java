package fulcrum.media;

import java.util.Arrays;
import java.util.Random;

/// Makes samples for tests: sines, noise, silence, added up and strung together. Noise is seeded, so always the same.
final class Wave {
    private final int rate;
    private double[] samples;

    private Wave(int rate, double[] samples) {
        this.rate = rate;
        this.samples = samples;
    }

    static Wave silence(int rate, double millis) {
        return new Wave(rate, new double[(int) Math.round(millis * rate / 1000)]);
    }

    static Wave of(int rate, short[] samples) {
        double[] copy = new double[samples.length];
        Arrays.setAll(copy, i -> samples[i]);
        return new Wave(rate, copy);
    }

    static Wave tone(int rate, double millis, double frequency, double dbm0) {
        return silence(rate, millis).plus(frequency, dbm0);
    }

    /// Adds a sine over the whole length.
    Wave plus(double frequency, double dbm0) {
        double peak = Goertzel.amplitude(dbm0);
        for (int i = 0; i < samples.length; i++) {
            samples[i] += peak * Math.sin(2 * Math.PI * frequency * i / rate);
        }
        return this;
    }

    /// Adds white noise of that power over the whole length.
    Wave noise(double dbm0, long seed) {
        var random = new Random(seed);
        double deviation = Goertzel.amplitude(dbm0) / Math.sqrt(2);
        for (int i = 0; i < samples.length; i++) {
            samples[i] += deviation * random.nextGaussian();
        }
        return this;
    }

    Wave plus(Wave other) {
        for (int i = 0; i < Math.min(samples.length, other.samples.length); i++) {
            samples[i] += other.samples[i];
        }
        return this;
    }

    Wave then(Wave next) {
        int before = samples.length;
        samples = Arrays.copyOf(samples, before + next.samples.length);
        System.arraycopy(next.samples, 0, samples, before, next.samples.length);
        return this;
    }

    short[] samples() {
        short[] rounded = new short[samples.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] =
                    (short) Math.clamp(Math.round(samples[i]), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return rounded;
    }

    /// How much stronger `wanted` is than what differs from it, in dB, over `count` samples from each offset.
    static double signalToNoise(
            short[] wanted, int wantedOffset, short[] heard, int heardOffset, int count) {
        double signal = 0;
        double noise = 0;
        for (int i = 0; i < count; i++) {
            double sample = wanted[wantedOffset + i];
            double difference = heard[heardOffset + i] - sample;
            signal += sample * sample;
            noise += difference * difference;
        }
        return 10 * Math.log10(signal / noise);
    }
}
