package fulcrum.sip;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Optional;

/// One re-INVITE or UPDATE of the other side, from its arrival to the ACK. Belongs to the session's turn, except for
/// the two methods of [Reply].
///
/// One without a description is answered with what is in force: as an offer of ours for a re-INVITE, without any for
/// an UPDATE. One that says again what they said last is a refresh and never reaches the application.
final class IncomingOffer implements Reply, TransactionUser {
    private final Session session;
    private final Party party;
    private final SipRequest request;
    private final LiveTransaction transaction;
    private final boolean isInvite;
    private boolean isAnswered;
    private boolean isClosed;
    private @Nullable SipResponse success;
    private @Nullable Repeater repeater;

    IncomingOffer(Session session, Party party, SipRequest request, LiveTransaction transaction) {
        this.session = session;
        this.party = party;
        this.request = request;
        this.transaction = transaction;
        isInvite = request.method().equals("INVITE");
    }

    /// True once a final response was sent.
    boolean isAnswered() {
        return isAnswered;
    }

    /// Looks at the request and answers it, or asks the application to.
    void begin() {
        transaction.usedBy(this);
        if (SessionTimer.asked(request) instanceof SessionTimer.Asked.TooShort) {
            refuseNow(
                    422,
                    "Session Interval Too Small",
                    Map.of("Min-SE", String.valueOf(SessionTimer.LEAST_SECONDS)));
            return;
        }
        Optional<SessionDescription> description;
        try {
            description = Content.description(request);
        } catch (BadSip bad) {
            refuseNow(
                    bad.status(), bad.reason(), Map.of("Accept", SessionDescription.CONTENT_TYPE));
            return;
        }
        if (description.isEmpty()) {
            withoutOffer();
        } else {
            withOffer(description.get());
        }
    }

    private void withoutOffer() {
        var local = party.offers().local();
        if (!isInvite) {
            succeed(Optional.empty());
        } else if (local.isEmpty() || !party.offers().isStable()) {
            refuseNow(491, "Request Pending", Map.of());
        } else {
            succeed(Optional.of(party.offers().offer(local.get())));
        }
    }

    private void withOffer(SessionDescription description) {
        var before = party.offers().remote();
        switch (party.offers().receiveAsOffer(description)) {
            case OfferAnswer.Received.Offer(var offer) -> {
                var local = party.offers().local();
                if (before.isPresent() && before.get().equals(offer) && local.isPresent()) {
                    succeed(Optional.of(party.offers().answer(local.get())));
                } else {
                    ask(offer);
                }
            }
            case OfferAnswer.Received.Glare() -> refuseNow(491, "Request Pending", Map.of());
            case OfferAnswer.Received.Busy() ->
                    refuseNow(500, "Server Internal Error", Map.of("Retry-After", "2"));
            case OfferAnswer.Received.Unusable(var reason) ->
                    refuseNow(
                            488,
                            "Not Acceptable Here",
                            Map.of("Warning", "399 fulcrum " + Text.quote(reason)));
            case OfferAnswer.Received.Answer(_) ->
                    throw new IllegalStateException("an offer was taken for an answer");
        }
    }

    private void ask(SessionDescription offer) {
        session.tell(new SessionEvent.Reoffered(offer, this));
        if (isInvite) {
            // A reply given from within the event has its turn first, and then nobody needs to
            // wait.
            session.turn().run(this::sayTrying);
        }
    }

    private void sayTrying() {
        if (!isAnswered) {
            transaction.respond(SipResponse.to(request, 100, "Trying"));
        }
    }

    @Override
    public void accept(SessionDescription answer) {
        session.turn()
                .run(
                        () -> {
                            if (!isAnswered && !isClosed && party.offers().owesAnswer()) {
                                succeed(Optional.of(party.offers().answer(answer)));
                            }
                        });
    }

    @Override
    public void refuse(int status, String reason) {
        session.turn()
                .run(
                        () -> {
                            if (!isAnswered && !isClosed) {
                                party.offers().abandon();
                                refuseNow(status, reason, Map.of());
                            }
                        });
    }

    /// RFC 3261 §12.1.1
    private boolean isSecure() {
        return request.uri().isSecure();
    }

    private void succeed(Optional<SessionDescription> body) {
        isAnswered = true;
        var stack = session.stack();
        var response =
                stack.response(request, 200, "OK", session.localTag())
                        .with("Contact", stack.contact(transaction.connection(), isSecure()))
                        .with("Allow", RequestMaker.ALLOW_INSIDE)
                        .with("Supported", RequestMaker.SUPPORTED);
        if (body.isPresent()) {
            response = response.withBody(SessionDescription.CONTENT_TYPE, body.get().toBytes());
        }
        var agreed = Agreed.with(request, response);
        success = agreed.response();
        party.dialog().refreshTarget(request);
        session.pulse().start(agreed.timer());
        transaction.respond(agreed.response());
        if (isInvite) {
            repeater =
                    new Repeater(
                            stack.timers(),
                            session.turn(),
                            TransactionTimer.T2,
                            this::repeat,
                            this::unacknowledged);
        } else {
            session.reoffers().done(this);
        }
    }

    private void repeat() {
        var sent = success;
        if (sent != null) {
            transaction.respond(sent);
        }
    }

    private void unacknowledged() {
        close();
        session.bye(SessionEvent.Cause.UNACKNOWLEDGED, "");
    }

    private void refuseNow(int status, String reason, Map<String, String> headers) {
        isAnswered = true;
        var response = session.stack().response(request, status, reason, session.localTag());
        for (var header : headers.entrySet()) {
            response = response.with(header.getKey(), header.getValue());
        }
        transaction.respond(response);
        session.reoffers().done(this);
    }

    @Override
    public void delivered(SipMessage message) {
        if (message instanceof SipRequest ack) {
            acknowledged(ack);
        }
    }

    /// Their ACK; it carries their answer when the offer was ours.
    void acknowledged(SipRequest ack) {
        var repeating = repeater;
        if (isClosed || repeating == null || ack.cseq().number() != request.cseq().number()) {
            return;
        }
        close();
        if (party.offers().awaitsAnswer() && !takesAnswer(ack)) {
            session.bye(SessionEvent.Cause.UNUSABLE, "");
            return;
        }
        session.reoffers().done(this);
    }

    private boolean takesAnswer(SipRequest ack) {
        var received = Content.find(ack).map(party.offers()::receive);
        if (received.isEmpty()
                || !(received.get() instanceof OfferAnswer.Received.Answer(var description))) {
            return false;
        }
        session.tell(new SessionEvent.Reanswered(description));
        return true;
    }

    @Override
    public void cancelled(SipRequest cancel) {
        if (!isAnswered && !isClosed) {
            party.offers().abandon();
            refuseNow(487, "Request Terminated", Map.of());
        }
    }

    /// Stops repeating; a request that nobody answered yet is refused, since its call is over.
    void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        var repeating = repeater;
        if (repeating != null) {
            repeating.stop();
        }
        if (!isAnswered) {
            isAnswered = true;
            session.respond(transaction, request, 487, "Request Terminated");
        }
    }
}
