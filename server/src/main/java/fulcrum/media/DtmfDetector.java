package fulcrum.media;

/// Hears digits that come as tone pairs in the audio (ITU-T Q.23, Q.24; limits of Telcordia GR-506).
///
/// Every 5 ms it looks at the last 20 ms under a Hann window: how strong each of the eight frequencies is, and by how
/// far the phase moved since the look before, which tells the exact frequency. A look shows a digit when
///
/// 1. the stronger tone has at least -27.5 dBm0,
/// 2. the lower tone is at most 9 dB stronger than the higher one, the higher at most 5 dB stronger than the lower
///    (8 and 4 dB are asked for),
/// 3. both frequencies are within 2.4 % (1.5 % must be heard, 3.5 % must not),
/// 4. the two tones make up 92 % of all power, which speech hardly ever does and a digit in noise 15 dB below still
///    does.
///
/// Five such looks make a press: 40 ms always suffice, 23 ms never do. A press is over after 35 ms without; a shorter
/// break does not split it. One stream, one thread; allocates nothing per frame and costs about 0.5 million
/// multiplications a second.
public final class DtmfDetector {
    /// Says that there is no digit.
    public static final char NONE = '\0';

    /// The most audio in one call of [#hear], so that no more than one press can begin in it.
    public static final int MOST_MILLIS = 60;

    private static final int HOPS = 4;
    private static final int HOPS_A_SECOND = 200;
    private static final int LOOKS_TO_PRESS = 5;
    private static final int MISSES_TO_FORGET = 2;
    private static final int MISSES_TO_RELEASE = 7;
    private static final double LEAST_PEAK = Goertzel.amplitude(-27.5);
    private static final double LEAST_SHARE = 0.92;
    private static final double LOW_ABOVE_HIGH = Math.pow(10, 0.9);
    private static final double HIGH_ABOVE_LOW = Math.pow(10, 0.5);
    private static final double FREQUENCY_ERROR = 0.024;

    private final Bank bank;
    private final short[] window;
    private final float[] real = new float[8];
    private final float[] imaginary = new float[8];
    private final float[] lastReal = new float[8];
    private final float[] lastImaginary = new float[8];
    private int filled;
    private boolean hasLast;

    private char candidate = NONE;
    private int looks;
    private int misses;
    private char held = NONE;
    private int heldHops;
    private int sinceSeen;

    /// Makes one for 8000 or 16 000 samples a second.
    public DtmfDetector(int sampleRate) {
        bank = Bank.of(sampleRate);
        window = new short[HOPS * bank.hop];
        filled = window.length - bank.hop;
    }

    /// Listens to samples, at most [#MOST_MILLIS] of them, and returns the digit whose press was recognised in them,
    /// or [#NONE]. Each press is returned once, about 40 ms after it began.
    public char hear(short[] in, int offset, int samples) {
        char pressed = NONE;
        for (int done = 0; done < samples; ) {
            int run = Math.min(window.length - filled, samples - done);
            System.arraycopy(in, offset + done, window, filled, run);
            filled += run;
            done += run;
            if (filled == window.length) {
                char begun = consider(look());
                pressed = begun == NONE ? pressed : begun;
                filled -= bank.hop;
                System.arraycopy(window, bank.hop, window, 0, filled);
            }
        }
        return pressed;
    }

    /// Returns the digit that is held down now, or [#NONE].
    public char held() {
        return held;
    }

    /// Returns how long the digit is held, or how long the last one was, to about 5 ms.
    public int heldMillis() {
        return heldHops == 0 ? 0 : (heldHops + 2) * 1000 / HOPS_A_SECOND;
    }

    /// Follows the looks one by one; returns a digit when its press begins.
    private char consider(char seen) {
        if (seen != NONE && seen == candidate) {
            looks++;
            misses = 0;
        } else if (seen != NONE) {
            candidate = seen;
            looks = 1;
            misses = 0;
        } else if (++misses == MISSES_TO_FORGET) {
            candidate = NONE;
            looks = 0;
        }
        follow(seen);
        if (looks >= LOOKS_TO_PRESS && candidate != held) {
            held = candidate;
            heldHops = looks;
            sinceSeen = 0;
            return held;
        }
        return NONE;
    }

    private void follow(char seen) {
        if (held == NONE) {
            return;
        }
        if (seen == held) {
            heldHops += sinceSeen + 1;
            sinceSeen = 0;
        } else if (++sinceSeen == MISSES_TO_RELEASE) {
            held = NONE;
        }
    }

    /// Looks at the window and names the digit in it.
    private char look() {
        double power = 0;
        for (int i = 0; i < window.length; i++) {
            float sample = bank.hann[i] * window[i];
            power += sample * sample;
        }
        if (power * 2 < LEAST_PEAK * LEAST_PEAK * bank.hannSquares) {
            hasLast = false;
            return NONE;
        }
        for (int tone = 0; tone < 8; tone++) {
            lastReal[tone] = real[tone];
            lastImaginary[tone] = imaginary[tone];
            measure(tone);
        }
        boolean isFollowed = hasLast;
        hasLast = true;
        return isFollowed ? judge(power) : NONE;
    }

