package fulcrum.sip;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/// One request of ours outside any dialog.
final class LoneRequest implements TransactionUser {
    private final Stack stack;
    private final Turn turn;
    private final String contactUser;
    private final Consumer<SipResponse> answer;
    private final Deque<Place> places = new ArrayDeque<>();
    private Optional<Place> place = Optional.empty();
    private @Nullable SipRequest sent;

    /// @param contactUser the user of the Contact that it gets; empty: it gets none
    LoneRequest(Stack stack, Turn turn, String contactUser, Consumer<SipResponse> answer) {
        this.contactUser = contactUser;
        this.stack = stack;
        this.turn = turn;
        this.answer = answer;
    }

    /// Looks for a way and sends it; in the turn.
    void send(SipRequest request, Optional<Connection> over) {
        if (over.isPresent()) {
            go(request, over.filter(Connection::isOpen));
            return;
        }
        var routes = request.routes();
        var hop = routes.isEmpty() ? request.uri() : routes.getFirst().uri();
        stack.locator()
                .find(
                        hop,
                        turn,
                        found -> {
                            places.addAll(found);
                            next(request);
                        });
    }

    private void next(SipRequest request) {
        var next = Optional.ofNullable(places.poll());
        place = next;
        go(request, next.map(stack.locator()::toward));
    }

    /// Leaves a place that is out of order; false when there is no other (RFC 3263 §4.3).
    private boolean goesOn() {
        var request = sent;
        if (request == null || places.isEmpty()) {
            return false;
        }
        place.ifPresent(stack.locator()::shun);
        next(request.without("Via"));
        return true;
    }

    private void go(SipRequest request, Optional<Connection> flow) {
        if (flow.isEmpty()) {
            answer.accept(SipResponse.to(request, 503, "Service Unavailable"));
            return;
        }
        var stamped = stack.stamped(withContact(request, flow.get()), flow.get());
        sent = stamped;
        stack.transactions().request(stamped, flow.get(), turn, this);
    }

    private SipRequest withContact(SipRequest request, Connection flow) {
        if (contactUser.isEmpty()) {
            return request;
        }
        var contact = NameAddress.parse(stack.contact(flow));
        return request.with(
                "Contact", NameAddress.of(contact.uri().withUser(contactUser)).toString());
    }

    @Override
    public void delivered(SipMessage message) {
        if (message instanceof SipResponse response
                && response.isFinal()
                && (response.status() != 503 || !goesOn())) {
            answer.accept(response);
        }
    }

    @Override
    public void timedOut() {
        var request = sent;
        if (request != null && !goesOn()) {
            answer.accept(SipResponse.to(request, 408, "Request Timeout"));
        }
    }
}
