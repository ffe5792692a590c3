package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.CallFacts.Party;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.SchemaDefault;

/// Replaces what later legs show of the caller; the call's own caller id stays.
@Named("set_cid")
@Doc(
        "Replaces the caller's name and number on legs that are dialled later, prefixes included. Logs, events and"
                + " messages keep the call's own.")
@Example(
        """
        { "module": "set_cid", "data": { "caller_id_name": "Front door", "caller_id_number": "700" }, "children": {
          "_": { "module": "play", "data": { "id": "welcome" } } } }""")
public record SetCid(
        @Doc("The name; empty takes an earlier replacement back.") @SchemaDefault("")
                String callerIdName,
        @Doc("The number; empty takes an earlier replacement back.") @SchemaDefault("")
                String callerIdNumber)
        implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        call.variables().presentation().replace(new Party(callerIdName, callerIdNumber));
        return Next.DEFAULT;
    }
}
