package fulcrum.api;

/// The API's server could not do its work: the port is taken, or it did not stop. The message says which.
public final class ApiFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ApiFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
