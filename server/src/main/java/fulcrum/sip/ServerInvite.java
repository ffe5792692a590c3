package fulcrum.sip;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Optional;

/// A call that came in, until the caller has our answer (RFC 3261 §13.3, RFC 3262 §3).
///
/// 1. ringing: provisional responses go out, one at a time when the caller requires that they arrive;
/// 2. answered: the 200 is repeated until the ACK;
/// 3. closed: acknowledged, refused, cancelled, or hung up.
///
/// When the INVITE has no offer, ours goes out in the first response that surely arrives: in the 200, or in a reliable
/// 183 for a caller who requires such. No earlier response to such a caller can be reliable, so his 180 is left out.
final class ServerInvite implements Setup, Invitation, TransactionUser {
    /// How often a call that still rings says so, before a proxy on the way gives it up (RFC 3261 §13.3.1.1).
    private static final long REMINDER_MILLIS = 60_000;

    private enum State {
        RINGING,
        ANSWERED,
        CLOSED
    }

    private final Session session;
    private final SipRequest invite;
    private final LiveTransaction transaction;
    private final Party party;
    private final Optional<SessionDescription> offer;
    private final ReliableResponses reliable;
    private final boolean requiresReliable;
    private State state = State.RINGING;
    private @Nullable SipResponse lastProvisional;
    private @Nullable SessionDescription waitingAnswer;
    private @Nullable SipResponse success;
    private @Nullable Repeater repeater;
    private Timers.@Nullable Timer reminder;
    private boolean isHungUp;

    ServerInvite(
            Session session,
            SipRequest invite,
            LiveTransaction transaction,
            Optional<SessionDescription> offer) {
        this.session = session;
        this.invite = invite;
        this.transaction = transaction;
        this.offer = offer;
        var stack = session.stack();
        party =
                new Party(
                        Dialog.served(invite, session.localTag(), 0),
                        new OfferAnswer(stack.number()));
        party.learn(invite);
        offer.ifPresent(party.offers()::receive);
        requiresReliable = invite.lists("Require", "100rel");
        reliable = new ReliableResponses(session, transaction, this::settled, this::unheard);
        session.heardOf(invite.from().tag());
        transaction.usedBy(this);
    }

    // --- Invitation, from any thread

    @Override
    public SipRequest request() {
        return invite;
    }

    @Override
    public Connection connection() {
        return transaction.connection();
    }

    @Override
    public Optional<SessionDescription> offer() {
        return offer;
    }

    @Override
    public SipSession session() {
        return session;
    }

    @Override
    public void listen(SessionListener listener) {
        session.turn().run(() -> session.events().listen(listener));
    }

    @Override
    public void ring() {
        session.turn().run(() -> provisional(180, "Ringing", Optional.empty()));
    }

    @Override
    public void progress(SessionDescription early) {
        session.turn().run(() -> provisional(183, "Session Progress", Optional.of(early)));
    }

    @Override
    public void answer(SessionDescription description) {
        session.turn().run(() -> accept(description));
    }

    @Override
    public void reject(int status, String reason, Map<String, String> headers) {
        session.turn()
                .run(
                        () -> {
                            if (state == State.RINGING) {
                                refuse(status, reason, headers);
                                session.finish(
                                        new SessionEvent.Ended(
                                                SessionEvent.Cause.LOCAL,
                                                0,
                                                headers.getOrDefault("Reason", "")));
                                session.forget();
                            }
                        });
    }

    // --- in the turn

    private void provisional(int status, String reason, Optional<SessionDescription> early) {
        if (state != State.RINGING || waitingAnswer != null) {
            return;
        }
        var body = early.flatMap(this::bodyOf);
        if (requiresReliable
                && body.isEmpty()
                && offer.isEmpty()
                && party.offers().local().isEmpty()) {
            return;
        }
        var response = withBody(dressed(status, reason), body);
        lastProvisional = response;
        if (requiresReliable) {
            reliable.send(response);
        } else {
            transaction.respond(response);
        }
        Timers.Timer.stop(reminder);
        reminder = session.stack().timers().start(session.turn(), REMINDER_MILLIS, this::remind);
    }

    private void remind() {
        var last = lastProvisional;
        if (last != null) {
            provisional(last.status(), last.reason(), party.offers().local());
        }
    }

    /// What a response says: the one answer to the caller's offer, or our offer where it may stand.
    private Optional<SessionDescription> bodyOf(SessionDescription wanted) {
        var offers = party.offers();
        if (offers.owesAnswer()) {
            return Optional.of(offers.answer(wanted));
        }
        if (offer.isPresent()) {
            return offers.local();
        }
        return requiresReliable && offers.isStable() && offers.local().isEmpty()
                ? Optional.of(offers.offer(wanted))
                : Optional.empty();
    }

    private void accept(SessionDescription description) {
        if (state != State.RINGING || waitingAnswer != null) {
            return;
        }
        if (reliable.holdsUpAnswer()) {
            waitingAnswer = description;
            return;
        }
        state = State.ANSWERED;
        reliable.stop();
        Timers.Timer.stop(reminder);
        var stack = session.stack();
        var response =
                withBody(dressed(200, "OK"), answerBody(description))
                        .with("Allow", RequestMaker.ALLOW_INSIDE)
                        .with("Supported", RequestMaker.SUPPORTED);
        var agreed = Agreed.with(invite, response);
        success = agreed.response();
        session.answeredBy(party);
        session.pulse().start(agreed.timer());
        transaction.respond(agreed.response());
        repeater =
                new Repeater(
                        stack.timers(),
                        session.turn(),
                        TransactionTimer.T2,
                        this::repeat,
                        this::unacknowledged);
    }

