package fulcrum.media;

/// Says which way audio may flow, seen from our side (RFC 3264 §6.1, §8.4).
public enum Direction {
    SENDRECV(true, true),
    SENDONLY(true, false),
    RECVONLY(false, true),
    INACTIVE(false, false);

    private final boolean sends;
    private final boolean receives;

    Direction(boolean sends, boolean receives) {
        this.sends = sends;
        this.receives = receives;
    }

    /// Tells whether we may send audio.
    public boolean sends() {
        return sends;
    }

    /// Tells whether audio that arrives is listened to; digits and reports always are.
    public boolean receives() {
        return receives;
    }
}
