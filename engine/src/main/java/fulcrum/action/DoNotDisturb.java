package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.directory.Document;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Choices;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Named;
import fulcrum.flow.Next;

import java.util.List;
import java.util.Optional;

/// Feature code: whether the caller's user, or device, may be rung.
@Named("do_not_disturb")
@Doc(
        "Turns do-not-disturb on or off: of a given device or user, else of the caller's user, else of the calling"
                + " device.")
@Example("{ \"module\": \"do_not_disturb\", \"data\": { \"action\": \"toggle\" } }")
public record DoNotDisturb(
        @Doc("What is done.") @Choices({"activate", "deactivate", "toggle"})
                Optional<String> action,
        @Doc("A device or user to change instead of the caller's.") String id)
        implements Action {
    private static final List<String> TYPES = List.of("device", "user");

    @Override
    public Next run(Call call, Branches branches) {
        Optional<Document> own = own(call);
        if (own.isEmpty()) {
            call.notice(branches.pointer(), "no device or user of the account calls");
            Prompts.say(call, "dnd-not_available");
            return Next.STOP;
        }
        call.answer();
        boolean on = own.get().flag("do_not_disturb", "enabled");
        switch (action.orElse("")) {
            case "activate" -> turn(call, own.get(), true);
            case "deactivate" -> turn(call, own.get(), false);
            case "toggle" -> turn(call, own.get(), !on);
            case String other -> {
                call.notice(
                        branches.pointer() + "/data/action",
                        "'" + other + "' is nothing to do: nothing is changed");
                Prompts.say(call, "dnd-not_available");
            }
        }
        return Next.DEFAULT;
    }

    private Optional<Document> own(Call call) {
        return List.of(
                        id,
                        call.variables().channel("Owner-ID").orElse(""),
                        call.facts().authorizingId())
                .stream()
                .flatMap(one -> CallingEndpoint.find(call, one).stream())
                .filter(found -> TYPES.contains(found.type()))
                .findFirst();
    }

    private static void turn(Call call, Document own, boolean on) {
        DocumentEdit.of(
                call, own.id(), body -> body.withObject("do_not_disturb").put("enabled", on));
        Prompts.say(call, on ? "dnd-activated" : "dnd-deactivated");
    }
}
