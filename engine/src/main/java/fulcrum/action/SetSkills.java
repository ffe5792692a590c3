package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.WholeData;

import tools.jackson.databind.node.ObjectNode;

/// Says what an agent must be able to do to be given this call: the data is merged into what was said before.
@Named("set")
@Doc("Adds what an agent must be able to do to be given the call by a queue.")
@Example(
        """
        { "module": "set", "data": { "lang": "fr", "tier": "gold" }, "children": {
          "_": { "module": "play", "data": { "id": "please-hold" } } } }""")
public record SetSkills(
        @Doc("Its fields are your own: names and values that queues compare with their agents.")
                @WholeData
                ObjectNode skills)
        implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        ObjectNode own = skills.deepCopy();
        own.remove("skip_module");
        call.variables().skills().setAll(own);
        return Next.DEFAULT;
    }
}
