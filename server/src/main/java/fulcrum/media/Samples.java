package fulcrum.media;

/// Does arithmetic on signed 16 bit samples.
final class Samples {
    private Samples() {}

    /// Adds `more` to `to`, cut off at the largest value that fits.
    static void add(short[] to, short[] more, int samples) {
        for (int i = 0; i < samples; i++) {
            int sum = to[i] + more[i];
            to[i] = (short) Math.clamp(sum, Short.MIN_VALUE, Short.MAX_VALUE);
        }
    }
}
