package fulcrum.api;

import fulcrum.directory.Document;
import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A document on its way into the store. Belongs to one request.
final class Draft {
    private final ApiRequest request;
    private final Document account;
    private final Optional<Document> before;
    private final ObjectNode hidden;
    private final List<Violation> violations = new ArrayList<>();
    private ObjectNode body;

    /// @param account the account that the document belongs to
    /// @param before the stored document, unless it is a new one
    Draft(ApiRequest request, Document account, Optional<Document> before, ObjectNode body) {
        this.request = request;
        this.account = account;
        this.before = before;
        this.body = body;
        this.hidden = before.map(there -> there.hidden().deepCopy()).orElseGet(Json::object);
        body.remove("id");
    }

    ApiRequest request() {
        return request;
    }

    Document account() {
        return account;
    }

    Optional<Document> before() {
        return before;
    }

    /// The public part; may be written to.
    ObjectNode body() {
        return body;
    }

    /// The private part; may be written to.
    ObjectNode hidden() {
        return hidden;
    }

    Optional<String> text(String... path) {
        return Json.text(body, path);
    }

    /// The same text of the stored document; absent for a new one.
    Optional<String> textBefore(String... path) {
        return before.flatMap(there -> there.text(path));
    }

    /// Whether a stored document is another one than this draft's.
    boolean isOther(Document stored) {
        return before.filter(mine -> mine.id().equals(stored.id())).isEmpty();
    }

    void refuse(Violation violation) {
        violations.add(violation);
    }

    /// A value that another document of its kind has already.
    void refuseUnique(String path, String message, String cause) {
        refuse(Violation.of(path, "unique", message).with("cause", cause));
    }

    /// Writes a text in another form, where the body has one at this path.
    void rewrite(java.util.function.UnaryOperator<String> form, String... path) {
        JsonNode parent = body;
        for (int i = 0; i < path.length - 1; i++) {
            parent = parent.path(path[i]);
        }
        String last = path[path.length - 1];
        if (parent instanceof ObjectNode object && object.path(last).isString()) {
            object.put(last, form.apply(object.path(last).stringValue()));
        }
    }

    void take(Verdict verdict) {
        body = verdict.document();
        violations.addAll(verdict.violations());
    }

    /// @throws Refusal 400 with every violation
    void mustBeGood() {
        if (!violations.isEmpty()) {
            throw Refusal.invalid(violations);
        }
    }

    /// @param home the account that keeps it, when it is new
    Document document(String type, String home, String id, Instant now) {
        return before.orElseGet(() -> Document.fresh(home, type, id, body, now))
                .withBody(body)
                .withHidden(hidden);
    }
}
