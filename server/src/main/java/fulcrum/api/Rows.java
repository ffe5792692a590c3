package fulcrum.api;

import fulcrum.directory.Document;
import fulcrum.directory.Json;

import tools.jackson.databind.node.ObjectNode;

/// Rows of lists.
final class Rows {
    private Rows() {}

    /// The document's id and those of its fields that are there.
    static ObjectNode of(Document document, String... fields) {
        ObjectNode row = Json.object();
        row.put("id", document.id());
        for (String field : fields) {
            document.at(field).ifPresent(value -> row.set(field, value));
        }
        return row;
    }
}
