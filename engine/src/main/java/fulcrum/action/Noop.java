package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Named;
import fulcrum.flow.Next;

/// Waits until everything queued on the leg has been carried out.
@Named("noop")
@Doc(
        "Waits until everything that is queued on the call, such as keys to be sent, has been carried out.")
@Example(
        """
        { "module": "send_dtmf", "data": { "digits": "12" }, "children": {
          "_": { "module": "noop", "data": {}, "children": {
            "_": { "module": "hangup", "data": {} } } } } }""")
public record Noop() implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        call.finishQueue();
        return Next.DEFAULT;
    }
}
