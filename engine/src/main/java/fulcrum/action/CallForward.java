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
import fulcrum.flow.Setting;

import java.time.Duration;
import java.util.Optional;

/// Feature code: the caller turns the forwarding of his own calls on and off, or changes where they go.
///
/// It is the calling device's user's forwarding, or the device's own when it has no user or several people are
/// hot-desked there.
@Named("call_forward")
@Doc(
        "Turns the forwarding of the caller's own calls on or off, or changes the number. The number is what the"
                + " callflow's pattern captured, as dialled; without one the caller is asked.")
@Example("{ \"module\": \"call_forward\", \"data\": { \"action\": \"activate\" } }")
public record CallForward(
        @Doc("What is done; menu lets the caller choose with keys.")
                @Choices({"activate", "deactivate", "update", "toggle", "menu"})
                Optional<String> action,
        @Setting("call_command.interdigit_timeout") Duration interdigitTimeout,
        @Setting("callflow.call_forward.callfwd_number_timeout") Duration firstDigitTimeout,
        @Setting("callflow.call_forward.keys.menu_change_number") String changeKey,
        @Setting("callflow.call_forward.keys.menu_toggle_option") String toggleKey,
        @Setting("callflow.call_forward.max_callfwd_number_length") int longest,
        @Setting("callflow.call_forward.min_callfwd_number_length") int shortest)
        implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        CallingEndpoint endpoint = CallingEndpoint.of(call);
        Optional<Document> own = endpoint.user().or(endpoint::device);
        if (own.isEmpty()) {
            call.notice(branches.pointer(), "no device or user of the account calls");
            Prompts.say(call, "cf-not_available");
            return Next.STOP;
        }
        call.answer();
        Forwarding forwarding = new Forwarding(this, call, own.get());
        switch (action.orElse("")) {
            case "activate" -> forwarding.activate();
            case "deactivate" -> forwarding.deactivate();
            case "update" -> forwarding.update();
            case "toggle" -> forwarding.toggle();
            case "menu" -> forwarding.menu();
            case String other ->
                    call.notice(
                            branches.pointer() + "/data/action",
                            "'" + other + "' is nothing to do: nothing is changed");
        }
        return Next.DEFAULT;
    }
}
