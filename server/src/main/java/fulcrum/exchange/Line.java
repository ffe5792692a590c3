package fulcrum.exchange;

import fulcrum.call.HangupCause;
import fulcrum.sip.Invitation;
import fulcrum.sip.SessionDescription;
import fulcrum.sip.SipSession;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The SIP side of a leg: an invitation that came in, or a session that we began. Used in the leg's turn only.
final class Line {
    private final @Nullable Invitation invitation;
    private final InetSocketAddress remote;
    private @Nullable SipSession session;
    private boolean answered;

    private Line(
            @Nullable Invitation invitation,
            @Nullable SipSession session,
            InetSocketAddress remote) {
        this.invitation = invitation;
        this.session = session;
        this.remote = remote;
    }

    static Line incoming(Invitation invitation) {
        return new Line(invitation, invitation.session(), invitation.connection().remote());
    }

    /// @param remote where the call goes first
    static Line outgoing(InetSocketAddress remote) {
        return new Line(null, null, remote);
    }

    /// The session that we began; its first events come afterwards.
    void begun(SipSession outgoing) {
        session = outgoing;
    }

    /// The address of the other side, as far as it is known.
    InetSocketAddress remote() {
        return remote;
    }

    boolean isIncoming() {
        return invitation != null;
    }

    /// Whether we said 200; the other side may not know yet.
    boolean wasAnswered() {
        return answered;
    }

    /// The other side's offer; empty when the INVITE had none, or when it was ours.
    Optional<SessionDescription> offer() {
        return invitation == null ? Optional.empty() : invitation.offer();
    }

    /// Whether sound can be sent before the answer: not when the caller wants us to offer.
    boolean canProgress() {
        return offer().isPresent() && !answered;
    }

    void ring() {
        if (invitation != null) {
            invitation.ring();
        }
    }

    void progress(SessionDescription early) {
        if (invitation != null) {
            invitation.progress(early);
        }
    }

    void answer(SessionDescription description) {
        if (invitation != null) {
            answered = true;
            invitation.answer(description);
        }
    }

    void reject(int status, String reason, Map<String, String> headers) {
        if (invitation != null) {
            invitation.reject(status, reason, headers);
        }
    }

    /// Refuses an unanswered call with the status of a cause, and a Reason header (RFC 3326) where Q.850 knows it.
    void refuse(HangupCause cause) {
        Map<String, String> headers = new LinkedHashMap<>();
        reason(cause).ifPresent(value -> headers.put("Reason", value));
        reject(cause.sipStatus(), "", headers);
    }

    /// Ends the call as its state wants.
    void hangUp(HangupCause cause) {
        SipSession known = session;
        if (known != null) {
            known.hangUp(reason(cause));
        }
    }

    private static Optional<String> reason(HangupCause cause) {
        return cause.q850() <= 127 ? Optional.of("Q.850;cause=" + cause.q850()) : Optional.empty();
    }
}
