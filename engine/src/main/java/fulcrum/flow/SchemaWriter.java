package fulcrum.flow;

import fulcrum.directory.Json;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Comparator;
import java.util.List;

/// Writes the JSON Schema (draft-04, Kazoo's dialect) of an action's data from its record.
public final class SchemaWriter {
    private SchemaWriter() {}

    /// The schema that the API serves as `callflows.<action>`, and that every check uses.
    public static ObjectNode schema(ActionType type) {
        ObjectNode schema = Json.object();
        schema.put("$schema", "http://json-schema.org/draft-04/schema#");
        schema.put("_id", "callflows." + type.name());
        schema.put("description", type.doc());
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        type.fields().stream()
                .filter(ActionField::isData)
                .sorted(Comparator.comparing(ActionField::name))
                .forEach(field -> properties.set(field.name(), field.schema()));
        properties
                .putObject("skip_module")
                .put("description", "Skip this action and go on at the wildcard branch.")
                .put("type", "boolean");
        List<String> required =
                type.fields().stream()
                        .filter(ActionField::isRequired)
                        .map(ActionField::name)
                        .sorted()
                        .toList();
        if (!required.isEmpty()) {
            ArrayNode names = schema.putArray("required");
            required.forEach(names::add);
        }
        return schema;
    }
}
