package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.Variables;
import fulcrum.directory.CallflowMatch;
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

/// Hides the caller on legs that are dialled later. As a feature code it goes on to the number that was captured.
@Named("privacy")
@Doc(
        "Hides the caller's name, number or both on legs that are dialled later. When the callflow's pattern captured a"
                + " number, the callflow of that number runs.")
@Example("{ \"module\": \"privacy\", \"data\": { \"mode\": \"number\" } }")
public record Privacy(
        @Doc("What is hidden; yes is full.")
                @SchemaDefault("full")
                @Choices({"full", "name", "number", "yes"})
                String mode,
        @Doc("merge: what the calling device hides from carriers is hidden, too.")
                @SchemaDefault("overwrite")
                @Choices({"overwrite", "merge"})
                String endpointStrategy)
        implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        boolean merges =
                switch (endpointStrategy) {
                    case "overwrite" -> false;
                    case "merge" -> true;
                    default ->
                            throw new BadFlow(
                                    branches.pointer() + "/data/endpoint_strategy",
                                    "neither overwrite nor merge: " + endpointStrategy);
                };
        hide(call.variables());
        call.variables().presentation().useEndpointPrivacy(merges);
        Optional<String> captured = call.variables().captureGroup();
        return captured.isEmpty()
                ? Next.DEFAULT
                : goOn(call, Onward.normalised(call, captured.get()), branches);
    }

    private void hide(Variables variables) {
        PrivacyMode hidden = PrivacyMode.of(mode);
        variables.putChannel(PrivacyMode.HIDE_NAME, String.valueOf(hidden.hidesName()), false);
        variables.putChannel(PrivacyMode.HIDE_NUMBER, String.valueOf(hidden.hidesNumber()), false);
    }

    private static Next goOn(Call call, String number, Branches branches) {
        Optional<CallflowMatch> match = Onward.callflow(call, number);
        if (match.isEmpty()) {
            call.notice(branches.pointer(), "no callflow answers " + number);
            return Next.STOP;
        }
        call.variables().dials(number);
        return Onward.branch(call, match.get());
    }
}