    private Optional<SessionDescription> answerBody(SessionDescription description) {
        var offers = party.offers();
        if (offers.owesAnswer()) {
            return Optional.of(offers.answer(description));
        }
        if (offer.isEmpty() && offers.local().isEmpty() && offers.isStable()) {
            return Optional.of(offers.offer(description));
        }
        // Whoever reads it again finds what was agreed before the answer; whoever needs it in the
        // 200 finds it there.
        return offer.isPresent() ? offers.local() : Optional.empty();
    }

    private SipResponse dressed(int status, String reason) {
        var stack = session.stack();
        return stack.response(invite, status, reason, session.localTag())
                .with("Contact", stack.contact(transaction.connection(), isSecure()));
    }

    /// RFC 3261 §12.1.1
    private boolean isSecure() {
        return invite.uri().isSecure()
                || invite.contacts().stream().anyMatch(contact -> contact.uri().isSecure());
    }

    private static SipResponse withBody(SipResponse response, Optional<SessionDescription> body) {
        return body.map(
                        found ->
                                response.withBody(SessionDescription.CONTENT_TYPE, found.toBytes()))
                .orElse(response);
    }

    private void repeat() {
        var sent = success;
        if (sent != null) {
            transaction.respond(sent);
        }
    }

    private void unacknowledged() {
        close();
        if (isHungUp) {
            session.sayBye("");
        } else {
            session.bye(SessionEvent.Cause.UNACKNOWLEDGED, "");
        }
    }

    private void refuse(int status, String reason, Map<String, String> headers) {
        close();
        var response = session.stack().response(invite, status, reason, session.localTag());
        for (var header : headers.entrySet()) {
            response = response.with(header.getKey(), header.getValue());
        }
        transaction.respond(response);
    }

    /// The transaction lives on for half a minute, and the call and all that belongs to it need not stay with it.
    private void close() {
        state = State.CLOSED;
        stop();
        transaction.usedBy(TransactionUser.NOBODY);
    }

    // --- what reliable responses come to

    /// All of them are acknowledged.
    private void settled() {
        var description = waitingAnswer;
        waitingAnswer = null;
        if (description != null) {
            accept(description);
        }
    }

    private void unheard() {
        if (state == State.RINGING) {
            refuse(504, "Server Time-out", Map.of());
            session.finish(new SessionEvent.Ended(SessionEvent.Cause.UNACKNOWLEDGED, 0, ""));
            session.forget();
        }
    }

    // --- Setup

    @Override
    public Optional<Party> party(String remoteTag) {
        return party.dialog().remoteTag().equals(remoteTag) ? Optional.of(party) : Optional.empty();
    }

    @Override
    public void hangUp(String reasonHeader) {
        switch (state) {
            case RINGING -> {
                refuse(
                        480,
                        "Temporarily Unavailable",
                        reasonHeader.isEmpty() ? Map.of() : Map.of("Reason", reasonHeader));
                session.finish(new SessionEvent.Ended(SessionEvent.Cause.LOCAL, 0, reasonHeader));
                session.forget();
            }
            case ANSWERED -> {
                // A callee says no BYE before the ACK came (RFC 3261 §15).
                isHungUp = true;
                session.finish(new SessionEvent.Ended(SessionEvent.Cause.LOCAL, 0, reasonHeader));
            }
            case CLOSED -> {}
        }
    }

    @Override
    public void ended(SipRequest bye) {
        giveUp(bye);
    }

    @Override
    public String localTag() {
        return session.localTag();
    }

    @Override
    public void cancelled(SipRequest cancel) {
        giveUp(cancel);
    }

    private void giveUp(SipRequest request) {
        if (state == State.RINGING) {
            refuse(487, "Request Terminated", Map.of());
            session.finish(
                    new SessionEvent.Cancelled(Reasons.q850(request), Reasons.text(request)));
            session.forget();
        }
    }

    @Override
    public void pracked(SipRequest prack, LiveTransaction pracking) {
        reliable.pracked(prack, pracking, party);
    }

    @Override
    public void delivered(SipMessage message) {
        if (message instanceof SipRequest ack) {
            session.acknowledged(ack);
        }
    }

    @Override
    public boolean acknowledged(SipRequest ack) {
        if (state != State.ANSWERED || ack.cseq().number() != invite.cseq().number()) {
            return false;
        }
        close();
        var offers = party.offers();
        if (isHungUp) {
            session.sayBye("");
        } else if (!offers.awaitsAnswer()) {
            confirm();
        } else if (Content.find(ack).map(offers::receive).orElse(null)
                instanceof OfferAnswer.Received.Answer(var description)) {
            session.tell(new SessionEvent.Reanswered(description));
            confirm();
        } else {
            session.bye(SessionEvent.Cause.UNUSABLE, "");
        }
        return true;
    }

    @Override
    public void assumeAck() {
        if (state == State.ANSWERED) {
            close();
            confirm();
        }
    }

    private void confirm() {
        session.tell(new SessionEvent.Confirmed());
        session.up();
    }

    @Override
    public boolean awaitsAck() {
        return state == State.ANSWERED;
    }

    @Override
    public void stop() {
        reliable.stop();
        Timers.Timer.stop(reminder);
        var repeating = repeater;
        if (repeating != null) {
            repeating.stop();
        }
    }
}
