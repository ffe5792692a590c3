package fulcrum.action;

import fulcrum.action.endpoint.RingWishes;
import fulcrum.call.Call;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.Required;

/// Says how phones that are called later shall ring.
@Named("set_alert_info")
@Doc("Sets the Alert-Info header of legs that are dialled later: how a phone rings.")
@Example(
        """
        { "module": "set_alert_info", "data": { "alert_info": "info=door" }, "children": {
          "_": { "module": "play", "data": { "id": "welcome" } } } }""")
public record SetAlertInfo(@Doc("The value of the header.") @Required String alertInfo)
        implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        String value = alertInfo.replaceAll("\\p{Cntrl}+", " ").strip(); // it becomes a header
        if (value.isEmpty()) {
            call.notice(branches.pointer() + "/data/alert_info", "missing: nothing is set");
            return Next.DEFAULT;
        }
        call.variables().putChannel(RingWishes.ALERT_INFO, value, true);
        return Next.DEFAULT;
    }
}
