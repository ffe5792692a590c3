package fulcrum.api;

import fulcrum.directory.Document;
import fulcrum.directory.Json;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request on its way through the stations of [ApiHandler]. Belongs to one thread.
///
/// What came in is fixed; who sends it and which account, user or device it is about are added on the way.
final class ApiRequest {
    private final Incoming incoming;
    private final ApiBody body;
    private final List<Noun> nouns;
    private final Map<String, Document> context = new LinkedHashMap<>();
    private @Nullable Identity identity;
    private @Nullable Document account;

    ApiRequest(Incoming incoming, ApiBody body, List<Noun> nouns) {
        this.incoming = incoming;
        this.body = body;
        this.nouns = List.copyOf(nouns);
    }

    Incoming incoming() {
        return incoming;
    }

    List<Noun> nouns() {
        return nouns;
    }

    /// The method, after `verb` in envelope or query had its say.
    String method() {
        return text("verb")
                .map(verb -> verb.toUpperCase(java.util.Locale.ROOT))
                .orElse(incoming.method());
    }

    ObjectNode envelope() {
        return body.envelope();
    }

    /// The `data` of the body; an empty object when there was no body.
    JsonNode data() {
        return body.data();
    }

    /// The `data` as an object without private keys.
    ///
    /// @throws Refusal when it is an array
    ObjectNode document() {
        if (!(body.data() instanceof ObjectNode object)) {
            throw Refusal.invalid(
                    Violation.of("data", "type", "Value did not match type(s): object")
                            .with("target", "object"));
        }
        ObjectNode open = Json.object();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!isPrivate(field.getKey())) {
                open.set(field.getKey(), field.getValue().deepCopy());
            }
        }
        return open;
    }

    /// Keys that clients neither see nor set (REST conventions §2).
    static boolean isPrivate(String key) {
        return key.startsWith("_") || key.startsWith("pvt_");
    }

    List<UploadedFile> files() {
        return body.files();
    }

    /// A parameter: looked up in `data`, then in the query, then in the envelope (REST conventions §4).
    Optional<JsonNode> value(String key) {
        return Json.at(body.data(), key)
                .or(() -> incoming.query(key).map(tools.jackson.databind.node.StringNode::valueOf))
                .or(() -> Json.at(body.envelope(), key));
    }

    /// A parameter as text; empty text counts as absent.
    Optional<String> text(String key) {
        return value(key)
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asString)
                .filter(t -> !t.isEmpty());
    }

    boolean flag(String key) {
        return text(key).filter("true"::equals).isPresent();
    }

    /// What the client wants back, after `accept` in envelope or query had its say.
    String accept() {
        String wanted = text("accept").orElse(incoming.header("Accept").orElse("*/*"));
        return switch (wanted) {
            case "csv" -> "text/csv";
            case "pdf" -> "application/pdf";
            default -> wanted;
        };
    }

    void identifiedAs(Identity who) {
        identity = who;
    }

    Optional<Identity> sender() {
        return Optional.ofNullable(identity);
    }

    /// Who sends this.
    ///
    /// @throws Refusal when nobody did (an open route that asks all the same)
    Identity identity() {
        return sender().orElseThrow(Refusal::invalidCredentials);
    }

    void about(Document theAccount) {
        account = theAccount;
    }

    Optional<Document> accountInPath() {
        return Optional.ofNullable(account);
    }

    /// The account in the path.
    ///
    /// @throws Refusal when the path has none
    Document account() {
        return accountInPath().orElseThrow(Refusal::notFound);
    }

    /// Remembers a document that an earlier part of the path named, by its type.
    void within(Document document) {
        context.put(document.type(), document);
    }

    /// The user, device … that an earlier part of the path named.
    Optional<Document> within(String type) {
        return Optional.ofNullable(context.get(type));
    }
}
