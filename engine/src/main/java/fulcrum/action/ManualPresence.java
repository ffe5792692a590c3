package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.CallEvent;
import fulcrum.call.WorldFailed;
import fulcrum.flow.Action;
import fulcrum.flow.BadFlow;
import fulcrum.flow.Branches;
import fulcrum.flow.Choices;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.Required;
import fulcrum.flow.SchemaDefault;

/// Sets a lamp by hand. Its state is kept in the account's document [#DOCUMENT], by presence id, and told to whoever
/// watches it with [CallEvent.PresenceSet].
@Named("manual_presence")
@Doc(
        "Answers and turns a lamp on or off by hand; its state stays until it is changed. Without presence_id it is the"
                + " lamp that the callflow's pattern captured.")
@Example(
        """
        { "module": "manual_presence", "data": { "presence_id": "nightmode", "status": "busy" }, "children": {
          "_": { "module": "hangup", "data": {} } } }""")
public record ManualPresence(
        @Doc("Whose lamp: a user of the account's realm, or `user@realm`.") @Required
                String presenceId,
        @Doc("The new state.") @SchemaDefault("idle") @Choices({"idle", "ringing", "busy"})
                String status)
        implements Action {
    /// The id and type of the document: presence ids with their states.
    public static final String DOCUMENT = "manual_presence";

    @Override
    public Next run(Call call, Branches branches) {
        call.answer();
        String id = id(call, branches);
        String state =
                switch (status) {
                    case "idle" -> "terminated";
                    case "ringing" -> "early";
                    case "busy" -> "confirmed";
                    default ->
                            throw new BadFlow(
                                    branches.pointer() + "/data/status",
                                    "none of idle, ringing, busy: " + status);
                };
        try {
            DocumentEdit.ofNewest(call, DOCUMENT, DOCUMENT, body -> body.put(id, state));
        } catch (WorldFailed unsaved) {
            call.notice(branches.pointer(), "the lamp will be forgotten: " + unsaved.getMessage());
        }
        call.emit(
                new CallEvent.PresenceSet(
                        call.id(), call.facts().accountId(), call.now(), id, state));
        return Next.DEFAULT;
    }

    private String id(Call call, Branches branches) {
        String id = presenceId.isEmpty() ? call.variables().captureGroup().orElse("") : presenceId;
        if (id.isEmpty()) {
            throw new BadFlow(branches.pointer() + "/data/presence_id", "missing");
        }
        return id.contains("@") ? id : id + "@" + call.facts().realm();
    }
}
