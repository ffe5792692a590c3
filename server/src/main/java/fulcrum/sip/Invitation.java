package fulcrum.sip;

import java.util.Map;
import java.util.Optional;

/// A call that came in and was admitted (RFC 3261 §13.3). 100 Trying is already sent.
///
/// Methods may be called from any thread and return at once; what they ask for is done in the session's turn, in
/// the order of the calls. Each is ignored when the call is over or no longer in a state for it, since the caller
/// may have given up a moment ago; the listener has then been told.
public interface Invitation {
    /// The INVITE as received.
    SipRequest request();

    /// The flow over which it came.
    Connection connection();

    /// The caller's offer; empty when the INVITE has none, and then our description in [#answer] is the offer and
    /// theirs comes with [SessionEvent.Confirmed].
    Optional<SessionDescription> offer();

    /// Says who hears what happens; events from before are delivered first.
    void listen(SessionListener listener);

    /// Says 180 Ringing.
    void ring();

    /// Says 183 with a description, so that the caller hears us before the call is answered.
    void progress(SessionDescription early);

    /// Says 200. The description is fitted to the offer: places kept, unknown sections refused, directions narrowed.
    void answer(SessionDescription description);

    /// Refuses the call.
    ///
    /// @param status 300 to 699
    void reject(int status, String reason, Map<String, String> headers);

    /// The call itself.
    SipSession session();
}
