package fulcrum.sip;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Optional;

/// Offers and answers inside a running call, from either side (RFC 3261 §14, RFC 3311, RFC 6337). Belongs to the
/// session's turn.
///
/// Ours go out one after the other, by re-INVITE, and only while nothing of theirs is open; one that met theirs (491)
/// is made again after the time that the RFC draws for the side that we are. Theirs are an [IncomingOffer] each.
final class Reoffers {
    private static final int MOST_TRIES = 8;
    private static final long GIVE_UP_MILLIS = 60_000;
    private static final int LONGEST_RETRY_AFTER = 10;

    /// An offer of ours.
    ///
    /// @param isRefresh true when it only tells that we are alive, and the application hears nothing of it
    private record Wanted(SessionDescription description, boolean isRefresh, int tries) {}

    private final Session session;
    private final ArrayDeque<Wanted> waiting = new ArrayDeque<>(1);
    private @Nullable DialogRequest sent;
    private @Nullable Wanted inFlight;
    private @Nullable IncomingOffer theirs;
    private Timers.@Nullable Timer pause;
    private Timers.@Nullable Timer patience;
    private Acknowledgement acknowledgement = new Acknowledgement();

    Reoffers(Session session) {
        this.session = session;
    }

    /// Offers another description, now or when it is its turn.
    void offer(SessionDescription description) {
        if (!session.isOver()) {
            waiting.add(new Wanted(description, false, 0));
            next();
        }
    }

    /// Offers once more what is in force.
    void refresh() {
        var local = session.party().flatMap(party -> party.offers().local());
        if (waiting.isEmpty() && inFlight == null && local.isPresent()) {
            waiting.add(new Wanted(local.get(), true, 0));
            next();
        }
    }

    void stop() {
        waiting.clear();
        Timers.Timer.stop(pause);
        Timers.Timer.stop(patience);
        pause = null;
        var open = theirs;
        theirs = null;
        if (open != null) {
            open.close();
        }
    }

    /// Sends the next offer if nothing is in its way.
    void next() {
        var party = session.party();
        var isFree = inFlight == null && theirs == null && pause == null && session.isUp();
        if (isFree && party.isPresent() && party.get().offers().isStable() && !waiting.isEmpty()) {
            send(party.get(), waiting.remove());
        }
    }

    private void send(Party party, Wanted wanted) {
        var offer = party.offers().offer(wanted.description());
        var ack = new Acknowledgement();
        acknowledgement = ack;
        inFlight = wanted;
        patience =
                session.stack().timers().start(session.turn(), GIVE_UP_MILLIS, this::lostPatience);
        var request =
                DialogRequest.send(
                        session,
                        party,
                        "INVITE",
                        made ->
                                session.pulse()
                                        .dressed(made.with("Allow", RequestMaker.ALLOW_INSIDE))
                                        .withBody(SessionDescription.CONTENT_TYPE, offer.toBytes()),
                        response -> answered(party, wanted, response));
        // A way that is not there ends the request before it is even returned.
        sent = inFlight == null ? null : request;
        request.onRepetition(_ -> ack.again(session));
    }

    /// Answered provisionally and then forgotten; a CANCEL gets the final answer.
    private void lostPatience() {
        var request = sent;
        if (request != null) {
            request.cancel();
        }
    }

    private void answered(Party party, Wanted wanted, SipResponse response) {
        Timers.Timer.stop(patience);
        var request = sent;
        sent = null;
        inFlight = null;
        if (response.status() / 100 == 2) {
            accepted(
                    party,
                    wanted,
                    response,
                    request == null ? response.cseq().number() : request.sequence());
            return;
        }
        party.offers().abandon();
        if (!session.isOver() && !session.judge("INVITE", response)) {
            refused(wanted, response);
        }
    }

    private void accepted(Party party, Wanted wanted, SipResponse response, long sequence) {
        acknowledgement.send(session, party, sequence, Optional.empty());
        if (session.isOver()) {
            return;
        }
        party.dialog().refreshTarget(response);
        party.learn(response);
        session.pulse().settled(response);
        var answer = Content.find(response).map(party.offers()::receive);
        if (answer.isEmpty()
                || !(answer.get() instanceof OfferAnswer.Received.Answer(var description))) {
            session.bye(SessionEvent.Cause.UNUSABLE, "");
            return;
        }
        if (!wanted.isRefresh()) {
            session.tell(new SessionEvent.Reanswered(description));
        }
        next();
    }

