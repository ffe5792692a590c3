package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.Required;
import fulcrum.flow.SchemaDefault;

import tools.jackson.databind.node.ObjectNode;

/// Merges pairs into the call's application variables, which later pivots, events and the CDR carry.
@Named("set_variables")
@Doc("Sets variables of your own on the call; later pivot requests, events and the CDR carry them.")
@Example(
        """
        { "module": "set_variables", "data": { "custom_application_vars": { "ticket": "A-991" } }, "children": {
          "_": { "module": "pivot", "data": { "voice_url": "https://app.example/next" } } } }""")
public record SetVariables(
        @Doc("Names and values; values may be objects. A name that exists is replaced.")
                @Required
                @SchemaDefault("{}")
                ObjectNode customApplicationVars,
        @Doc("Set them on legs that are connected later, too.") boolean export)
        implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        call.variables().mergeApplication(customApplicationVars.deepCopy(), export);
        return Next.DEFAULT;
    }
}
