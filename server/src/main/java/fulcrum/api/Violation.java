package fulcrum.api;

import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/// One broken rule of a document: where, which rule, and what to tell (REST conventions §7.1).
///
/// @param where the keys from the root to the field; positions in arrays are numbers, counted from 0
/// @param rule the word of the rule: `required`, `type`, `unique`, …
/// @param detail `message`, and where it helps `target`, `value`, `cause`
public record Violation(List<String> where, String rule, ObjectNode detail) {
    public Violation {
        where = List.copyOf(where);
    }

    /// A broken rule of a field given by its dotted path.
    static Violation of(String path, String rule, String message) {
        return of(List.of(path.split("\\.")), rule, message);
    }

    static Violation of(List<String> where, String rule, String message) {
        ObjectNode detail = Json.object();
        detail.put("message", message);
        return new Violation(where, rule, detail);
    }

    Violation with(String key, JsonNode fact) {
        ObjectNode more = detail.deepCopy();
        more.set(key, fact);
        return new Violation(where, rule, more);
    }

    Violation with(String key, String fact) {
        ObjectNode more = detail.deepCopy();
        more.put(key, fact);
        return new Violation(where, rule, more);
    }

    Violation with(String key, long fact) {
        ObjectNode more = detail.deepCopy();
        more.put(key, fact);
        return new Violation(where, rule, more);
    }

    /// The path as it stands in an answer: keys joined with dots, a dot inside a key written `%2E`.
    public String path() {
        List<String> keys = new ArrayList<>();
        for (String key : where) {
            keys.add(key.replace(".", "%2E"));
        }
        return String.join(".", keys);
    }

    /// The `data` of an answer: field path → rule → detail. Of two with the same path and rule the first is kept.
    static ObjectNode data(List<Violation> violations) {
        ObjectNode data = Json.object();
        for (Violation violation : violations) {
            ObjectNode field =
                    data.get(violation.path()) instanceof ObjectNode there
                            ? there
                            : data.putObject(violation.path());
            if (!field.has(violation.rule)) {
                field.set(violation.rule, violation.detail);
            }
        }
        return data;
    }
}
