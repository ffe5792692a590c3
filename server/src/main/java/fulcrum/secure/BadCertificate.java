package fulcrum.secure;

/// A certificate or a private key that cannot be used, in one line that says which file and what to do.
public final class BadCertificate extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadCertificate(String reason) {
        super(reason);
    }

    BadCertificate(String reason, Throwable cause) {
        super(reason, cause);
    }
}
