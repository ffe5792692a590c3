package fulcrum.sip;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// One other side of a call: the dialog with it, and what was offered to it and by it. An INVITE that a proxy forked
/// has several of them until one answers (RFC 3261 §13.2.2.4). Belongs to its session's turn.
final class Party {
    private final Dialog dialog;
    private final OfferAnswer offers;
    private boolean allowsUpdate;
    private boolean isDismissed;
    private long lastReliable = -1;
    private @Nullable SessionDescription preview;

    Party(Dialog dialog, OfferAnswer offers) {
        this.dialog = dialog;
        this.offers = offers;
    }

    Dialog dialog() {
        return dialog;
    }

    OfferAnswer offers() {
        return offers;
    }

    /// True when the other side said that it serves UPDATE (RFC 3311 §4).
    boolean allowsUpdate() {
        return allowsUpdate;
    }

    void allowsUpdate(boolean now) {
        allowsUpdate = now;
    }

    /// Takes what a message of the other side says of its abilities, when it says anything.
    void learn(SipMessage message) {
        if (message.hasHeader("Allow")) {
            allowsUpdate = message.lists("Allow", "UPDATE");
        }
    }

    /// True once this side was sent away, since another one had the call or nobody wanted it any more.
    boolean isDismissed() {
        return isDismissed;
    }

    void dismiss() {
        isDismissed = true;
    }

    /// Takes the RSeq of a reliable provisional response; false when it came before or a gap is in front of it
    /// (RFC 3262 §4).
    boolean takesReliable(long rseq) {
        if (lastReliable >= 0 && rseq != lastReliable + 1) {
            return false;
        }
        lastReliable = rseq;
        return true;
    }

    /// The description in a provisional response that may be lost: their answer, unless the 2xx says another one
    /// (RFC 6337 §3.1).
    Optional<SessionDescription> preview() {
        return Optional.ofNullable(preview);
    }

    void previews(SessionDescription description) {
        preview = description;
    }
}
