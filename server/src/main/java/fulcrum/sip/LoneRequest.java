package fulcrum.sip;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.Consumer;

/// One request of ours outside any dialog.
final class LoneRequest implements TransactionUser {
    private final Stack stack;
    private final Turn turn;
    private final Consumer<SipResponse> answer;
    private @Nullable SipRequest sent;

    LoneRequest(Stack stack, Turn turn, Consumer<SipResponse> answer) {
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
        stack.reach(hop, Optional.empty(), false, turn, flow -> go(request, flow));
    }

    private void go(SipRequest request, Optional<Connection> flow) {
        if (flow.isEmpty()) {
            answer.accept(SipResponse.to(request, 503, "Service Unavailable"));
            return;
        }
        var stamped = stack.stamped(request, flow.get());
        sent = stamped;
        stack.transactions().request(stamped, flow.get(), turn, this);
    }

    @Override
    public void delivered(SipMessage message) {
        if (message instanceof SipResponse response && response.isFinal()) {
            answer.accept(response);
        }
    }

    @Override
    public void timedOut() {
        var request = sent;
        if (request != null) {
            answer.accept(SipResponse.to(request, 408, "Request Timeout"));
        }
    }
}
