package fulcrum.media;

/// One sub-band of G.722: its adaptive quantiser scale and its adaptive predictor (ITU-T G.722 §3.6, §6.2).
///
/// The predictor has two poles and six zeros, moved by the signs of what came before. Encoder and decoder run the same
/// steps over the same values, so both know the same state. All numbers are integers of 15 or 16 bits as in the
/// Recommendation; names in brackets are its names.
final class SubbandCoder {
    /// Logarithms to scale: 2048 × 2^(i/32) (ILB).
    private static final int[] SCALES = {
        2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774,
                2834,
        2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922,
                4008
    };

    private static final int ZEROS = 6;

    private final int shiftOrigin;
    private final int mostLog;

    /// The estimate of the next sample, the sum of both predictors (S).
    private int estimate;

    /// What the zeros alone estimate (SZ).
    private int zeroEstimate;

    /// The logarithm of the quantiser scale (NB).
    private int log;

    /// The quantiser scale (DET).
    private int scale;

    /// The last reconstructed samples (RLT) and partly reconstructed ones (PLT), the newest first.
    private int rebuilt1;

    private int rebuilt2;
    private int partial1;
    private int partial2;

    /// Coefficients of the poles (AL1, AL2).
    private int pole1;

    private int pole2;

    /// Coefficients of the zeros (BL) and the last quantised differences (DLT), the newest first.
    private final int[] zeros = new int[ZEROS];

    private final int[] differences = new int[ZEROS];

    private SubbandCoder(int shiftOrigin, int mostLog, int firstScale) {
        this.shiftOrigin = shiftOrigin;
        this.mostLog = mostLog;
        this.scale = firstScale;
    }

    /// Makes the lower band, 0 to 4000 Hz.
    static SubbandCoder lower() {
        return new SubbandCoder(8, 18432, 32);
    }

    /// Makes the higher band, 4000 to 8000 Hz.
    static SubbandCoder higher() {
        return new SubbandCoder(10, 22528, 8);
    }

    int estimate() {
        return estimate;
    }

    int scale() {
        return scale;
    }

    /// Moves on by one sample.
    ///
    /// @param difference the quantised difference (DLT), 16 bits
    /// @param logStep how the scale moves (WL or WH)
    void advance(int difference, int logStep) {
        rescale(logStep);
        int partial = saturate(difference + zeroEstimate);
        int rebuilt = saturate(estimate + difference);
        movePoles(partial);
        moveZeros(difference);
        partial2 = partial1;
        partial1 = partial;
        rebuilt2 = rebuilt1;
        rebuilt1 = rebuilt;
        predict();
    }

    /// Blocks LOGSCL/LOGSCH and SCALEL/SCALEH.
    private void rescale(int logStep) {
        log = Math.clamp(((log * 127) >> 7) + logStep, 0, mostLog);
        int mantissa = SCALES[log >> 6 & 31];
        int shift = shiftOrigin - (log >> 11);
        scale = (shift < 0 ? mantissa << -shift : mantissa >> shift) << 2;
    }

    /// Blocks UPPOL2 and UPPOL1: poles follow the signs of the partly reconstructed signal and stay stable.
    private void movePoles(int partial) {
        boolean isLikeLast = (partial ^ partial1) >= 0;
        boolean isLikeOneBefore = (partial ^ partial2) >= 0;
        int four = saturate(pole1 << 2);
        int cross = Math.min(isLikeLast ? -four : four, 32767) >> 7;
        int second = cross + (isLikeOneBefore ? 128 : -128) + product(pole2, 32512);
        pole2 = Math.clamp(second, -12288, 12288);
        int limit = saturate(15360 - pole2);
        int first = saturate((isLikeLast ? 192 : -192) + product(pole1, 32640));
        pole1 = Math.clamp(first, -limit, limit);
    }

    /// Block UPZERO, and the delay line of differences.
    private void moveZeros(int difference) {
        int step = difference == 0 ? 0 : 128;
        for (int i = ZEROS - 1; i >= 0; i--) {
            boolean isLike = (difference ^ differences[i]) >= 0;
            zeros[i] = saturate((isLike ? step : -step) + product(zeros[i], 32640));
        }
        for (int i = ZEROS - 1; i > 0; i--) {
            differences[i] = differences[i - 1];
        }
        differences[0] = difference;
    }

    /// Blocks FILTEP, FILTEZ and PREDIC.
    private void predict() {
        int pole = product(pole1, saturate(2 * rebuilt1)) + product(pole2, saturate(2 * rebuilt2));
        int sum = 0;
        for (int i = 0; i < ZEROS; i++) {
            sum += product(zeros[i], saturate(2 * differences[i]));
        }
        zeroEstimate = saturate(sum);
        estimate = saturate(saturate(pole) + zeroEstimate);
    }

    /// Multiplies two numbers of which one is a fraction in 15 bits.
    static int product(int a, int b) {
        return (a * b) >> 15;
    }

    /// Keeps a number within 16 bits.
    static int saturate(int value) {
        return Math.clamp(value, Short.MIN_VALUE, Short.MAX_VALUE);
    }
}
