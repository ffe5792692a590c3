package fulcrum.directory;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.Optional;

/// One stored document: an account, a user, a callflow, a number …
///
/// The `body` is the public JSON as a client gave it (with schema defaults filled in); keys that begin with `_` or
/// `pvt_` live in `hidden` (Kazoo REST conventions, §2). A `Document` is a value: whoever wants to change one makes a
/// copy with [#withBody]; the trees themselves are never written to after construction.
///
/// @param accountId the account that owns it, 32 lower-case hexadecimal digits
/// @param type Kazoo's `pvt_type`: `account`, `user`, `device`, `callflow`, `menu`, `media`, `number`, `resource`, …
/// @param id 32 lower-case hexadecimal digits, or a natural id (a number's E.164 form, `YYYYMM-…` for monthly ones)
/// @param revision empty before the first save; otherwise what the store gave
/// @param created and `modified`: whole seconds matter outside (Gregorian seconds on the wire)
public record Document(
        String accountId,
        String type,
        String id,
        String revision,
        ObjectNode body,
        ObjectNode hidden,
        Instant created,
        Instant modified,
        boolean deleted) {

    /// A document that has not been saved yet.
    public static Document fresh(
            String accountId, String type, String id, ObjectNode body, Instant now) {
        return new Document(accountId, type, id, "", body, Json.object(), now, now, false);
    }

    /// The same document with another public body.
    public Document withBody(ObjectNode changed) {
        return new Document(
                accountId, type, id, revision, changed, hidden, created, modified, deleted);
    }

    /// The same document with other hidden fields.
    public Document withHidden(ObjectNode changed) {
        return new Document(
                accountId, type, id, revision, body, changed, created, modified, deleted);
    }

    /// The same document, marked as deleted (a soft delete: it disappears from lists and look-ups).
    public Document asDeleted() {
        return new Document(accountId, type, id, revision, body, hidden, created, modified, true);
    }

    /// The same document as the store knows it after a save.
    public Document saved(String newRevision, Instant when) {
        return new Document(accountId, type, id, newRevision, body, hidden, created, when, deleted);
    }

    /// The value at a path of keys in the body, for example `at("sip", "username")`; absent when any key is missing
    /// or the value is null.
    public Optional<JsonNode> at(String... path) {
        return Json.at(body, path);
    }

    /// A non-empty text at a path of keys; numbers and booleans count as their text.
    public Optional<String> text(String... path) {
        return Json.text(body, path);
    }

    /// A flag at a path of keys: only `true` and `"true"` are true (callflow common facts, "Boolean reading").
    public boolean flag(String... path) {
        return Json.flag(body, path);
    }
}
