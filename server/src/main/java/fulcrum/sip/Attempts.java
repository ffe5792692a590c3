package fulcrum.sip;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// The places at which an INVITE of ours is tried, one after the other, until one has an answer (RFC 3263 §4.3): the
/// next one when a place cannot be reached, says 503 or says nothing. Belongs to the session's turn.
///
/// RFC 3261 would wait 32 s for a place that says nothing. That is longer than any caller waits, so while there are
/// other places it has [#PATIENCE_MILLIS]. What it says later is cancelled, or answered with ACK and BYE.
final class Attempts {
    static final long PATIENCE_MILLIS = 4_000;

    private final Session session;
    private final ClientInvite invite;
    private final Deque<Place> places = new ArrayDeque<>();
    private @Nullable Attempt current;

    Attempts(Session session, ClientInvite invite) {
        this.session = session;
        this.invite = invite;
    }

    /// Looks for a way to the next hop and sends the request there.
    void begin(SipUri hop, SipRequest request) {
        session.stack()
                .locator()
                .find(
                        hop,
                        session.turn(),
                        found -> {
                            places.addAll(found);
                            next(request);
                        });
    }

    /// Sends the request over this flow and no other.
    void begin(Optional<Connection> only, SipRequest request) {
        send(request, only, Optional.empty());
    }

    /// Sends a changed request where the last one went.
    void again(SipRequest request) {
        var before = current;
        Optional<Place> place = before == null ? Optional.empty() : before.place;
        var flow =
                Optional.of(session.connection())
                        .filter(Connection::isOpen)
                        .or(() -> place.map(session.stack().locator()::toward));
        send(request, flow, place);
    }

    /// Leaves a place that is out of order; false when there is no other.
    boolean goOn(SipRequest request) {
        var failed = current;
        if (places.isEmpty()) {
            return false;
        }
        if (failed != null) {
            failed.isPassed = true;
            failed.place.ifPresent(session.stack().locator()::shun);
        }
        next(request.without("Via"));
        return true;
    }

    private void next(SipRequest request) {
        var place = Optional.ofNullable(places.poll());
        send(request, place.map(session.stack().locator()::toward), place);
    }

    private void send(SipRequest request, Optional<Connection> flow, Optional<Place> place) {
        if (!invite.wants(request, flow)) {
            return;
        }
        var attempt = new Attempt(place);
        current = attempt;
        var stamped = invite.stamped(request, flow.orElseThrow());
        attempt.start(stamped, flow.orElseThrow());
    }

    /// The transaction that is waited for; null before it begins.
    @Nullable LiveTransaction transaction() {
        var attempt = current;
        return attempt == null ? null : attempt.transaction;
    }

    /// One INVITE at one place.
    private final class Attempt implements TransactionUser {
        private final Optional<Place> place;
        private @Nullable LiveTransaction transaction;
        private @Nullable SipRequest request;
        private boolean isPassed;
        private boolean isCancelled;

        Attempt(Optional<Place> place) {
            this.place = place;
        }

        void start(SipRequest stamped, Connection flow) {
            request = stamped;
            var stack = session.stack();
            transaction = stack.transactions().request(stamped, flow, session.turn(), this);
            if (!places.isEmpty()) {
                var _ = stack.timers().start(session.turn(), PATIENCE_MILLIS, this::hurry);
            }
        }

        private void hurry() {
            var running = transaction;
            var invitation = request;
            if (this == current
                    && !invite.isGivenUp()
                    && invitation != null
                    && running != null
                    && running.machine() instanceof InviteClientTransaction machine
                    && machine.isCalling()) {
                goOn(invitation);
            }
        }

        @Override
        public void delivered(SipMessage message) {
            if (!isPassed) {
                invite.delivered(message);
            } else if (message instanceof SipResponse response) {
                late(response);
            }
        }

        private void late(SipResponse response) {
            if (response.status() >= 200 && response.status() < 300) {
                invite.dismiss(response);
                return;
            }
            var running = transaction;
            var invitation = request;
            if (response.status() < 200 && !isCancelled && running != null && invitation != null) {
                isCancelled = true;
                session.stack()
                        .transactions()
                        .request(
                                RequestMaker.cancel(invitation, ""),
                                running.connection(),
                                session.turn(),
                                TransactionUser.NOBODY);
            }
        }

        @Override
        public void timedOut() {
            if (!isPassed) {
                invite.timedOut();
            }
        }
    }
}
