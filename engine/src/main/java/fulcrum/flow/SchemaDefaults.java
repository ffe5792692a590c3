package fulcrum.flow;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Writes the defaults of a schema into a document: into members, list items and, for a node of a flow, into the data
/// of its module.
final class SchemaDefaults {
    private final Function<String, Optional<ObjectNode>> named;

    SchemaDefaults(Function<String, Optional<ObjectNode>> named) {
        this.named = named;
    }

    /// The schema itself, or the one that its `$ref` names.
    static JsonNode resolved(JsonNode schema, Function<String, Optional<ObjectNode>> named) {
        if (!schema.path("$ref").isString()) {
            return schema;
        }
        String name = schema.path("$ref").asString();
        return named.apply(name)
                .orElseThrow(() -> new IllegalStateException("a schema refers to " + name));
    }

    /// Whether a schema describes nodes of a flow or of a metaflow.
    static boolean isNode(JsonNode schema) {
        return schema.path("properties").path("module").has("kazoo-validation");
    }

    /// `callflow` or `metaflow`, for the schema of a node.
    static String family(JsonNode schema) {
        return schema.path("_id").asString("").startsWith("metaflow") ? "metaflow" : "callflow";
    }

    /// The schema for the data of a node, by its module.
    static Optional<ObjectNode> ofModule(
            JsonNode schema, ObjectNode node, Function<String, Optional<ObjectNode>> named) {
        String module = node.path("module").asString("");
        // `callflows.action` is the schema of a node, not of a module
        return module.isEmpty() || module.equals("action")
                ? Optional.empty()
                : named.apply(family(schema) + "s." + module);
    }

    void fill(JsonNode given, JsonNode value) {
        JsonNode schema = resolved(given, named);
        if (value instanceof ObjectNode object) {
            fillKnown(schema, object);
            fillOthers(schema, object);
            if (isNode(schema) && object.path("data").isObject()) {
                ofModule(schema, object, named).ifPresent(own -> fill(own, object.path("data")));
            }
        } else if (value.isArray() && schema.path("items").isObject()) {
            value.forEach(item -> fill(schema.path("items"), item));
        }
    }

    private void fillKnown(JsonNode schema, ObjectNode object) {
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            JsonNode own = resolved(property.getValue(), named);
            JsonNode standard = property.getValue().get("default");
            if (standard == null) {
                standard = own.get("default");
            }
            if (!object.has(property.getKey()) && standard != null) {
                object.set(property.getKey(), standard.deepCopy());
            }
            JsonNode there = object.get(property.getKey());
            if (there != null) {
                fill(own, there);
            }
        }
    }

    private void fillOthers(JsonNode schema, ObjectNode object) {
        for (Map.Entry<String, JsonNode> rule : schema.path("patternProperties").properties()) {
            Pattern pattern = Formats.pattern(rule.getKey());
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                if (pattern.matcher(member.getKey()).find()) {
                    fill(rule.getValue(), member.getValue());
                }
            }
        }
        JsonNode additional = schema.path("additionalProperties");
        if (additional.isObject()) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                if (!schema.path("properties").has(member.getKey())) {
                    fill(additional, member.getValue());
                }
            }
        }
    }
}
