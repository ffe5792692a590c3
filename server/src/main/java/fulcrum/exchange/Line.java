package fulcrum.exchange;

import fulcrum.call.Dial;
import fulcrum.call.HangupCause;
import fulcrum.media.Codec;
import fulcrum.media.Codecs;
import fulcrum.sip.Invitation;
import fulcrum.sip.SessionDescription;
import fulcrum.sip.SipSession;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The SIP side of a leg: an invitation that came in, or a session that we began. Used in the leg's turn only.
final class Line {
    private static final int USUAL_HOPS = 70;

    private final @Nullable Invitation invitation;
    private final InetSocketAddress remote;
    private final Dial.Media wish;
    private final List<Codec> spoken;
    private @Nullable SipSession session;
    private boolean answered;

    private Line(
            @Nullable Invitation invitation,
            @Nullable SipSession session,
            InetSocketAddress remote,
            Dial.Media wish,
            List<Codec> spoken) {
        this.invitation = invitation;
        this.session = session;
        this.remote = remote;
        this.wish = wish;
        this.spoken = spoken;
    }

    /// @param encryption how whoever calls is set up
    static Line incoming(Invitation invitation, Dial.Encryption encryption) {
        return new Line(
                invitation,
                invitation.session(),
                invitation.connection().remote(),
                new Dial.Media(List.of(), encryption),
                List.of());
    }

    /// @param remote where the call goes first
    /// @param wish what the leg may speak
    /// @param spoken what whoever it will talk to speaks, best first
    static Line outgoing(InetSocketAddress remote, Dial.Media wish, List<Codec> spoken) {
        return new Line(null, null, remote, wish, spoken);
    }

    /// What the leg may speak.
    Dial.Media wish() {
        return wish;
    }

    /// The codecs of our offer: those that were asked for, else all, with those first that the other party speaks.
    List<Codec> codecs() {
        List<Codec> wished =
                wish.codecs().stream().flatMap(name -> Codecs.named(name).stream()).toList();
        if (!wished.isEmpty()) {
            return wished;
        }
        Set<Codec> all = new LinkedHashSet<>(spoken);
        all.addAll(Codecs.ALL);
        return List.copyOf(all);
    }

    /// The session that we began; its first events come afterwards.
    void begun(SipSession outgoing) {
        session = outgoing;
    }

    /// The address of the other side, as far as it is known.
    InetSocketAddress remote() {
        return remote;
    }

    /// What the INVITE that came in leaves of hops; the usual number where none came in.
    int hopsLeft() {
        return invitation == null
                ? USUAL_HOPS
                : invitation
                        .request()
                        .header("Max-Forwards")
                        .map(String::strip)
                        .filter(text -> text.matches("\\d{1,3}"))
                        .map(Integer::valueOf)
                        .orElse(USUAL_HOPS);
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
        Reasons.of(cause).ifPresent(value -> headers.put("Reason", value));
        reject(cause.sipStatus(), "", headers);
    }

    /// Ends the call as its state wants.
    void hangUp(HangupCause cause) {
        SipSession known = session;
        if (known != null) {
            known.hangUp(Reasons.of(cause));
        }
    }
}
