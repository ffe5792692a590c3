package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Named;
import fulcrum.flow.Next;

/// Keeps the call where it is until the caller leaves.
@Named("wait_for_hangup")
@Doc("Waits until the caller hangs up. Does not answer; what is queued goes on.")
@Example("{ \"module\": \"wait_for_hangup\", \"data\": {} }")
public record WaitForHangup() implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        call.pause(Call.FOREVER);
        return Next.STOP;
    }
}
