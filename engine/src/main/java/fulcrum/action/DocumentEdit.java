package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.Question;
import fulcrum.call.WorldFailed;
import fulcrum.directory.Document;
import fulcrum.directory.Json;

import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Changes a document of the call's account. When somebody else saved it meanwhile, it is read and changed again.
final class DocumentEdit {
    /// After so many times somebody must be saving it without end.
    private static final int ATTEMPTS = 10;

    private DocumentEdit() {}

    /// @param change of a copy of the body; may run several times
    /// @return the document as it was saved; absent when there is none of this id
    /// @throws WorldFailed when it could not be saved
    static Optional<Document> of(Call call, String id, Consumer<ObjectNode> change) {
        return attempted(call, id, () -> CallingEndpoint.find(call, id), change);
    }

    /// As [#of]; a document that is missing is made.
    static Document ofNewest(Call call, String type, String id, Consumer<ObjectNode> change) {
        Supplier<Optional<Document>> newest =
                () -> CallingEndpoint.find(call, id).or(() -> Optional.of(fresh(call, type, id)));
        return attempted(call, id, newest, change).orElseThrow();
    }

    private static Document fresh(Call call, String type, String id) {
        return Document.fresh(call.facts().accountId(), type, id, Json.object(), call.now());
    }

    private static Optional<Document> attempted(
            Call call,
            String id,
            Supplier<Optional<Document>> reading,
            Consumer<ObjectNode> change) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Document> present = reading.get();
            if (present.isEmpty()) {
                return present;
            }
            ObjectNode body = present.get().body().deepCopy();
            change.accept(body);
            if (body.equals(present.get().body())) {
                return present;
            }
            Document changed =
                    present.get().withBody(body).saved(present.get().revision(), call.now());
            Optional<Document> saved = call.ask(new Question.SaveDocument(changed)).document();
            if (saved.isPresent()) {
                return saved;
            }
        }
        throw new WorldFailed("others kept saving the document " + id);
    }
}
