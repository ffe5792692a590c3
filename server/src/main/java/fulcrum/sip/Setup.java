package fulcrum.sip;

import java.util.Optional;

/// The beginning of a session, until its INVITE is answered and acknowledged; called in the session's turn.
sealed interface Setup permits ServerInvite, ClientInvite {
    /// The other side with that tag, as far as it is known by now.
    Optional<Party> party(String remoteTag);

    /// Gives the call up.
    void hangUp(String reasonHeader);

    /// The other side said BYE in an early dialog; already answered.
    void ended(SipRequest bye);

    /// The other side acknowledged a reliable provisional response (RFC 3262 §3).
    void pracked(SipRequest prack, LiveTransaction transaction);

    /// The ACK to our 2xx; false when it acknowledges nothing of ours.
    boolean acknowledged(SipRequest ack);

    /// True while a 2xx of ours waits for its ACK.
    boolean awaitsAck();

    /// They went on as one does whose ACK is on its way or was lost.
    void assumeAck();

    /// Stops every timer.
    void stop();
}
