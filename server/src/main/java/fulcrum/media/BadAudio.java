package fulcrum.media;

/// Says that bytes which should be sound are not, or that a sound is larger than allowed.
///
/// The message names the place (an octet from the start) and the reason, fit to be shown to who uploaded it.
public final class BadAudio extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long offset;

    /// Makes one.
    ///
    /// @param offset the octet at which reading failed, from the start of the bytes
    /// @param reason what is wrong there, without a full stop
    public BadAudio(long offset, String reason) {
        super("octet " + offset + ": " + reason);
        this.offset = offset;
    }

    /// Makes one for a decoder that gave up.
    public BadAudio(long offset, String reason, Throwable cause) {
        super("octet " + offset + ": " + reason, cause);
        this.offset = offset;
    }

    /// Returns the octet at which reading failed.
    public long offset() {
        return offset;
    }
}
