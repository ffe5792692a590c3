package fulcrum.flow;

/// A flow, or the data of one node, is not what its action can work with.
public final class BadFlow extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String pointer;
    private final String reason;

    /// @param pointer JSON pointer (RFC 6901) to what is wrong, from the root of what was read
    public BadFlow(String pointer, String reason) {
        super((pointer.isEmpty() ? "flow" : pointer) + ": " + reason);
        this.pointer = pointer;
        this.reason = reason;
    }

    public String pointer() {
        return pointer;
    }

    public String reason() {
        return reason;
    }
}