    private void refused(Wanted wanted, SipResponse response) {
        var delay = retryMillis(response);
        if (delay >= 0 && wanted.tries() < MOST_TRIES) {
            waiting.addFirst(
                    new Wanted(wanted.description(), wanted.isRefresh(), wanted.tries() + 1));
            pause =
                    session.stack()
                            .timers()
                            .start(
                                    session.turn(),
                                    delay,
                                    () -> {
                                        pause = null;
                                        next();
                                    });
            return;
        }
        if (!wanted.isRefresh()) {
            session.tell(new SessionEvent.ReofferRefused(response.status(), response.reason()));
        }
        next();
    }

    /// How long to wait before the same offer is made again; -1 when it was refused for good. Whoever chose the
    /// Call-ID waits longer after glare, so that the two do not meet again (RFC 3261 §14.1).
    private long retryMillis(SipResponse response) {
        return switch (response.status()) {
            case 491 -> {
                var steps =
                        Math.floorMod(
                                session.stack().random().getAsLong(),
                                session.isCaller() ? 191 : 200);
                yield (session.isCaller() ? 2_100 : 0) + steps * 10L;
            }
            case 500, 503 -> retryAfter(response);
            case 422 -> session.pulse().raises(response) ? 0 : -1;
            default -> -1;
        };
    }

    private static long retryAfter(SipResponse response) {
        var value = response.header("Retry-After").orElse("");
        var end = 0;
        while (end < value.length() && end < 4 && Text.isDigit(value.charAt(end))) {
            end++;
        }
        var seconds = end == 0 ? -1 : Integer.parseInt(value, 0, end, 10);
        return seconds > LONGEST_RETRY_AFTER ? -1 : seconds * 1000L;
    }

    /// They sent a re-INVITE.
    ///
    /// @param beginning the setup, while it is not over
    void invited(
            SipRequest request,
            LiveTransaction transaction,
            Party party,
            @Nullable Setup beginning) {
        var isAcked = beginning == null || !beginning.awaitsAck();
        if (inFlight != null || (!isAcked && !party.offers().isStable())) {
            refuse(transaction, request, 491, "Request Pending");
            return;
        }
        var open = theirs;
        var isBusy = (beginning != null && isAcked) || (open != null && !open.isAnswered());
        if (isBusy) {
            later(transaction, request);
            return;
        }
        // Nobody sends a new INVITE before the answer to the last one arrived: that is as good as
        // its ACK, which may
        // still be on its way (RFC 5407 §3.1.4).
        if (beginning != null) {
            beginning.assumeAck();
        }
        if (open != null) {
            open.close();
            theirs = null;
        }
        take(new IncomingOffer(session, party, request, transaction));
    }

    /// They sent an UPDATE.
    void updated(SipRequest request, LiveTransaction transaction, Party party) {
        var offer = new IncomingOffer(session, party, request, transaction);
        if (request.bodyPart().length() == 0) {
            offer.begin();
        } else if (theirs == null) {
            take(offer);
        } else {
            later(transaction, request);
        }
    }

    private void take(IncomingOffer offer) {
        theirs = offer;
        offer.begin();
    }

    /// Something of theirs is settled, with or without an answer.
    void done(IncomingOffer offer) {
        if (theirs == offer) {
            theirs = null;
            next();
        }
    }

    /// An ACK to a 2xx, perhaps to their re-INVITE.
    void acknowledged(SipRequest ack) {
        var open = theirs;
        if (open != null) {
            open.acknowledged(ack);
        }
    }

    private void later(LiveTransaction transaction, SipRequest request) {
        var seconds = Math.floorMod(session.stack().random().getAsLong(), LONGEST_RETRY_AFTER + 1);
        transaction.respond(
                session.stack()
                        .response(request, 500, "Server Internal Error", session.localTag())
                        .with("Retry-After", String.valueOf(seconds)));
    }

    private void refuse(
            LiveTransaction transaction, SipRequest request, int status, String reason) {
        session.respond(transaction, request, status, reason);
    }
}
