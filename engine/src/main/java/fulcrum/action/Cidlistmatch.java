package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.Question;
import fulcrum.call.WorldFailed;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Named;
import fulcrum.flow.Next;

import java.util.List;

/// Goes by whether a match list of the account has the caller's number; see [fulcrum.directory.ListEntries].
@Named("cidlistmatch")
@Doc(
        "Goes to `match` or `nomatch` by whether an entry of a list begins the caller's number or is a pattern found in"
                + " it. A list that cannot be read has no entries.")
@Example(
        """
        { "module": "cidlistmatch", "data": { "id": "0123456789abcdef0123456789abcdef" }, "children": {
          "match": { "module": "hangup", "data": {} },
          "nomatch": { "module": "menu", "data": { "id": "main" } } } }""")
public record Cidlistmatch(@Doc("The list document.") String id) implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        String number = call.variables().caller().number();
        if (number.isEmpty()) {
            call.notice(branches.pointer(), "the call has no caller id number");
            return Next.DEFAULT;
        }
        String key = isListed(call, number, branches) ? "match" : "nomatch";
        return branches.has(key) ? Next.child(key) : Next.DEFAULT;
    }

    private boolean isListed(Call call, String number, Branches branches) {
        try {
            String accountId = call.facts().accountId();
            return call.ask(new Question.FindInLists(accountId, List.of(id), number))
                    .document()
                    .isPresent();
        } catch (WorldFailed unreadable) {
            call.notice(branches.pointer() + "/data/id", "no match: " + unreadable.getMessage());
            return false;
        }
    }
}
