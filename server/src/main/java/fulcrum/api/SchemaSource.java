package fulcrum.api;

import fulcrum.flow.ActionCatalog;
import fulcrum.flow.ActionType;
import fulcrum.flow.SchemaWriter;

import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Where JSON schemas (draft-04) come from, by name: `users`, `callflows.pivot`, …
///
/// Safe for use from any thread; a returned schema is never written to.
public interface SchemaSource {
    Optional<ObjectNode> schema(String name);

    SortedSet<String> names();

    /// The schemas of actions, `callflows.<action>` each.
    static SchemaSource of(ActionCatalog actions) {
        SortedMap<String, ObjectNode> schemas = new TreeMap<>();
        for (ActionType action : actions.all()) {
            schemas.put("callflows." + action.name(), SchemaWriter.schema(action));
        }
        return new SchemaSource() {
            @Override
            public Optional<ObjectNode> schema(String name) {
                return Optional.ofNullable(schemas.get(name));
            }

            @Override
            public SortedSet<String> names() {
                return new TreeSet<>(schemas.keySet());
            }
        };
    }

    /// This source, and where it has no schema of a name, the other.
    default SchemaSource or(SchemaSource other) {
        SchemaSource first = this;
        return new SchemaSource() {
            @Override
            public Optional<ObjectNode> schema(String name) {
                return first.schema(name).or(() -> other.schema(name));
            }

            @Override
            public SortedSet<String> names() {
                SortedSet<String> names = new TreeSet<>(first.names());
                names.addAll(other.names());
                return names;
            }
        };
    }
}
