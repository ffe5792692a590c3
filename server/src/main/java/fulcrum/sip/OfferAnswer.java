package fulcrum.sip;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who has offered what to whom in one dialog: at most one offer in flight (RFC 3264, RFC 6337).
///
/// Pure: no clock, no socket; one thread at a time (the session's turn). The life of an exchange:
/// 1. stable; either side may offer;
/// 2. offered by us ([#offer]) until [#receive] takes the answer, or offered by them until [#answer];
/// 3. stable again, with a new pair of descriptions, or with the old pair after [#abandon].
///
/// It alone writes the `o=` line of what we send: the version grows by one when, and only when, something else
/// in the description changed (RFC 3264 §8).
public final class OfferAnswer {
    /// What a received description turned out to be.
    public sealed interface Received {
        /// It is an offer, and we owe an answer.
        record Offer(SessionDescription description) implements Received {}

        /// It answers our offer.
        record Answer(SessionDescription description) implements Received {}

        /// It came while our own offer was out; refuse with 491 (RFC 6337 §2.2, RFC 3261 §14.2).
        record Glare() implements Received {}

        /// It came while their previous offer was unanswered; refuse with 500 and Retry-After (RFC 3261 §14.2).
        record Busy() implements Received {}

        /// It breaks the rules of RFC 3264; refuse with 488, or end the call when it was an answer.
        record Unusable(String reason) implements Received {}
    }

    private enum State {
        STABLE,
        OFFERED_BY_US,
        OFFERED_BY_THEM
    }

    private final String sessionId;
    private long version;
    private State state = State.STABLE;
    private @Nullable SessionDescription sent;
    private @Nullable SessionDescription local;
    private @Nullable SessionDescription remote;
    private @Nullable SessionDescription pending;

    /// @param sessionId digits that name our side of this session in every `o=` line
    public OfferAnswer(String sessionId) {
        this.sessionId = sessionId;
        this.version = 1;
    }

    private OfferAnswer(OfferAnswer other) {
        sessionId = other.sessionId;
        version = other.version;
        state = other.state;
        sent = other.sent;
        local = other.local;
        remote = other.remote;
        pending = other.pending;
    }

    /// A second machine in the same state, for one more dialog forked from the same INVITE (RFC 6337 §3).
    OfferAnswer copy() {
        return new OfferAnswer(this);
    }

    /// Our description of the last finished exchange.
    public Optional<SessionDescription> local() {
        return Optional.ofNullable(local);
    }

    /// Their description of the last finished exchange.
    public Optional<SessionDescription> remote() {
        return Optional.ofNullable(remote);
    }

    /// True when neither side's offer is in flight.
    public boolean isStable() {
        return state == State.STABLE;
    }

    /// True when they wait for our answer.
    public boolean owesAnswer() {
        return state == State.OFFERED_BY_THEM;
    }

    /// True when we wait for their answer.
    public boolean awaitsAnswer() {
        return state == State.OFFERED_BY_US;
    }

    /// Begins an exchange from our side and returns what to send: sections keep their places, and sections we no
    /// longer have stay with port 0 (RFC 3264 §8).
    ///
    /// @throws IllegalStateException when an offer is in flight
    public SessionDescription offer(SessionDescription wanted) {
        if (state != State.STABLE) {
            throw new IllegalStateException("an offer is in flight");
        }
        var offered = stamped(wanted.withMedia(keepingPlaces(wanted.media())));
        state = State.OFFERED_BY_US;
        pending = offered;
        return offered;
    }

    /// Takes a description from the other side and says what it is.
    public Received receive(SessionDescription description) {
        return switch (state) {
            case OFFERED_BY_US -> receiveAnswer(description);
            case OFFERED_BY_THEM -> new Received.Busy();
            case STABLE -> receiveOffer(description);
        };
    }

    /// Takes a description that the message's kind makes an offer (the body of an INVITE, UPDATE or PRACK), so that
    /// one which crosses ours is glare and not an answer.
    public Received receiveAsOffer(SessionDescription description) {
        return state == State.OFFERED_BY_US ? new Received.Glare() : receive(description);
    }

