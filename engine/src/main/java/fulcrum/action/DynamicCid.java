package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.CallFacts.Party;
import fulcrum.directory.Json;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Choices;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Fragment;
import fulcrum.flow.FromSetting;
import fulcrum.flow.Lenient;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.SchemaDefault;
import fulcrum.flow.WhenAbsent;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.Optional;

/// Gives this call another caller id: typed in, fixed, or picked from a list by the keys behind a feature code. Never
/// answers.
@Named("dynamic_cid")
@Doc(
        "Lets the caller or the flow choose the caller id of this call. What the callflow's pattern captured is the"
                + " number that is called then; with a list its first digits pick the entry.")
@Example(
        """
        { "module": "dynamic_cid", "data": { "action": "lists", "id": "0123456789abcdef0123456789abcdef" } }""")
public record DynamicCid(
        @Doc("Where the caller id comes from; manual, also when absent: the caller types it.")
                @Choices({"list", "lists", "manual", "static"})
                Optional<String> action,
        @Doc("For static: `name` and `number`.")
                @Fragment(
                        """
                        {"type":"object","properties":{"name":{"type":"string"},"number":{"type":"string"}}}""")
                @Lenient
                ObjectNode callerId,
        @Doc("For list and lists: check whether the caller may call that number.")
                @SchemaDefault("true")
                boolean enforceCallRestriction,
        @Doc("For list and lists: the list document.") String id,
        @Doc("For list: the named group that picks the entry; all that was captured is called.")
                Optional<String> idxName,
        @Doc("For manual: wait between digits, milliseconds.")
                @FromSetting("call_command.interdigit_timeout")
                @Lenient
                Duration interdigitTimeout,
        @Doc("For manual: how many digits at most.")
                @FromSetting("callflow.dynamic_cid.max_digits")
                @Lenient
                int maxDigits,
        @Doc("For manual: what is played, a system prompt or a full reference as of play.")
                @WhenAbsent("dynamic-cid-enter_cid")
                String mediaId,
        @Doc("For manual: how many digits at least.")
                @FromSetting("callflow.dynamic_cid.min_digits")
                @Lenient
                int minDigits,
        @Doc("For list and lists: call also what a callflow of the account answers.")
                @SchemaDefault("false")
                boolean permitCustomCallflow,
        @Doc("For manual: regular expression that is looked for in the digits.")
                @FromSetting("callflow.dynamic_cid.whitelist_regex")
                String whitelistRegex)
        implements Action {
    static final String REJECTED = "dynamic-cid-invalid_using_default";

    @Override
    public Next run(Call call, Branches branches) {
        Optional<String> captured = call.variables().captureGroup();
        switch (action.orElse("manual")) {
            case "static" -> {
                String number = Json.text(callerId, "number").orElse("");
                String name = Json.text(callerId, "name").orElse("");
                show(call, name, number);
            }
            case "list", "lists" -> {
                if (captured.isPresent()) {
                    return new ListedCid(this, call, branches).next(captured.get());
                }
                new TypedCid(this, call).run();
            }
            default -> new TypedCid(this, call).run();
        }
        captured.ifPresent(number -> dial(call, number));
        return Next.DEFAULT;
    }

    /// Shows another caller id from now on; of what is missing the present one stays, and a missing number is told.
    static void show(Call call, String name, String number) {
        Party present = call.variables().caller();
        if (number.isEmpty()) {
            Prompts.say(call, REJECTED);
        }
        Party shown =
                new Party(
                        name.isEmpty() ? present.name() : name,
                        number.isEmpty() ? present.number() : number);
        change(call, shown);
        call.variables().presentation().choose(shown);
    }

    /// The call's own caller id, and the channel variables that tell it.
    static void change(Call call, Party shown) {
        call.variables().caller(shown);
        call.variables().putChannel("Caller-ID-Name", shown.name(), false);
        call.variables().putChannel("Caller-ID-Number", shown.number(), false);
    }

    /// Makes a number, as the system's converters have it, the one that is called.
    static String dial(Call call, String number) {
        String normalised = Onward.normalisedBySystem(call, number);
        call.variables().dials(normalised);
        return normalised;
    }
}
