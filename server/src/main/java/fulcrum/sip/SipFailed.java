package fulcrum.sip;

/// The network would not give us what we need to speak SIP, in words for the person who started the server, such as
/// `UDP 0.0.0.0:5060: address already in use`.
public final class SipFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param cause what the operating system said
    public SipFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
