package fulcrum.flow;

import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Arrays;
import java.util.List;

/// One rule that a document breaks, in the words of Kazoo's API (REST conventions §7.1).
///
/// @param pointer JSON pointer (RFC 6901) to the value, or to where a missing one should be
/// @param rule `required`, `type`, `minimum` …
/// @param value the offending value
/// @param target the violated limit or the list of what is allowed; a [MissingNode] when the rule has none
public record Problem(
        String pointer, String rule, String message, JsonNode value, JsonNode target) {
    static Problem of(String pointer, String rule, String message, JsonNode value) {
        return new Problem(pointer, rule, message, value, MissingNode.getInstance());
    }

    /// The keys from the root to the value; positions in lists are numbers, counted from 0.
    public List<String> keys() {
        List<String> parts = Arrays.asList(pointer.split("/", -1));
        return parts.subList(Math.min(1, parts.size()), parts.size()).stream()
                .map(Pointer::plain)
                .toList();
    }

    /// The field path of the API: keys joined with dots, a dot within a key as `%2E`.
    public String fieldPath() {
        return String.join(".", keys().stream().map(key -> key.replace(".", "%2E")).toList());
    }

    /// The detail object of the API's answer: `message`, `value`, and `target` or `cause` where the rule has them.
    public ObjectNode detail() {
        ObjectNode detail = Json.object().put("message", message);
        if (!target.isMissingNode()) {
            detail.set("target", target);
        }
        if (rule.endsWith("Length")) {
            detail.set("cause", value);
        }
        detail.set("value", value);
        return detail;
    }

    @Override
    public String toString() {
        return (pointer.isEmpty() ? "/" : pointer) + ": " + message;
    }
}
