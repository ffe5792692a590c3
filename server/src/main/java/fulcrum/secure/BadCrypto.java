package fulcrum.secure;

/// An `a=crypto` line that cannot be used, and why; the key is never in the text.
public final class BadCrypto extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadCrypto(String reason) {
        super(reason);
    }
}
