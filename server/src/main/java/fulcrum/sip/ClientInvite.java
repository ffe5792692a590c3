package fulcrum.sip;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A call of ours, until one other side has our ACK (RFC 3261 §13.2), and afterwards the guard against further ones:
/// each fork that answers later gets its ACK and a BYE (§13.2.2.4). Belongs to the session's turn.
///
/// 1. calling: the INVITE is out, also again with credentials (401, 407) or a longer session interval (422);
/// 2. ringing: provisional responses came, each other side being a [Party];
/// 3. answered: the first 2xx decides; when it carries the offer, the ACK waits for the application's answer;
/// 4. given up: a CANCEL is out, or goes out with the first provisional response (§9.1); a 2xx that was on its way
///    gets ACK and BYE.
final class ClientInvite implements Setup {
    private final Session session;
    private final OutgoingInvite call;
    private final OfferAnswer offers;
    private final Map<String, Party> parties = new LinkedHashMap<>(2);
    private final EarlyResponses early;
    private final Attempts attempts;
    private @Nullable SipRequest sent;
    private @Nullable Party winner;
    private Acknowledgement acknowledgement = new Acknowledgement();
    private Timers.@Nullable Timer patience;
    private boolean isAuthenticated;
    private boolean isLengthened;
    private boolean isGivenUp;
    private boolean isCancelled;
    private String reasonHeader = "";

    ClientInvite(Session session, OutgoingInvite call) {
        this.session = session;
        this.call = call;
        offers = new OfferAnswer(session.stack().number());
        early = new EarlyResponses(session);
        attempts = new Attempts(session, this);
    }

    /// Makes the INVITE and looks for a way; in the turn.
    void begin() {
        var request =
                SipRequest.of("INVITE", call.target())
                        .with("Max-Forwards", "70")
                        .with("From", call.from().withTag(session.localTag()).toString())
                        .with("To", call.to().toString())
                        .with("Call-ID", session.callId())
                        .with("CSeq", "1 INVITE");
        for (var route : call.routes()) {
            request = request.plus("Route", route.toString());
        }
        for (var header : call.headers().entrySet()) {
            request = request.with(header.getKey(), header.getValue());
        }
        request =
                session.pulse()
                        .dressed(request)
                        .with("Supported", RequestMaker.SUPPORTED)
                        .with("Allow", RequestMaker.ALLOW_INSIDE);
        var body = call.offer().map(offers::offer);
        if (body.isPresent()) {
            request = request.withBody(SessionDescription.CONTENT_TYPE, body.get().toBytes());
        }
        go(request);
    }

    private void go(SipRequest request) {
        sent = request;
        if (call.connection().isPresent()) {
            attempts.begin(call.connection().filter(Connection::isOpen), request);
            return;
        }
        var routes = call.routes();
        attempts.begin(routes.isEmpty() ? call.target() : routes.getFirst().uri(), request);
    }

    /// Whether the request is still to be sent, and can be; sees to the end when not.
    boolean wants(SipRequest request, Optional<Connection> flow) {
        if (isGivenUp) {
            session.forget();
        } else if (flow.isEmpty() && !attempts.goOn(request)) {
            refused(SipResponse.to(request, 503, "Service Unavailable"));
        }
        return !isGivenUp && flow.isPresent();
    }

    /// The request as it goes out over this flow, which the session's is now.
    SipRequest stamped(SipRequest request, Connection flow) {
        var stack = session.stack();
        var contact = stack.contact(flow, call.target().isSecure());
        var stamped = stack.stamped(request.with("Contact", contact), flow);
        sent = stamped;
        session.connection(flow);
        return stamped;
    }

    boolean isGivenUp() {
        return isGivenUp;
    }

    /// A response to the INVITE at the present place.
    void delivered(SipMessage message) {
        if (!(message instanceof SipResponse response)) {
            return;
        }
        switch (response.status() / 100) {
            case 1 -> provisional(response);
            case 2 -> succeeded(response);
            default -> failed(response);
        }
    }

    /// Nobody answered at the present place.
    void timedOut() {
        var request = sent;
        if (request != null && (isGivenUp || !attempts.goOn(request))) {
            refused(SipResponse.to(request, 408, "Request Timeout"));
        }
    }

    private void provisional(SipResponse response) {
        if (isGivenUp) {
            cancel();
            return;
        }
        if (winner != null || response.status() == 100 || response.to().tag().isEmpty()) {
            alerted(response);
            return;
        }
        var party = partyOf(response);
        party.learn(response);
        session.heardOf(response.to().tag());
        early.take(response, party);
    }

    /// Old phones ring without a tag (RFC 2543); nothing but the ringing can be made of that.
    private void alerted(SipResponse response) {
        if (winner == null && response.status() >= 180) {
            session.tell(new SessionEvent.Ringing(response.status(), response.reason()));
        }
    }

    private Party partyOf(SipResponse response) {
        var invite = sent;
        if (invite == null) {
            throw new IllegalStateException("a response without request");
        }
        return parties.computeIfAbsent(
                response.to().tag(), _ -> new Party(Dialog.asked(invite, response), offers.copy()));
    }

    private void succeeded(SipResponse response) {
        var answered = winner;
        if (answered != null && answered.dialog().remoteTag().equals(response.to().tag())) {
            acknowledgement.again(session);
            return;
        }
        var party = partyOf(response);
        party.dialog().confirm(response);
        if (answered != null || isGivenUp) {
            dismiss(party, response);
            return;
        }
        winner = party;
        party.learn(response);
        session.answeredBy(party);
        agree(party, response);
    }

