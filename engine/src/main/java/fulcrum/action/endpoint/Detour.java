package fulcrum.action.endpoint;

import fulcrum.call.Call;
import fulcrum.call.Question;
import fulcrum.directory.CallflowMatch;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.flow.CallRestriction;
import fulcrum.flow.Flow;
import fulcrum.flow.FlowRouter;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds where a number leads to which endpoints send calls on, as if they had dialled it (callflow common facts, "Call
/// forwarding when an endpoint is rung").
///
/// One serves a whole attempt: a number is followed once, so that no circle and no fan is endless.
final class Detour {
    /// More numbers than this are not followed in one attempt.
    private static final int MOST = 20;

    private final Call call;
    private final Papers papers;
    private final Set<String> followed = new HashSet<>();

    /// Where a number leads.
    sealed interface Goal {
        /// @param flow where its callflow begins to do something
        record Leads(String number, CallflowMatch match, Flow flow) implements Goal {}

        record Nowhere(String reason) implements Goal {}
    }

    Detour(Call call, Papers papers) {
        this.call = call;
        this.papers = papers;
    }

    /// @param deviceId and `ownerIds`: who sends the call on, and must be allowed to call that number
    Goal goal(String dialled, String deviceId, List<String> ownerIds) {
        String accountId = call.facts().accountId();
        String number = call.ask(new Question.Normalise(accountId, accountId, dialled)).number();
        if (!followed.add(number)) {
            return new Goal.Nowhere("the number has been followed already");
        }
        if (followed.size() > MOST) {
            return new Goal.Nowhere("too many numbers have been followed already");
        }
        Optional<String> forbidden = CallRestriction.forbids(call, deviceId, ownerIds, dialled);
        if (forbidden.isPresent()) {
            return new Goal.Nowhere(forbidden.get());
        }
        Optional<CallflowMatch> match =
                call.ask(new Question.FindCallflow(accountId, number)).match();
        return match.<Goal>map(
                        found ->
                                new Goal.Leads(
                                        number, found, first(FlowRouter.flowOf(found.callflow()))))
                .orElseGet(() -> new Goal.Nowhere("no callflow answers it"));
    }

    /// Past nodes that are to be skipped, and into callflows that a flow begins with.
    private Flow first(Flow root) {
        Flow flow = root;
        for (int steps = 0; steps < MOST; steps++) {
            if (Json.flag(flow.data(), "skip_module")) {
                flow = flow.child("_").orElse(Flow.EMPTY);
            } else if (flow.module().equals("callflow")) {
                Optional<Document> other =
                        papers.find(Json.text(flow.data(), "id").orElse(""), "callflow");
                flow = other.map(FlowRouter::flowOf).orElse(Flow.EMPTY);
            } else {
                return flow;
            }
        }
        return Flow.EMPTY;
    }
}
