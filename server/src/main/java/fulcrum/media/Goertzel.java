package fulcrum.media;

/// Measures how strong one frequency is in a run of samples (Goertzel's recurrence).
///
/// Feed it samples with [#add], ask, then [#reset]. One thread at a time; allocates nothing after it is made. The
/// longer the run, the narrower the measure: half power lies about `0.44 × rate / samples` Hz beside the frequency.
public final class Goertzel {
    /// The level of a sine that just reaches full scale, in dBm0 (G.711 table 5; the digital milliwatt lies below it).
    public static final double FULL_SCALE_DBM0 = 3.14;

    private static final double FULL_SCALE = 32768;

    private final double frequency;
    private final double coefficient;
    private double last;
    private double beforeLast;
    private double energy;
    private int samples;

    /// Makes one for a frequency.
    ///
    /// @param sampleRate samples a second
    /// @param frequency in Hz, below half the rate
    public Goertzel(int sampleRate, double frequency) {
        if (frequency < 0 || frequency * 2 > sampleRate) {
            throw new IllegalArgumentException(
                    "no " + frequency + " Hz in audio of " + sampleRate + " Hz");
        }
        this.frequency = frequency;
        this.coefficient = 2 * Math.cos(2 * Math.PI * frequency / sampleRate);
    }

    /// Listens to samples.
    public void add(short[] in, int offset, int count) {
        double before = beforeLast;
        double now = last;
        double sum = energy;
        for (int i = offset; i < offset + count; i++) {
            double sample = in[i];
            double next = sample + coefficient * now - before;
            before = now;
            now = next;
            sum += sample * sample;
        }
        beforeLast = before;
        last = now;
        energy = sum;
        samples += count;
    }

    /// Returns the mean power of the tone heard at the frequency, in squared sample units; 0 before any sample.
    public double power() {
        if (samples == 0) {
            return 0;
        }
        double squared = last * last + beforeLast * beforeLast - coefficient * last * beforeLast;
        return 2 * Math.max(squared, 0) / ((double) samples * samples);
    }

    /// Returns the mean power of everything heard, in squared sample units; 0 before any sample.
    public double totalPower() {
        return samples == 0 ? 0 : energy / samples;
    }

    /// Returns which part of all power lies at the frequency, 0 to about 1.
    public double share() {
        return energy == 0 ? 0 : power() / totalPower();
    }

    /// Returns the level of the tone at the frequency in dBm0; a full-scale sine has [#FULL_SCALE_DBM0].
    public double levelDbm0() {
        return dbm0(power());
    }

    /// Forgets what was heard.
    public void reset() {
        last = 0;
        beforeLast = 0;
        energy = 0;
        samples = 0;
    }

    /// Returns the frequency in Hz.
    public double frequency() {
        return frequency;
    }

    /// Converts a mean power in squared sample units to dBm0; silence gives minus infinity.
    public static double dbm0(double power) {
        return FULL_SCALE_DBM0 + 10 * Math.log10(2 * power / (FULL_SCALE * FULL_SCALE));
    }

    /// Converts a level in dBm0 to the peak of a sine in sample units.
    public static double amplitude(double dbm0) {
        return FULL_SCALE * Math.pow(10, (dbm0 - FULL_SCALE_DBM0) / 20);
    }

    @Override
    public String toString() {
        return "goertzel %.1f Hz".formatted(frequency);
    }
}
