package fulcrum.sip;

/// What carries SIP messages; the names are those of the Via header (RFC 3261 §20.42).
public enum Protocol {
    /// Datagrams; a message may be lost and is repeated by its transaction.
    UDP,
    /// A byte stream, framed by Content-Length.
    TCP;

    /// True when a sent message arrives or the connection is known to be broken, so that transactions need not
    /// repeat it.
    public boolean isReliable() {
        return this != UDP;
    }
}
