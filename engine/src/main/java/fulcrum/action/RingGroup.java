package fulcrum.action;

import fulcrum.action.endpoint.Rounds;
import fulcrum.call.Call;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Choices;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Fragment;
import fulcrum.flow.Lenient;
import fulcrum.flow.Min;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.Required;
import fulcrum.flow.SchemaDefault;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;

/// Rings several devices, users and groups: all at once, one after the other, or in an order that is drawn; see
/// [Rounds].
///
/// A member may have a `disable_until`, which `ring_group_toggle` writes: it is not rung before.
@Named("ring_group")
@Doc(
        "Rings several devices, users and groups and connects the caller with the first that answers, which answers the"
                + " caller, too. A round that fails with a child of its own (USER_BUSY, sip:486) goes on there; others"
                + " are repeated, and then go on at `_`.")
@Example(
        """
        { "module": "ring_group", "data": { "strategy": "weighted_random", "timeout": 45, "repeats": 2, "endpoints": [
            { "endpoint_type": "user", "id": "0123456789abcdef0123456789abcdef", "weight": 80, "timeout": 15 },
            { "endpoint_type": "device", "id": "fedcba9876543210fedcba9876543210", "weight": 20, "timeout": 15 } ] },
          "children": { "_": { "module": "hangup", "data": {} } } }""")
public record RingGroup(
        @Doc("The members.")
                @Required
                @Fragment(
                        """
                        {"type":"array","minItems":1,"items":{"type":"object","required":["endpoint_type","id"],
                         "properties":{
                         "id":{"type":"string","minLength":1,"maxLength":128,"description":"Its id."},
                         "endpoint_type":{"type":"string","enum":["device","user","group"],
                          "description":"What it is."},
                         "delay":{"type":"integer","default":0,
                          "description":"Wait so long before it rings, seconds."},
                         "timeout":{"type":"integer","default":20,"description":"How long it rings, seconds."},
                         "weight":{"type":"integer","minimum":1,"maximum":100,
                          "description":"How likely it comes early when the order is drawn."}}}}""")
                @Lenient
                JsonNode endpoints,
        @Doc("One member's refusal ends the round.") Optional<Boolean> failOnSingleReject,
        @Doc("Do not follow a phone that points to another number.") @SchemaDefault("true")
                boolean ignoreForward,
        @Doc("How often they are rung.") @SchemaDefault("1") @Min(1) @Lenient int repeats,
        @Doc("What the caller hears meanwhile: a media id or a URL.") @Lenient String ringback,
        @Doc("The Alert-Info of calls from inside and from outside, instead of the phones' own.")
                @Fragment(Group.RINGTONES)
                @Lenient
                ObjectNode ringtones,
        @Doc("All at once, one after the other, or in an order that is drawn.")
                @SchemaDefault("simultaneous")
                @Choices({"simultaneous", "single", "weighted_random"})
                @Lenient
                String strategy,
        @Doc("How long a round lasts, seconds; 20 when less than 1.") @SchemaDefault("20") @Lenient
                int timeout)
        implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        return new Rounds(
                        endpoints,
                        strategy,
                        timeout,
                        repeats,
                        ringback,
                        ignoreForward,
                        failOnSingleReject.orElse(false),
                        ringtones)
                .next(call, branches);
    }
}
