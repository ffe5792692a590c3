package fulcrum.media;

/// Says that the operating system refused a socket, or that no RTP port is free.
public final class MediaFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Makes one without a cause.
    public MediaFailed(String reason) {
        super(reason);
    }

    /// Makes one for a failure of the operating system.
    public MediaFailed(String reason, Throwable cause) {
        super(reason, cause);
    }
}
