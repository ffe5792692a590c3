package fulcrum.media;

/// Two frequencies that sound together, the lower one first; what recognises a prompt in a test.
///
/// @param low the lower frequency, Hz
/// @param high the higher frequency, Hz
public record TonePair(double low, double high) {
    public TonePair {
        if (low <= 0 || high < low) {
            throw new IllegalArgumentException(
                    "a tone pair is low and high, was " + low + ", " + high);
        }
    }

    /// Tells whether both frequencies lie within `tolerance` Hz of the other pair's.
    public boolean isNear(TonePair other, double tolerance) {
        return Math.abs(low - other.low) <= tolerance && Math.abs(high - other.high) <= tolerance;
    }

    @Override
    public String toString() {
        return "%.0f+%.0f Hz".formatted(low, high);
    }
}