    private void agree(Party party, SipResponse response) {
        var dialogOffers = party.offers();
        var description = Content.find(response);
        if (dialogOffers.awaitsAnswer()) {
            var answer = description.or(party::preview).map(dialogOffers::receive);
            acknowledge(party, response, Optional.empty());
            if (answer.isPresent()
                    && answer.get() instanceof OfferAnswer.Received.Answer(var theirs)) {
                up(theirs, response);
            } else {
                session.bye(SessionEvent.Cause.UNUSABLE, "");
            }
        } else if (dialogOffers.remote().isPresent()) {
            acknowledge(party, response, Optional.empty());
            up(dialogOffers.remote().get(), response);
        } else if (description.isPresent()
                && dialogOffers.receive(description.get())
                        instanceof OfferAnswer.Received.Offer(var theirs)) {
            session.tell(
                    new SessionEvent.Reoffered(
                            theirs, new LateAnswer(session, this, party, response, theirs)));
        } else {
            acknowledge(party, response, Optional.empty());
            session.bye(SessionEvent.Cause.UNUSABLE, "");
        }
    }

    void acknowledge(Party party, SipResponse response, Optional<SessionDescription> answer) {
        acknowledgement.send(session, party, response.cseq().number(), answer);
    }

    void up(SessionDescription theirs, SipResponse response) {
        session.pulse().settled(response);
        session.tell(new SessionEvent.Answered(theirs));
        session.up();
    }

    /// A place that we had passed over answered after all.
    void dismiss(SipResponse response) {
        var party = partyOf(response);
        party.dialog().confirm(response);
        dismiss(party, response);
    }

    /// Another side answered, or one that we had given up.
    private void dismiss(Party party, SipResponse response) {
        new Acknowledgement().send(session, party, response.cseq().number(), Optional.empty());
        if (party.isDismissed()) {
            return;
        }
        party.dismiss();
        var isLast = isGivenUp;
        DialogRequest.send(
                session,
                party,
                "BYE",
                request -> request,
                _ -> {
                    if (isLast) {
                        session.forget();
                    }
                });
    }

    private void failed(SipResponse response) {
        var request = sent;
        if (isGivenUp) {
            session.forget();
        } else if (request != null && response.status() == 503 && attempts.goOn(request)) {
            parties.clear();
        } else if (!goesOn(response)) {
            refused(response);
        }
    }

    private boolean goesOn(SipResponse response) {
        var request = sent;
        if (request == null) {
            return false;
        }
        var next =
                request.without("Via")
                        .with("CSeq", (request.cseq().number() + 1) + " INVITE")
                        .with("To", call.to().toString());
        if (response.status() == 422 && !isLengthened) {
            isLengthened = true;
            var least = String.valueOf(SessionTimer.leastOf(response));
            again(next.with("Session-Expires", least).with("Min-SE", least));
            return true;
        }
        var isChallenge = response.status() == 401 || response.status() == 407;
        if (!isChallenge || isAuthenticated || call.username().isEmpty()) {
            return false;
        }
        isAuthenticated = true;
        var proved = session.stack().authorized(next, response, call.username(), call.password());
        proved.ifPresent(this::again);
        return proved.isPresent();
    }

    private void again(SipRequest request) {
        parties.clear();
        attempts.again(request);
    }

    private void refused(SipResponse response) {
        session.finish(
                new SessionEvent.Refused(
                        response.status(), response.reason(), Reasons.q850(response), response));
        session.forget();
    }

    // --- Setup

    @Override
    public Optional<Party> party(String remoteTag) {
        return Optional.ofNullable(parties.get(remoteTag));
    }

    @Override
    public void hangUp(String newReasonHeader) {
        var answered = winner;
        if (answered != null) {
            // Their offer is still unanswered; the ACK is owed all the same.
            acknowledgement.send(session, answered, invited(answered), Optional.empty());
            session.bye(SessionEvent.Cause.LOCAL, newReasonHeader);
            return;
        }
        var request = sent;
        if (request == null || isGivenUp) {
            return;
        }
        isGivenUp = true;
        reasonHeader = newReasonHeader;
        var outcome = SipResponse.to(request, 487, "Request Terminated");
        session.finish(new SessionEvent.Refused(487, "Request Terminated", 0, outcome));
        var running = attempts.transaction();
        if (running != null
                && running.machine() instanceof InviteClientTransaction machine
                && machine.isProceeding()) {
            cancel();
        }
    }

    private long invited(Party answered) {
        var request = sent;
        return request == null ? answered.dialog().localSequence() : request.cseq().number();
    }

    private void cancel() {
        var request = sent;
        var running = attempts.transaction();
        if (isCancelled || request == null || running == null) {
            return;
        }
        isCancelled = true;
        var stack = session.stack();
        stack.transactions()
                .request(
                        RequestMaker.cancel(request, reasonHeader),
                        running.connection(),
                        session.turn(),
                        TransactionUser.NOBODY);
        // Servers from before RFC 3261 may never answer the cancelled INVITE (§9.1).
        patience = stack.timers().start(session.turn(), TransactionTimer.GIVE_UP, session::forget);
    }

    @Override
    public void ended(SipRequest bye) {
        parties.remove(bye.from().tag());
    }

    @Override
    public void pracked(SipRequest prack, LiveTransaction pracking) {
        session.respond(pracking, prack, 481, "Call/Transaction Does Not Exist");
    }

    @Override
    public boolean acknowledged(SipRequest ack) {
        return false;
    }

    @Override
    public boolean awaitsAck() {
        return false;
    }

    @Override
    public void assumeAck() {
        // Nothing of this side is acknowledged by an ACK.
    }

    @Override
    public void stop() {
        Timers.Timer.stop(patience);
    }
}
