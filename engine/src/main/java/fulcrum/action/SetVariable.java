package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Choices;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.SchemaDefault;

import java.util.Optional;

/// Sets one of the two channel variables that flows may set.
@Named("set_variable")
@Doc(
        "Sets a channel variable: `call_priority` (kept as `Call-Priority`) or `group_id` (`Group-ID`).")
@Example(
        """
        { "module": "set_variable", "data": { "variable": "call_priority", "value": "5" }, "children": {
          "_": { "module": "branch_variable", "data": { "variable": "call_priority" } } } }""")
public record SetVariable(
        @Doc("call_priority or group_id.") String variable,
        @Doc("The value.") Optional<String> value,
        @Doc("a: only on the caller's leg; both: on legs that are dialled later, too.")
                @SchemaDefault("a")
                @Choices({"a", "both"})
                String channel)
        implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        Optional<String> name =
                switch (variable) {
                    case "call_priority" -> Optional.of("Call-Priority");
                    case "group_id" -> Optional.of("Group-ID");
                    default -> Optional.empty();
                };
        if (name.isEmpty()) {
            call.notice(
                    branches.pointer() + "/data/variable",
                    "'" + variable + "' is neither call_priority nor group_id: nothing is set");
        } else if (value.isEmpty()) {
            call.notice(branches.pointer() + "/data/value", "missing: nothing is set");
        } else {
            call.variables().putChannel(name.get(), value.get(), channel.equals("both"));
        }
        return Next.DEFAULT;
    }
}
