package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.HangupCause;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Named;
import fulcrum.flow.Next;

/// Ends the call behind what still plays; flows that earlier branches left behind are not taken up again.
@Named("hangup")
@Doc(
        "Ends the call. What is queued is played first; flows that branched to this one are not taken up again."
                + " A call that was not answered is refused with 480.")
@Example("{ \"module\": \"hangup\", \"data\": {} }")
public record Hangup() implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        call.hangUp(HangupCause.NORMAL_CLEARING, true);
        return Next.HARD_STOP;
    }
}
