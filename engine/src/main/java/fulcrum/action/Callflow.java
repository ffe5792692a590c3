package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.Question;
import fulcrum.directory.Document;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.FlowRouter;
import fulcrum.flow.Named;
import fulcrum.flow.Next;

import java.util.Optional;

/// Runs the flow of another callflow document; when that stops, this node's `_` follows.
@Named("callflow")
@Doc(
        "Runs the flow of another callflow of the account; when that one stops, the flow goes on at `_`.")
@Example(
        """
        { "module": "callflow", "data": { "id": "0123456789abcdef0123456789abcdef" }, "children": {
          "_": { "module": "hangup", "data": {} } } }""")
public record Callflow(@Doc("The callflow document.") String id) implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        Optional<Document> found =
                id.isEmpty()
                        ? Optional.empty()
                        : call.ask(new Question.FindDocument(call.facts().accountId(), id))
                                .document();
        if (found.isEmpty()) {
            call.notice(branches.pointer() + "/data/id", "there is no callflow '" + id + "'");
            return Next.DEFAULT;
        }
        return new Next.Branch(FlowRouter.flowOf(found.get()));
    }
}
