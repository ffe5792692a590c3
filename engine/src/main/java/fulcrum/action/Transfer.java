package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.flow.Action;
import fulcrum.flow.BadFlow;
import fulcrum.flow.Branches;
import fulcrum.flow.Choices;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Lenient;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.SchemaDefault;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Sends the caller to another number. No child is ever followed.
///
/// In a callflow the caller has no other party yet. So there is nobody to consult for, and an attended transfer is the
/// same as a blind one; and nobody else could be moved, so a transfer of the other party ends the call.
@Named("transfer")
@Doc(
        "Sends the caller to another number or extension, as if he had dialled it. No child is followed; a number that"
                + " nobody answers, or that he may not call, ends the call.")
@Example("{ \"module\": \"transfer\", \"data\": { \"target\": \"4012\" } }")
public record Transfer(
        @Doc("What counts as the target without one: the first of these.")
                @SchemaDefault("[\"no_match\"]")
                @Lenient
                List<String> captures,
        @Doc(
                        "Whom to transfer: the caller, or the other party. The caller unless captures say something.")
                @Choices({"self", "bleg"})
                Optional<String> leg,
        @Doc("The number or extension.") @Lenient String target,
        @Doc("The kind of transfer.") @SchemaDefault("blind") @Choices({"attended", "blind"})
                String transferType)
        implements Action {
    private static final String NOTHING = "no_match";

    @Override
    public Next run(Call call, Branches branches) {
        if (!Set.of("blind", "attended").contains(transferType)) {
            throw new BadFlow(
                    branches.pointer() + "/data/transfer_type",
                    "neither blind nor attended: '" + transferType + "'");
        }
        String captured = captures.isEmpty() ? NOTHING : captures.getFirst();
        String who = leg.orElse(captured.equals(NOTHING) ? "self" : "bleg");
        if (transferType.equals("blind") && who.equals("bleg")) {
            call.notice(
                    branches.pointer() + "/data/leg",
                    "the caller talks to nobody who could be transferred: the call is ended");
            return Next.HARD_STOP;
        }
        return Onward.dialled(call, branches, target.isEmpty() ? captured : target);
    }
}
