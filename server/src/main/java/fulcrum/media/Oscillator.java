package fulcrum.media;

/// A sine of one frequency, sample by sample (a recurrence of two multiplications, exact for hours).
final class Oscillator {
    private final double coefficient;
    private final double first;
    private final double second;
    private double before;
    private double now;

    /// Makes one that begins at phase zero; its peak is 1.
    Oscillator(double frequency, int sampleRate) {
        double step = 2 * Math.PI * frequency / sampleRate;
        coefficient = 2 * Math.cos(step);
        first = -Math.sin(step);
        second = 0;
        before = first;
        now = second;
    }

    double next() {
        double sample = now;
        double next = coefficient * now - before;
        before = now;
        now = next;
        return sample;
    }

    /// Begins again at phase zero.
    void restart() {
        before = first;
        now = second;
    }
}
