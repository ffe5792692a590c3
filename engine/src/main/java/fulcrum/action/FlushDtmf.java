package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.Digits;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.SchemaDefault;

/// Forgets a collection of digits; of the default one also the keys pressed until now that nobody asked for.
@Named("flush_dtmf")
@Doc(
        "Forgets a collection of digits. Flushing the default one also forgets keys pressed in advance.")
@Example(
        """
        { "module": "flush_dtmf", "data": { "collection_name": "pin" }, "children": {
          "_": { "module": "menu", "data": { "id": "main" } } } }""")
public record FlushDtmf(
        @Doc("The collection to forget.") @SchemaDefault("default") String collectionName)
        implements Action {
    @Override
    public Next run(Call call, Branches branches) {
        if (collectionName.equals(Digits.EARLY)) {
            call.flushKeys();
        } else {
            call.digits().clear(collectionName);
        }
        return Next.DEFAULT;
    }
}
