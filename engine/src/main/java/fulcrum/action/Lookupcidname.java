package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.CallFacts.Party;
import fulcrum.call.Question;
import fulcrum.call.WorldFailed;
import fulcrum.directory.Document;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Lenient;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.Required;
import fulcrum.flow.SchemaDefault;

import java.util.List;
import java.util.Optional;

/// Gives the call the name that lists of the account have for the caller's number; see
/// [fulcrum.directory.ListEntries].
@Named("lookupcidname")
@Doc(
        "Looks the caller's number up in lists and gives the call the name of the entry that matches: its displayname,"
                + " name or cid_name.")
@Example(
        """
        { "module": "lookupcidname", "data": { "lists": ["0123456789abcdef0123456789abcdef"] }, "children": {
          "_": { "module": "menu", "data": { "id": "main" } } } }""")
public record Lookupcidname(
        @Doc("The lists, in the order they are searched.") @Required @SchemaDefault("[]") @Lenient
                List<String> lists)
        implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        Party caller = call.variables().caller();
        entry(call, caller.number(), branches)
                .flatMap(Lookupcidname::name)
                .ifPresent(name -> call.variables().caller(new Party(name, caller.number())));
        return Next.DEFAULT;
    }

    private Optional<Document> entry(Call call, String number, Branches branches) {
        if (number.isEmpty() || lists.isEmpty()) {
            return Optional.empty();
        }
        try {
            return call.ask(new Question.FindInLists(call.facts().accountId(), lists, number))
                    .document();
        } catch (WorldFailed unreadable) {
            call.notice(branches.pointer() + "/data/lists", unreadable.toString());
            return Optional.empty();
        }
    }

    private static Optional<String> name(Document entry) {
        return List.of("displayname", "name", "cid_name").stream()
                .flatMap(field -> entry.text(field).stream())
                .findFirst();
    }
}
