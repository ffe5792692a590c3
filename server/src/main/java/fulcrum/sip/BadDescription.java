package fulcrum.sip;

/// A session description that cannot be used, with the line (from 1; 0 for the whole) and what is wrong there.
/// Caught where the body of a message is looked at and answered with 400 or 488 (RFC 3261 §13.3.1.3, §21.4.26).
public final class BadDescription extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final int line;

    /// @param line the line of the description, from 1; 0 when no single line is to blame
    public BadDescription(int line, String reason) {
        super(line == 0 ? reason : "line " + line + ": " + reason);
        this.line = line;
    }

    /// The line of the description, from 1; 0 when no single line is to blame.
    public int line() {
        return line;
    }
}
