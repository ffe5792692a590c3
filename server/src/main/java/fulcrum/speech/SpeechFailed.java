package fulcrum.speech;

/// A speech engine or its files failed; the message is one line that says what was attempted.
public final class SpeechFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SpeechFailed(String message) {
        super(message);
    }

    public SpeechFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
