package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.Question;
import fulcrum.directory.CallflowMatch;
import fulcrum.flow.Branches;
import fulcrum.flow.CallRestriction;
import fulcrum.flow.FlowRouter;
import fulcrum.flow.Next;

import java.util.Optional;

/// The way on to the callflow of another number.
public final class Onward {
    private Onward() {}

    /// A number as the account has it: callflows are found, and children named, in that form.
    static String normalised(Call call, String number) {
        String accountId = call.facts().accountId();
        return call.ask(new Question.Normalise(accountId, accountId, number)).number();
    }

    /// A number as the system's converters have it, whatever the account's dial plan.
    static String normalisedBySystem(Call call, String number) {
        return call.ask(new Question.Normalise(call.facts().accountId(), "", number)).number();
    }

    /// The callflow for a normalised number; `no_match` only for callers who may dial out.
    static Optional<CallflowMatch> callflow(Call call, String number) {
        return call.ask(new Question.FindCallflow(call.facts().accountId(), number))
                .match()
                .filter(found -> !found.noMatch() || FlowRouter.mayUseNoMatch(call.facts()));
    }

    /// The caller goes on as if he had dialled a number, instead of the rest of the flow; one that he may not call, or
    /// that nobody answers, ends the call.
    public static Next dialled(Call call, Branches branches, String dialled) {
        String number = normalised(call, dialled);
        Optional<String> forbidden = CallRestriction.forbids(call, number);
        Optional<CallflowMatch> match = callflow(call, number);
        if (forbidden.isPresent() || match.isEmpty()) {
            String why = forbidden.orElse("no callflow answers it");
            call.notice(branches.pointer(), "the caller cannot go on to " + number + ": " + why);
            return Next.HARD_STOP;
        }
        call.variables().dials(number);
        call.variables().captured(match.get().captureGroup(), match.get().captureGroups());
        return new Next.Go(FlowRouter.flowOf(match.get().callflow()));
    }

    /// Runs it, with what its pattern captured; the node's `_` follows.
    static Next branch(Call call, CallflowMatch match) {
        call.variables().captured(match.captureGroup(), match.captureGroups());
        return new Next.Branch(FlowRouter.flowOf(match.callflow()));
    }
}
