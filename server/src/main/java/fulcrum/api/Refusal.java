package fulcrum.api;

import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import java.util.List;

/// A request that is answered with an error: the HTTP status, the machine word for the envelope's `message`, and the
/// `data` (REST conventions §6, §7). Caught at the room's door, in [ApiHandler].
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String word;
    private final transient JsonNode data;

    private Refusal(int status, String word, JsonNode data) {
        super(word, null, false, false);
        this.status = status;
        this.word = word;
        this.data = data;
    }

    /// An error of the newer family: `data` holds the text.
    static Refusal of(int status, String word, String text) {
        return new Refusal(status, word, said(text));
    }

    /// An error of the older family: the envelope's `message` is human text.
    static Refusal plain(int status, String message, JsonNode data) {
        return new Refusal(status, message, data);
    }

    static Refusal badIdentifier(String cause) {
        ObjectNode data = said("bad identifier");
        data.put("cause", cause);
        return new Refusal(404, "bad_identifier", data);
    }

    static Refusal notFound() {
        return of(404, "not_found", "not found");
    }

    static Refusal faultyRequest() {
        return of(404, "faulty_request", "faulty request");
    }

    static Refusal invalidCredentials() {
        return of(401, "invalid_credentials", "invalid credentials");
    }

    static Refusal forbidden() {
        return of(403, "forbidden", "forbidden");
    }

    static Refusal forbidden(String cause) {
        ObjectNode data = said("forbidden");
        data.put("cause", cause);
        return new Refusal(403, "forbidden", data);
    }

    static Refusal invalidMethod() {
        return of(405, "invalid_method", "method not allowed");
    }

    static Refusal conflict() {
        return of(409, "datastore_conflict", "conflicting documents");
    }

    static Refusal tooManyRequests() {
        return of(429, "too_many_requests", "too many requests");
    }

    static Refusal invalid(List<Violation> violations) {
        return new Refusal(400, "validation error", Violation.data(violations));
    }

    static Refusal invalid(Violation violation) {
        return invalid(List.of(violation));
    }

    /// Any other word: it is the text, too.
    static Refusal fault(int status, String text) {
        return of(status, text, text);
    }

    private static ObjectNode said(String text) {
        ObjectNode data = Json.object();
        data.set("message", StringNode.valueOf(text));
        return data;
    }

    int status() {
        return status;
    }

    String word() {
        return word;
    }

    JsonNode data() {
        return data;
    }
}
