package fulcrum.directory;

/// The store itself failed: disk full, connection lost. The message says what was attempted.
public final class DirectoryFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DirectoryFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
