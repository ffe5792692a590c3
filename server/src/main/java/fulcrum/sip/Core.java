package fulcrum.sip;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Decides for every message who takes it: a transaction, a session, or the application (RFC 3261 §8.2, §12.2.2,
/// §16.3). For use by many threads.
///
/// A request outside any dialog leaves nothing behind before the application has admitted it: refusals and challenges
/// are sent without a transaction, and say the same to each repetition (§8.2.7).
final class Core implements MessageListener {
    private static final Logger LOG = LoggerFactory.getLogger(Core.class);
    private static final Set<String> KNOWN =
            Set.of(
                    "INVITE",
                    "ACK",
                    "CANCEL",
                    "BYE",
                    "OPTIONS",
                    "INFO",
                    "UPDATE",
                    "PRACK",
                    "REFER",
                    "NOTIFY",
                    "MESSAGE",
                    "REGISTER",
                    "SUBSCRIBE",
                    "PUBLISH");
    private static final Set<String> UNSERVED = Set.of("PUBLISH");
    private static final Set<String> INSIDE_ONLY = Set.of("BYE", "INFO", "UPDATE", "PRACK");
    private static final Set<String> EXTENSIONS = Set.of("100rel", "timer", "replaces");

    private final Stack stack;
    private final SipApplication application;
    private final TransactionTable transactions;

    Core(Stack stack, SipApplication application) {
        this.stack = stack;
        this.application = application;
        transactions = stack.transactions();
    }

    @Override
    public void received(SipMessage message, Connection over) {
        if (LOG.isTraceEnabled()) {
            LOG.trace("from {}:\n{}", over.remote(), new Veil(message));
        }
        try {
            switch (message) {
                case SipResponse response ->
                        transactions.find(response).ifPresent(found -> found.received(response));
                case SipRequest request -> received(request, over);
            }
        } catch (BadSip bad) {
            if (message instanceof SipRequest request) {
                refuse(request, over, bad.status(), bad.reason(), Map.of());
            }
        }
    }

    private void received(SipRequest request, Connection over) {
        var known = transactions.find(request);
        if (known.isPresent()) {
            known.get().received(request);
            return;
        }
        var method = request.method();
        if (method.equals("ACK")) {
            stack.sessionOf(request)
                    .ifPresent(session -> session.turn().run(() -> session.acknowledged(request)));
        } else if (method.equals("CANCEL")) {
            cancel(request, over);
        } else if (isServed(request, over)) {
            if (request.to().tag().isEmpty()) {
                outside(request, over);
            } else {
                inside(request, over);
            }
        }
    }

    private void cancel(SipRequest cancel, Connection over) {
        var invite = transactions.cancelledBy(cancel);
        if (invite.isEmpty()) {
            refuse(cancel, over, 481, "Call/Transaction Does Not Exist", Map.of());
            return;
        }
        var cancelled = invite.get();
        cancelled.turn().run(() -> cancel(cancel, over, cancelled));
    }

    private void cancel(SipRequest cancel, Connection over, LiveTransaction cancelled) {
        var transaction = transactions.serve(cancel, over, cancelled.turn(), true);
        if (transaction.isPresent()) {
            var own = cancelled.user().localTag();
            var tag = own.isEmpty() ? stack.statelessTag(cancel) : own;
            transaction.get().respond(stack.response(cancel, 200, "OK", tag));
            cancelled.user().cancelled(cancel);
        }
    }

    /// What is asked of every request, inside a dialog or not: a method and extensions that we know.
    private boolean isServed(SipRequest request, Connection over) {
        if (!KNOWN.contains(request.method())) {
            refuse(request, over, 501, "Not Implemented", Map.of("Allow", RequestMaker.ALLOW));
            return false;
        }
        if (UNSERVED.contains(request.method())) {
            refuse(request, over, 405, "Method Not Allowed", Map.of("Allow", RequestMaker.ALLOW));
            return false;
        }
        var unknown = request.headers("Require");
        unknown.removeAll(EXTENSIONS);
        if (!unknown.isEmpty()) {
            refuse(
                    request,
                    over,
                    420,
                    "Bad Extension",
                    Map.of("Unsupported", String.join(", ", unknown)));
            return false;
        }
        return true;
    }

    private void inside(SipRequest request, Connection over) {
        var session = stack.sessionOf(request);
        if (session.isEmpty()) {
            refuse(request, over, 481, "Call/Transaction Does Not Exist", Map.of());
            return;
        }
        session.get().turn().run(() -> inside(request, over, session.get()));
    }

    private void inside(SipRequest request, Connection over, Session session) {
        var transaction = transactions.serve(request, over, session.turn(), true);
        transaction.ifPresent(found -> session.requested(request, found));
    }

    private void outside(SipRequest request, Connection over) {
        if (INSIDE_ONLY.contains(request.method())) {
            refuse(request, over, 481, "Call/Transaction Does Not Exist", Map.of());
            return;
        }
        // Any other request is at its end here and needs no hops (RFC 4475 §3.3.11); a call goes on
        // to somewhere, and
        // may come back to us for ever (RFC 7332 §4).
        if (request.method().equals("INVITE") && request.maxForwards() == 0) {
            refuse(request, over, 483, "Too Many Hops", Map.of());
            return;
        }
        if (transactions.isMerged(request)) {
            refuse(request, over, 482, "Loop Detected", Map.of());
            return;
        }
        switch (application.admit(request, over)) {
            case Admission.Admitted() -> admitted(request, over);
            case Admission.Challenged(var realm, var stale) ->
                    challenge(request, over, realm, stale);
            case Admission.Refused(var status, var reason, var headers) ->
                    refuse(request, over, status, reason, headers);
            case Admission.Ignored() -> {}
        }
    }

    private void admitted(SipRequest request, Connection over) {
        switch (request.method()) {
            case "INVITE" -> invited(request, over);
            case "OPTIONS" ->
                    over.send(
                            stack.abilities(
                                            stack.response(
                                                    request,
                                                    200,
                                                    "OK",
                                                    stack.statelessTag(request)))
                                    .toBytes());
            default -> requested(request, over);
        }
    }

    private void invited(SipRequest invite, Connection over) {
        if (SessionTimer.asked(invite) instanceof SessionTimer.Asked.TooShort) {
            var least = String.valueOf(SessionTimer.LEAST_SECONDS);
            refuse(invite, over, 422, "Session Interval Too Small", Map.of("Min-SE", least));
            return;
        }
        Optional<SessionDescription> offer;
        try {
            offer = Content.description(invite);
        } catch (BadSip bad) {
            refuse(
                    invite,
                    over,
                    bad.status(),
                    bad.reason(),
                    Map.of("Accept", SessionDescription.CONTENT_TYPE));
            return;
        }
        var session = new Session(stack, invite.callId(), stack.token(), over, false);
        session.turn().run(() -> begin(session, invite, over, offer));
    }

    private void begin(
            Session session,
            SipRequest invite,
            Connection over,
            Optional<SessionDescription> offer) {
        var transaction = transactions.serve(invite, over, session.turn(), false);
        if (transaction.isPresent()) {
            transaction.get().respond(SipResponse.to(invite, 100, "Trying"));
            var beginning = new ServerInvite(session, invite, transaction.get(), offer);
            session.begin(beginning);
            application.invited(beginning);
        }
    }

    private void requested(SipRequest request, Connection over) {
        var turn = new Turn();
        turn.run(() -> serve(request, over, turn));
    }

    private void serve(SipRequest request, Connection over, Turn turn) {
        var transaction = transactions.serve(request, over, turn, false);
        if (transaction.isPresent()) {
            var live = transaction.get();
            application.requested(
                    new IncomingRequest(
                            request,
                            over,
                            response -> turn.run(() -> live.respond(stack.tagged(response)))));
        }
    }

    private void challenge(SipRequest request, Connection over, String realm, boolean stale) {
        var response = stack.response(request, 401, "Unauthorized", stack.statelessTag(request));
        var nonce = stack.nonces().issue(stack.nowMillis());
        for (var challenge :
                Digest.challenges(realm, nonce, stale, stack.settings().challenges())) {
            response = response.plus("WWW-Authenticate", challenge);
        }
        over.send(response.toBytes());
    }

    private void refuse(
            SipRequest request,
            Connection over,
            int status,
            String reason,
            Map<String, String> headers) {
        if (request.method().equals("ACK")) {
            return;
        }
        var response = stack.response(request, status, reason, stack.statelessTag(request));
        for (var header : headers.entrySet()) {
            response = response.with(header.getKey(), header.getValue());
        }
        transactions.send(response, over);
    }
}
