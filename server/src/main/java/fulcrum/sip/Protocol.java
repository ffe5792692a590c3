package fulcrum.sip;

/// What carries SIP messages; the names are those of the Via header (RFC 3261 §20.42).
public enum Protocol {
    /// Datagrams; a message may be lost and is repeated by its transaction.
    UDP,
    /// A byte stream, framed by Content-Length.
    TCP,
    /// A byte stream that nobody between can read or change (RFC 3261 §26.2.1).
    TLS;

    /// The port of a URI that names none (RFC 3261 §19.1.2).
    public int defaultPort() {
        return this == TLS ? 5061 : 5060;
    }

    /// True when a sent message arrives or the connection is known to be broken, so that transactions need not
    /// repeat it.
    public boolean isReliable() {
        return this != UDP;
    }
}