    private void measure(int tone) {
        float[] cosines = bank.cosines[tone];
        float[] sines = bank.sines[tone];
        float re = 0;
        float im = 0;
        for (int i = 0; i < window.length; i++) {
            re += cosines[i] * window[i];
            im += sines[i] * window[i];
        }
        real[tone] = re;
        imaginary[tone] = im;
    }

    private char judge(double power) {
        int low = strongest(0);
        int high = strongest(4);
        double lowError = frequencyError(low);
        double highError = frequencyError(high);
        if (Math.abs(lowError) > FREQUENCY_ERROR * Bank.frequency(low)
                || Math.abs(highError) > FREQUENCY_ERROR * Bank.frequency(high)) {
            return NONE;
        }
        double lowPeak = peakSquared(low, lowError);
        double highPeak = peakSquared(high, highError);
        boolean isLoud = Math.max(lowPeak, highPeak) >= LEAST_PEAK * LEAST_PEAK;
        boolean isEven =
                lowPeak <= highPeak * LOW_ABOVE_HIGH && highPeak <= lowPeak * HIGH_ABOVE_LOW;
        boolean isPure = (lowPeak + highPeak) / 2 * bank.hannSquares >= LEAST_SHARE * power;
        return isLoud && isEven && isPure ? DtmfTones.DIGITS.charAt(4 * low + high - 4) : NONE;
    }

    private int strongest(int from) {
        int best = from;
        for (int tone = from + 1; tone < from + 4; tone++) {
            if (magnitude(tone) > magnitude(best)) {
                best = tone;
            }
        }
        return best;
    }

    private double magnitude(int tone) {
        return (double) real[tone] * real[tone] + (double) imaginary[tone] * imaginary[tone];
    }

    /// Returns how many Hz the tone lies above its nominal frequency: by how much the phase ran ahead in one hop.
    private double frequencyError(int tone) {
        double re =
                (double) real[tone] * lastReal[tone]
                        + (double) imaginary[tone] * lastImaginary[tone];
        double im =
                (double) imaginary[tone] * lastReal[tone]
                        - (double) real[tone] * lastImaginary[tone];
        double hops = Bank.frequency(tone) / HOPS_A_SECOND;
        double ahead = Math.atan2(im, re) / (2 * Math.PI) - hops;
        return (ahead - Math.rint(ahead)) * HOPS_A_SECOND;
    }

    /// Returns the squared peak of a tone; what the window takes from one that lies beside the middle is given back.
    private double peakSquared(int tone, double error) {
        double bins = error * HOPS / HOPS_A_SECOND;
        double loss =
                bins == 0 ? 1 : Math.sin(Math.PI * bins) / (Math.PI * bins * (1 - bins * bins));
        return 4 * magnitude(tone) / (bank.hannSum * bank.hannSum * loss * loss);
    }

    @Override
    public String toString() {
        return "dtmf detector";
    }

    /// The window and the eight oscillations under it for one sample rate; shared by all detectors of that rate.
    private static final class Bank {
        private static final Bank NARROW = new Bank(8000);
        private static final Bank WIDE = new Bank(16000);

        final int hop;
        final float[] hann;
        final float[][] cosines = new float[8][];
        final float[][] sines = new float[8][];
        final double hannSum;
        final double hannSquares;

        private Bank(int sampleRate) {
            hop = sampleRate / HOPS_A_SECOND;
            hann = new float[HOPS * hop];
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < hann.length; i++) {
                double weight = (1 - Math.cos(2 * Math.PI * (i + 0.5) / hann.length)) / 2;
                hann[i] = (float) weight;
                sum += weight;
                squares += weight * weight;
            }
            hannSum = sum;
            hannSquares = squares;
            for (int tone = 0; tone < 8; tone++) {
                fill(tone, 2 * Math.PI * frequency(tone) / sampleRate);
            }
        }

        private void fill(int tone, double step) {
            cosines[tone] = new float[hann.length];
            sines[tone] = new float[hann.length];
            for (int i = 0; i < hann.length; i++) {
                cosines[tone][i] = (float) (hann[i] * Math.cos(step * i));
                sines[tone][i] = (float) (hann[i] * -Math.sin(step * i));
            }
        }

        static Bank of(int sampleRate) {
            return switch (sampleRate) {
                case 8000 -> NARROW;
                case 16000 -> WIDE;
                default ->
                        throw new IllegalArgumentException("8000 or 16000 Hz, was " + sampleRate);
            };
        }

        /// Returns the frequency of tone 0 to 3 (low) or 4 to 7 (high) in Hz.
        static double frequency(int tone) {
            return tone < 4 ? DtmfTones.LOW[tone] : DtmfTones.HIGH[tone - 4];
        }
    }
}
