package fulcrum.api;

import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.directory.Numbers;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;

/// Keeps the number documents in step with the callflows that use them (resources.md §5, §6).
final class NumberUse {
    static final String USED_BY = "used_by";

    private final Documents documents;

    NumberUse(Documents documents) {
        this.documents = documents;
    }

    /// @throws Refusal 403 when a number belongs to an account that the sender is not above
    void mustBeOurs(Draft draft, List<String> numbers) {
        List<String> foreign =
                numbers.stream()
                        .filter(Numbers::isReconcilable)
                        .filter(number -> isForeign(draft, number))
                        .toList();
        if (!foreign.isEmpty()) {
            throw Refusal.plain(
                    403,
                    "forbidden",
                    Json.object()
                            .put("message", "unauthorized to use " + String.join(", ", foreign))
                            .put("cause", foreign.getFirst()));
        }
    }

    private boolean isForeign(Draft draft, String number) {
        Optional<Document> document = documents.directory().number(number);
        Identity who = draft.request().identity();
        return document.filter(there -> !there.accountId().equals(draft.account().id()))
                .flatMap(there -> documents.directory().find(there.accountId(), there.accountId()))
                .filter(owner -> !who.isTop() && !Desk.isWithin(owner, who.accountId()))
                .isPresent();
    }

    /// Numbers that came are marked as used by a callflow, those that went are unmarked.
    void changed(ApiRequest request, List<String> before, List<String> now) {
        before.stream()
                .filter(number -> !now.contains(number))
                .forEach(number -> mark(request, number, ""));
        now.stream()
                .filter(number -> !before.contains(number))
                .forEach(number -> mark(request, number, "callflow"));
    }

    private void mark(ApiRequest request, String number, String user) {
        Optional<Document> document =
                Numbers.isReconcilable(number)
                        ? documents.directory().number(number)
                        : Optional.empty();
        document.ifPresent(
                there -> {
                    ObjectNode body = there.body().deepCopy();
                    if (user.isEmpty()) {
                        body.remove(USED_BY);
                    } else {
                        body.put(USED_BY, user);
                    }
                    documents.save(there.withBody(body), request);
                });
    }
}
