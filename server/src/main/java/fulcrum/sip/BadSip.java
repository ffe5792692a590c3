package fulcrum.sip;

/// Words from outside that are not SIP, or not SIP that we may act on. Thrown by the parser and by the accessors of
/// lazily parsed headers; caught at the transports' door, where a request is answered with [#status] and anything
/// else is dropped. It has no stack trace: making one must stay cheap under a flood.
public final class BadSip extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String reason;
    private final int offset;

    /// @param status the response a request of this kind deserves, 400 to 699
    /// @param reason what is wrong, fit for a reason phrase
    /// @param offset where in the message, or in the header's value when a header is named; 0 when nowhere special
    public BadSip(int status, String reason, int offset) {
        super(status + " " + reason + " (at " + offset + ")", null, false, false);
        this.status = status;
        this.reason = reason;
        this.offset = offset;
    }

    static BadSip badRequest(String reason, int offset) {
        return new BadSip(400, reason, offset);
    }

    /// The response that a request of this kind deserves.
    public int status() {
        return status;
    }

    /// What is wrong, in a few plain words.
    public String reason() {
        return reason;
    }

    /// Where it is wrong, counted from the beginning of the message or of the header's value.
    public int offset() {
        return offset;
    }
}
