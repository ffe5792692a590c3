package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Fragment;
import fulcrum.flow.Lenient;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.Required;

import tools.jackson.databind.JsonNode;

import java.util.Set;

/// Sends a mail at the end of a call that reached nobody and left no message; see [MissedCall].
///
/// Kazoo's schema wants the form of an address even of a user's id; here an id of 32 digits is good, too.
@Named("missed_call_alert")
@Doc(
        "Sends a mail when the call ends without the caller having talked to somebody or left a message. Only for calls"
                + " from outside.")
@Example(
        """
        { "module": "missed_call_alert", "data": { "recipients": [
            { "type": "user", "id": "0123456789abcdef0123456789abcdef" },
            { "type": "email", "id": ["desk@example.com"] } ] },
          "children": { "_": { "module": "play", "data": { "id": "welcome" } } } }""")
public record MissedCallAlert(
        @Doc("Who is told: each has a `type`, email or user, and an `id`, one or several.")
                @Required
                @Fragment(
                        """
                        {"type":"array","items":{"type":"object","required":["id","type"],"properties":{
                         "id":{"oneOf":[{"type":"string","format":"email"},
                               {"type":"string","pattern":"^[0-9a-f]{32}$"},
                               {"type":"array","items":{"oneOf":[{"type":"string","format":"email"},
                                {"type":"string","pattern":"^[0-9a-f]{32}$"}]}}]},
                         "type":{"type":"string","enum":["user","email"]}}}}""")
                @Lenient
                JsonNode recipients)
        implements Action {
    /// Who vouches for callers from outside.
    private static final Set<String> OUTSIDE = Set.of("", "resource", "sys_info");

    @Override
    public Next run(Call call, Branches branches) {
        if (OUTSIDE.contains(call.facts().authorizingType())) {
            call.lastErrands().add(this, new MissedCall(recipients, branches.pointer())::tell);
        }
        return Next.DEFAULT;
    }
}