    /// Ends an exchange that they began and returns what to send: one section for each of theirs, port 0 where we
    /// have none of that kind, directions narrowed to what the offer allows (RFC 3264 §6).
    ///
    /// @throws IllegalStateException when no answer is owed
    public SessionDescription answer(SessionDescription wanted) {
        var offer = pending;
        if (state != State.OFFERED_BY_THEM || offer == null) {
            throw new IllegalStateException("no answer is owed");
        }
        var answer = stamped(wanted.withMedia(mirrored(offer, wanted)));
        local = answer;
        remote = offer;
        settle();
        return answer;
    }

    /// Forgets the offer in flight, whoever made it; what was agreed before stays in force (RFC 3261 §14.1).
    public void abandon() {
        settle();
    }

    private void settle() {
        state = State.STABLE;
        pending = null;
    }

    private Received receiveOffer(SessionDescription offer) {
        var before = remote;
        if (before != null && !keepsPlaces(before, offer)) {
            return new Received.Unusable("media sections changed their order");
        }
        state = State.OFFERED_BY_THEM;
        pending = offer;
        return new Received.Offer(offer);
    }

    private Received receiveAnswer(SessionDescription answer) {
        var offer = pending;
        if (offer == null || answer.media().size() != offer.media().size()) {
            return new Received.Unusable("the answer has not as many media sections as the offer");
        }
        for (var i = 0; i < offer.media().size(); i++) {
            if (!offer.media().get(i).type().equals(answer.media().get(i).type())) {
                return new Received.Unusable("the answer has its media sections in another order");
            }
        }
        local = offer;
        remote = answer;
        settle();
        return new Received.Answer(answer);
    }

    private static boolean keepsPlaces(SessionDescription before, SessionDescription now) {
        if (now.media().size() < before.media().size()) {
            return false;
        }
        for (var i = 0; i < before.media().size(); i++) {
            var was = before.media().get(i);
            // A place that was refused may be used again for something else (RFC 3264 §8.1).
            if (was.port() != 0 && !was.type().equals(now.media().get(i).type())) {
                return false;
            }
        }
        return true;
    }

    private List<SdpMedia> keepingPlaces(List<SdpMedia> wanted) {
        var before = local;
        if (before == null) {
            return wanted;
        }
        var left = new ArrayList<>(wanted);
        var placed = new ArrayList<SdpMedia>();
        for (var was : before.media()) {
            placed.add(takeLike(left, was).orElseGet(was::refused));
        }
        placed.addAll(left);
        return placed;
    }

    private static List<SdpMedia> mirrored(SessionDescription offer, SessionDescription wanted) {
        var left = new ArrayList<>(wanted.media());
        var placed = new ArrayList<SdpMedia>();
        for (var theirs : offer.media()) {
            var ours = theirs.port() == 0 ? Optional.<SdpMedia>empty() : takeLike(left, theirs);
            placed.add(
                    ours.map(section -> narrowed(offer, theirs, wanted, section))
                            .orElseGet(theirs::refused));
        }
        return placed;
    }

    private static SdpMedia narrowed(
            SessionDescription offer, SdpMedia theirs, SessionDescription wanted, SdpMedia ours) {
        var direction = wanted.directionOf(ours);
        var allowed = direction.limitedBy(offer.directionOf(theirs).reversed());
        return allowed == direction ? ours : ours.withDirection(allowed);
    }

    private static Optional<SdpMedia> takeLike(List<SdpMedia> sections, SdpMedia model) {
        for (var i = 0; i < sections.size(); i++) {
            var section = sections.get(i);
            if (section.type().equals(model.type())
                    && section.protocol().equals(model.protocol())) {
                sections.remove(i);
                return Optional.of(section);
            }
        }
        return Optional.empty();
    }

    private SessionDescription stamped(SessionDescription wanted) {
        var last = sent;
        var same = wanted.withOrigin(origin(wanted.origin()));
        if (last != null && !last.equals(same)) {
            version++;
            same = wanted.withOrigin(origin(wanted.origin()));
        }
        sent = same;
        return same;
    }

    private SdpOrigin origin(SdpOrigin wanted) {
        return new SdpOrigin(wanted.user(), sessionId, Long.toString(version), wanted.host());
    }
}
