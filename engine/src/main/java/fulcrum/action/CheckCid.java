package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.CallFacts.Party;
import fulcrum.call.Question;
import fulcrum.call.Variables;
import fulcrum.directory.Json;
import fulcrum.flow.Action;
import fulcrum.flow.BadFlow;
import fulcrum.flow.Branches;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Fragment;
import fulcrum.flow.Lenient;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.SchemaDefault;

import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;

/// Goes by the caller's number, as it is; on a match the call may get another caller id and owner before the child
/// begins.
@Named("check_cid")
@Doc(
        "Goes to `match` or `nomatch` by the caller's number, or to the child named like the number. On a match the"
                + " call gets another caller id and owner, when all three are given and the child exists.")
@Example(
        """
        { "module": "check_cid", "data": { "regex": "^\\\\+1415" }, "children": {
          "match": { "module": "play", "data": { "id": "local" } },
          "nomatch": { "module": "play", "data": { "id": "welcome" } } } }""")
public record CheckCid(
        @Doc("Regular expression that is looked for in the caller's number.") @SchemaDefault(".*")
                String regex,
        @Doc("A match leads to the child that is named like the number.") @SchemaDefault("false")
                boolean useAbsoluteMode,
        @Doc("The new caller id: `external.name` and `external.number`.")
                @Fragment(
                        """
                        {"type":"object","properties":{"external":{"type":"object","properties":{
                         "name":{"type":"string"},"number":{"type":"string"}}}}}""")
                @Lenient
                ObjectNode callerId,
        @Doc("The user who becomes the call's owner.") String userId)
        implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        String number = call.variables().caller().number();
        if (number.isEmpty()) {
            call.notice(branches.pointer(), "the call has no caller id number");
            return Next.DEFAULT;
        }
        if (!matches(call, number, branches)) {
            return branches.has("nomatch") ? Next.child("nomatch") : Next.DEFAULT;
        }
        String key = useAbsoluteMode ? number : "match";
        if (!branches.has(key)) {
            return Next.DEFAULT;
        }
        identify(call);
        return Next.child(key);
    }

    private boolean matches(Call call, String number, Branches branches) {
        if (call.ask(new Question.Matches(regex, number, false)).yes()) {
            return true;
        }
        if (call.ask(new Question.Matches(regex, number, true)).yes()) {
            throw new BadFlow(
                    branches.pointer() + "/data/regex", "no regular expression: " + regex);
        }
        return false;
    }

    private void identify(Call call) {
        Optional<String> name = Json.text(callerId, "external", "name");
        Optional<String> number = Json.text(callerId, "external", "number");
        if (name.isEmpty() || number.isEmpty() || userId.isEmpty()) {
            return;
        }
        Variables variables = call.variables();
        variables.caller(new Party(name.get(), number.get()));
        variables.putChannel("Caller-ID-Name", name.get(), false);
        variables.putChannel("Caller-ID-Number", number.get(), false);
        variables.owner(userId);
    }
}
