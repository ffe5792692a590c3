package fulcrum.sip;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// One request of ours inside a dialog, from the search for a way to its final answer. Credentials that are asked for
/// are given once. A request that gets nowhere ends as a 503 of our own making, one that nobody answers as a 408
/// (RFC 3261 §8.1.3.1).
final class DialogRequest implements TransactionUser {
    private final Session session;
    private final Party party;
    private final String method;
    private final UnaryOperator<SipRequest> dress;
    private final Consumer<SipResponse> then;
    private @Nullable SipRequest sent;
    private @Nullable LiveTransaction transaction;
    private boolean isAuthenticated;
    private boolean isAnswered;
    private Consumer<SipResponse> again = _ -> {};

    private DialogRequest(
            Session session,
            Party party,
            String method,
            UnaryOperator<SipRequest> dress,
            Consumer<SipResponse> then) {
        this.session = session;
        this.party = party;
        this.method = method;
        this.dress = dress;
        this.then = then;
    }

    /// Sends it.
    ///
    /// @param dress adds what the request has of its own
    /// @param then  takes the final response, in the session's turn
    static DialogRequest send(
            Session session,
            Party party,
            String method,
            UnaryOperator<SipRequest> dress,
            Consumer<SipResponse> then) {
        var request = new DialogRequest(session, party, method, dress, then);
        request.go(dress.apply(party.dialog().request(method)));
        return request;
    }

    /// Who takes every 2xx to an INVITE after the first.
    void onRepetition(Consumer<SipResponse> newAgain) {
        again = newAgain;
    }

    /// Counter of the request as it was last sent.
    long sequence() {
        var request = sent;
        return request == null ? 0 : request.cseq().number();
    }

    /// Cancels an INVITE that was answered provisionally; the final response still comes.
    void cancel() {
        var request = sent;
        var running = transaction;
        if (request != null && running != null && !isAnswered) {
            var cancel = RequestMaker.cancel(request, "");
            session.stack()
                    .transactions()
                    .request(cancel, running.connection(), session.turn(), TransactionUser.NOBODY);
        }
    }

    private void go(SipRequest request) {
        var dialog = party.dialog();
        var known = Optional.of(session.connection());
        sent = request;
        session.stack()
                .reach(
                        dialog.nextHop(),
                        known,
                        !dialog.isRouted(),
                        session.turn(),
                        flow -> {
                            if (flow.isEmpty()) {
                                finish(SipResponse.to(request, 503, "Service Unavailable"));
                                return;
                            }
                            var stamped =
                                    session.stack()
                                            .stamped(withContact(request, flow.get()), flow.get());
                            sent = stamped;
                            transaction =
                                    session.stack()
                                            .transactions()
                                            .request(stamped, flow.get(), session.turn(), this);
                        });
    }

    private SipRequest withContact(SipRequest request, Connection flow) {
        return switch (method) {
            case "INVITE", "UPDATE", "REFER", "NOTIFY", "SUBSCRIBE" ->
                    request.with("Contact", session.stack().contact(flow, isSecure()));
            default -> request;
        };
    }

    private boolean isSecure() {
        return party.dialog().remoteTarget().isSecure();
    }

    @Override
    public void delivered(SipMessage message) {
        if (!(message instanceof SipResponse response) || !response.isFinal()) {
            return;
        }
        if (isAnswered) {
            again.accept(response);
        } else if (!authenticates(response)) {
            finish(response);
        }
    }

    @Override
    public void timedOut() {
        var request = sent;
        if (request != null && !isAnswered) {
            finish(SipResponse.to(request, 408, "Request Timeout"));
        }
    }

    private boolean authenticates(SipResponse response) {
        var isChallenge = response.status() == 401 || response.status() == 407;
        if (!isChallenge || isAuthenticated || session.username().isEmpty()) {
            return false;
        }
        isAuthenticated = true;
        var request = dress.apply(party.dialog().request(method));
        var answered =
                session.stack()
                        .authorized(request, response, session.username(), session.password());
        answered.ifPresent(this::go);
        return answered.isPresent();
    }

    private void finish(SipResponse response) {
        isAnswered = true;
        then.accept(response);
    }
}
