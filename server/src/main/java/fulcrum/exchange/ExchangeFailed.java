package fulcrum.exchange;

/// Something this room needs of the world failed; the message says what was attempted.
public final class ExchangeFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ExchangeFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
