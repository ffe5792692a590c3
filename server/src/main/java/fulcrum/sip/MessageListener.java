package fulcrum.sip;

/// Takes every well-formed message from the transports. Called on transport threads, for messages of one UDP socket
/// or one TCP connection in their order; must not block.
public interface MessageListener {
    /// A message arrived. The top Via of a request already says where it came from (RFC 3581 §4).
    void received(SipMessage message, Connection over);
}
