package fulcrum.storage;

/// The disk or the database failed; the message is one line that says what was attempted and what to do.
public final class StorageFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StorageFailed(String message) {
        super(message);
    }

    public StorageFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
