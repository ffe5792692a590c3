package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.FlowReplaced;
import fulcrum.call.Order;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Named;
import fulcrum.flow.Next;

/// Keeps the caller in silence until he leaves. A flow that is injected meanwhile is heard again.
@Named("dead_air")
@Doc("Answers and keeps the caller connected in silence until he hangs up.")
@Example("{ \"module\": \"dead_air\", \"data\": {} }")
public record DeadAir() implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        call.answer();
        call.tell(new Order.Mute(true));
        try {
            call.pause(Call.FOREVER);
        } catch (FlowReplaced replaced) {
            call.tell(new Order.Mute(false));
            throw replaced;
        }
        return Next.STOP;
    }
}
