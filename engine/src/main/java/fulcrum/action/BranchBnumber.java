package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.Question;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.SchemaDefault;

import java.util.Optional;

/// Goes by the number that the callflow's pattern captured: to the child of that name, or on a hunt to the callflow
/// that answers it. A pattern that does not compile allows nothing and denies nothing.
@Named("branch_bnumber")
@Doc(
        "Takes the number that the callflow's pattern captured, normalised for the account, and goes to the child of"
                + " that name; with hunt, runs the callflow that answers the number and then goes on at `_`.")
@Example(
        """
        { "module": "branch_bnumber", "data": { "hunt": true, "hunt_deny": "^\\\\+1900" }, "children": {
          "_": { "module": "hangup", "data": {} } } }""")
public record BranchBnumber(
        @Doc("Look for another callflow instead of a child.") @SchemaDefault("false") boolean hunt,
        @Doc("Regular expression that the number must match.") String huntAllow,
        @Doc("Regular expression that the number must not match.") String huntDeny)
        implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        Optional<String> captured = call.variables().captureGroup();
        if (captured.isEmpty()) {
            return Next.DEFAULT;
        }
        String number = Onward.normalised(call, captured.get());
        if (!hunt) {
            return Next.child(number);
        }
        if (!isAllowed(call, number)) {
            call.notice(branches.pointer() + "/data", number + " may not be hunted for");
            return Next.DEFAULT;
        }
        return hunted(call, number);
    }

    private boolean isAllowed(Call call, String number) {
        return (huntAllow.isEmpty() || matches(call, huntAllow, number))
                && (huntDeny.isEmpty() || !matches(call, huntDeny, number));
    }

    private static boolean matches(Call call, String pattern, String number) {
        return call.ask(new Question.Matches(pattern, number, false)).yes();
    }

    private static Next hunted(Call call, String number) {
        return Onward.callflow(call, number)
                .map(match -> Onward.branch(call, match))
                .orElse(Next.DEFAULT);
    }
}
