package fulcrum.sip;

import java.util.Optional;

/// One call of ours with one other side, whoever began it. Methods may be called from any thread and return at
/// once; what comes of them is told to the [SessionListener].
public interface SipSession {
    /// The Call-ID.
    String callId();

    /// Our tag.
    String localTag();

    /// Their tag; empty until they gave one.
    String remoteTag();

    /// The flow over which this side last heard of the other, or was reached first.
    Connection connection();

    /// Ends the call as its state wants: BYE when it is up, CANCEL when ours is not answered yet, 480 when theirs
    /// is not. [SessionEvent.Ended] follows. A second time does nothing.
    ///
    /// @param reasonHeader value of a Reason header (RFC 3326), such as `Q.850;cause=16`
    void hangUp(Optional<String> reasonHeader);

    /// Offers another description, by re-INVITE. [SessionEvent.Reanswered] or [SessionEvent.ReofferRefused] follows;
    /// glare is retried by itself (RFC 3261 §14.1), and an offer made while another is in flight waits for its turn.
    void reoffer(SessionDescription description);

    /// Sends a request inside the dialog, such as INFO or NOTIFY; silently dropped when there is no dialog.
    ///
    /// @param contentType empty for a request without body
    void send(String method, String contentType, byte[] body);

    /// Asks the other side to call somewhere else (RFC 3515). [SessionEvent.TransferProgress] follows.
    ///
    /// @param referTo value of the Refer-To header
    void transfer(String referTo);
}
