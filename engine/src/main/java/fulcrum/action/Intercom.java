package fulcrum.action;

import fulcrum.action.endpoint.RingWishes;
import fulcrum.call.Call;
import fulcrum.directory.CallflowMatch;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Named;
import fulcrum.flow.Next;

import java.util.Optional;

/// Goes on to the callflow of the captured number and asks the phones that it rings to answer by themselves.
@Named("intercom")
@Doc(
        "Runs the callflow of the number that the pattern captured, with the phones that it rings asked to answer by"
                + " themselves. A number that no callflow answers goes on at `_`.")
@Example("{ \"module\": \"intercom\", \"data\": { \"barge_calls\": false } }")
public record Intercom(@Doc("Phones that are in a call may be interrupted.") boolean bargeCalls)
        implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        Optional<String> captured = call.variables().captureGroup();
        if (captured.isEmpty()) {
            Prompts.say(call, "fault-can_not_be_completed_as_dialed");
            return Next.STOP;
        }
        String number = Onward.normalised(call, captured.get());
        Optional<CallflowMatch> match =
                Onward.callflow(call, number).filter(found -> !found.noMatch());
        if (match.isEmpty()) {
            call.notice(branches.pointer(), "no callflow answers " + number);
            return Next.DEFAULT;
        }
        call.variables().putChannel(RingWishes.AUTO_ANSWER, String.valueOf(!bargeCalls), true);
        return Onward.branch(call, match.get());
    }
}
