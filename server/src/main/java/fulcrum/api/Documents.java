package fulcrum.api;

import fulcrum.directory.Directory;
import fulcrum.directory.Document;
import fulcrum.directory.Gregorian;
import fulcrum.directory.Json;
import fulcrum.directory.Saving;

import tools.jackson.databind.node.ObjectNode;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Documents on their way between the API and the store: stamps on the way in, `id` and the like on the way out.
final class Documents {
    private final Directory directory;
    private final Clock clock;
    private final SavedDocuments listener;

    Documents(Directory directory, Clock clock, SavedDocuments listener) {
        this.directory = directory;
        this.clock = clock;
        this.listener = listener;
    }

    Directory directory() {
        return directory;
    }

    Instant now() {
        return clock.instant();
    }

    /// A document of a type in an account.
    ///
    /// @throws Refusal 404 `bad_identifier` when there is none
    Document find(String accountId, String type, String id) {
        return directory
                .find(accountId, id)
                .filter(there -> there.type().equals(type))
                .orElseThrow(() -> Refusal.badIdentifier(id));
    }

    List<Document> all(String accountId, String type) {
        return directory.all(accountId, type);
    }

    /// Saves a document with the stamps of this request.
    ///
    /// @throws Refusal 409 when somebody else saved it first
    Document save(Document document, ApiRequest request) {
        Document stamped = stamped(document, request);
        return switch (directory.save(stamped)) {
            case Saving.Saved(Document saved) -> told(saved);
            case Saving.Conflict conflict -> throw Refusal.conflict();
        };
    }

    /// Removes a document for good.
    void remove(Document document) {
        directory.remove(document.accountId(), document.id());
        told(document.asDeleted());
    }

    private Document told(Document saved) {
        listener.saved(saved);
        return saved;
    }

    private Document stamped(Document document, ApiRequest request) {
        ObjectNode hidden = document.hidden().deepCopy();
        hidden.put("pvt_type", document.type());
        hidden.put("pvt_vsn", document.type().equals("menu") ? "2" : "1");
        hidden.put("pvt_account_id", document.accountId());
        hidden.put("pvt_request_id", request.incoming().requestId());
        hidden.put("pvt_is_authenticated", request.sender().isPresent());
        request.sender()
                .ifPresent(
                        who -> {
                            hidden.put("pvt_auth_account_id", who.accountId());
                            who.ownerId().ifPresent(user -> hidden.put("pvt_auth_user_id", user));
                        });
        hidden.put("pvt_alphanum_name", alphanumeric(nameOf(document)));
        return new Document(
                document.accountId(),
                document.type(),
                document.id(),
                document.revision(),
                document.body(),
                hidden,
                document.created(),
                clock.instant(),
                document.deleted());
    }

    private static String nameOf(Document document) {
        return document.type().equals("user")
                ? document.text("first_name").orElse("") + document.text("last_name").orElse("")
                : document.text("name").orElse("");
    }

    /// A name reduced to lower-case letters and digits, for comparison.
    static String alphanumeric(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /// Checks `If-Match` against the stored revision.
    ///
    /// @throws Refusal 412 when the client has another one
    static void checkMatch(ApiRequest request, Document stored) {
        Optional<String> wanted = request.incoming().header("If-Match");
        if (wanted.isPresent()
                && !wanted.get().strip().equals("*")
                && !wanted.get().contains("\"" + stored.revision() + "\"")) {
            throw Refusal.of(412, "precondition_failed", "precondition failed");
        }
    }

    /// The public document as answers show it.
    static ObjectNode shown(Document document) {
        ObjectNode shown = document.body().deepCopy();
        shown.put("id", document.id());
        return shown;
    }

    /// Everything that filters may look at: public and hidden fields, id and times.
    static ObjectNode whole(Document document) {
        ObjectNode whole = document.hidden().deepCopy();
        whole.setAll(document.body().deepCopy());
        whole.put("id", document.id());
        whole.put("_id", document.id());
        whole.put("pvt_type", document.type());
        whole.put("pvt_account_id", document.accountId());
        whole.put("pvt_created", Gregorian.seconds(document.created()));
        whole.put("pvt_modified", Gregorian.seconds(document.modified()));
        return whole;
    }

    /// The answer to a DELETE: the document, marked.
    static ApiReply deleted(Document document) {
        ObjectNode shown = shown(document);
        ObjectNode facts =
                Json.at(shown, "_read_only").isPresent()
                                && shown.get("_read_only") instanceof ObjectNode there
                        ? there
                        : shown.putObject("_read_only");
        facts.put("deleted", true);
        return ApiReply.document(shown, document.revision());
    }
}
