package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Named;
import fulcrum.flow.Next;

/// Picks the call up. Whether that was confirmed within 5 s makes no difference; answering twice is harmless.
@Named("answer")
@Doc(
        "Answers the call: two-way audio is open and billing begins. Harmless when it is answered already.")
@Example(
        """
        { "module": "answer", "data": {}, "children": {
          "_": { "module": "menu", "data": { "id": "main" } } } }""")
public record Answer() implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        call.answer();
        return Next.DEFAULT;
    }
}
