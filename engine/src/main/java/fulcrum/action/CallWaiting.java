package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.directory.Document;
import fulcrum.flow.Action;
import fulcrum.flow.BadFlow;
import fulcrum.flow.Branches;
import fulcrum.flow.Choices;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.SchemaDefault;

import java.util.Optional;

/// Feature code: whether the caller's device, or his user, takes a second call while busy.
@Named("call_waiting")
@Doc(
        "Turns call waiting of the calling device or its user on or off. Without it a second call finds the device"
                + " busy.")
@Example(
        "{ \"module\": \"call_waiting\", \"data\": { \"action\": \"toggle\", \"scope\": \"user\" } }")
public record CallWaiting(
        @Doc("What is done.")
                @SchemaDefault("toggle")
                @Choices({"activate", "deactivate", "toggle"})
                String action,
        @Doc("Whose it is.") @SchemaDefault("device") @Choices({"device", "user"}) String scope)
        implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        Optional<Document> own = own(call, branches);
        if (own.isEmpty()) {
            call.notice(branches.pointer(), "no " + scope + " of the account calls");
            Prompts.say(call, "cw-not_available");
            return Next.STOP;
        }
        call.answer();
        boolean on = own.get().text("call_waiting", "enabled").filter("false"::equals).isEmpty();
        switch (action) {
            case "activate" -> turn(call, own.get(), true);
            case "deactivate" -> turn(call, own.get(), false);
            case "toggle" -> turn(call, own.get(), !on);
            default -> {
                call.notice(
                        branches.pointer() + "/data/action",
                        "'" + action + "' is nothing to do: nothing is changed");
                Prompts.say(call, "cw-not_available");
            }
        }
        return Next.DEFAULT;
    }

    private Optional<Document> own(Call call, Branches branches) {
        return switch (scope) {
            case "device" -> CallingEndpoint.of(call).device();
            case "user" ->
                    call.variables()
                            .owner()
                            .flatMap(id -> CallingEndpoint.find(call, id))
                            .filter(found -> found.type().equals("user"));
            default ->
                    throw new BadFlow(
                            branches.pointer() + "/data/scope",
                            "neither device nor user: " + scope);
        };
    }

    private static void turn(Call call, Document own, boolean on) {
        DocumentEdit.of(call, own.id(), body -> body.withObject("call_waiting").put("enabled", on));
        Prompts.say(call, on ? "cw-activated" : "cw-deactivated");
    }
}
