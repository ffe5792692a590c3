package fulcrum.flow;

import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Checks a whole flow, strictly, before it is stored or run: each node's shape, its action's name and the action's
/// data, down to the last child (REST conventions §7.1, pivot.md §9.1). Nothing is repaired here.
///
/// Immutable; safe for any thread.
public final class FlowCheck {
    private static final ObjectNode NODE =
            Json.object(
                    """
                    { "type": "object", "required": ["module"], "properties": {
                      "module": { "type": "string", "minLength": 1, "maxLength": 64 },
                      "data": { "type": "object" },
                      "children": { "type": "object" } } }""");

    private final ActionCatalog catalog;
    private final SchemaCheck rules;
    private final Map<String, ObjectNode> schemas;

    /// @param mayFetch whether a URL in a flow may be fetched
    public FlowCheck(ActionCatalog catalog, Predicate<String> mayFetch) {
        this(catalog, new TreeMap<>(), mayFetch);
        catalog.all().forEach(type -> schemas.put(type.name(), SchemaWriter.schema(type)));
    }

    private FlowCheck(
            ActionCatalog catalog, Map<String, ObjectNode> schemas, Predicate<String> mayFetch) {
        this.catalog = catalog;
        this.schemas = schemas;
        this.rules = new SchemaCheck(mayFetch);
    }

    /// The same check with another judgement of URLs; cheap, since the schemas are not written again.
    public FlowCheck judging(Predicate<String> mayFetch) {
        return new FlowCheck(catalog, schemas, mayFetch);
    }

    /// Everything that is wrong, in the order of the flow; empty when it is valid.
    ///
    /// @param pointer where the flow stands in what it was read from, for the problems: empty, or `/flow` in a document
    public List<Problem> check(JsonNode flow, String pointer) {
        List<Problem> problems = new ArrayList<>();
        checkNode(flow, pointer, problems);
        return problems;
    }

    /// The URLs of a flow that would have to be fetched, in its order, each once: what a call asks the world about
    /// before it checks a flow.
    public List<String> urls(JsonNode flow) {
        Set<String> seen = new LinkedHashSet<>();
        judging(
                        url -> {
                            seen.add(url);
                            return true;
                        })
                .check(flow, "");
        return List.copyOf(seen);
    }

    private void checkNode(JsonNode node, String pointer, List<Problem> problems) {
        problems.addAll(rules.check(NODE, node, pointer));
        JsonNode module = node.path("module");
        if (module.isString() && !module.stringValue().isEmpty()) {
            checkData(node, module, pointer, problems);
        }
        for (Map.Entry<String, JsonNode> child : node.path("children").properties()) {
            if (!child.getKey().isEmpty()) {
                String place = pointer + "/children/" + Pointer.escaped(child.getKey());
                checkNode(child.getValue(), place, problems);
            }
        }
    }

    /// Absent data counts as the empty object, its default.
    private void checkData(JsonNode node, JsonNode module, String pointer, List<Problem> problems) {
        ObjectNode schema = schemas.get(module.stringValue());
        JsonNode data = node.has("data") ? node.get("data") : Json.object();
        if (schema == null) {
            String message = "unable to find callflow schema for module " + module.stringValue();
            problems.add(Problem.of(pointer + "/module", "error", message, module));
        } else if (data.isObject()) {
            problems.addAll(rules.check(schema, data, pointer + "/data"));
        }
    }
}
