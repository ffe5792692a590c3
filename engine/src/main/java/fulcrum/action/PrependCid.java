package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.CallFacts.Party;
import fulcrum.call.Presentation;
import fulcrum.flow.Action;
import fulcrum.flow.BadFlow;
import fulcrum.flow.Branches;
import fulcrum.flow.Choices;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.SchemaDefault;

/// Puts text in front of what later legs show of the caller, or takes such text away.
@Named("prepend_cid")
@Doc(
        "Puts text in front of the caller's name and number on legs that are dialled later, or takes it away again. The"
                + " call's own caller id stays; what set_cid sets takes the place of both.")
@Example(
        """
        { "module": "prepend_cid", "data": { "caller_id_name_prefix": "SALES " }, "children": {
          "_": { "module": "play", "data": { "id": "welcome" } } } }""")
public record PrependCid(
        @Doc("prepend adds, reset takes all prefixes away.")
                @SchemaDefault("prepend")
                @Choices({"reset", "prepend"})
                String action,
        @Doc("current: in front of what was put there before; original: instead of it.")
                @SchemaDefault("current")
                @Choices({"original", "current"})
                String applyTo,
        @Doc("In front of the name.") @SchemaDefault("") String callerIdNamePrefix,
        @Doc("In front of the number.") @SchemaDefault("") String callerIdNumberPrefix)
        implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        Presentation presentation = call.variables().presentation();
        presentation.prefix(
                switch (action) {
                    case "reset" -> new Party("", "");
                    case "prepend" -> in(presentation.prefix(), branches);
                    default ->
                            throw new BadFlow(
                                    branches.pointer() + "/data/action",
                                    "neither prepend nor reset: " + action);
                });
        return Next.DEFAULT;
    }

    private Party in(Party before, Branches branches) {
        return switch (applyTo) {
            case "original" -> new Party(callerIdNamePrefix, callerIdNumberPrefix);
            case "current" ->
                    new Party(
                            callerIdNamePrefix + before.name(),
                            callerIdNumberPrefix + before.number());
            default ->
                    throw new BadFlow(
                            branches.pointer() + "/data/apply_to",
                            "neither current nor original: " + applyTo);
        };
    }
}
