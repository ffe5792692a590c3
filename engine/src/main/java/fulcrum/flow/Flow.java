package fulcrum.flow;

import fulcrum.directory.Json;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;

/// One node of a callflow, as a view of its JSON; the tree stays as it was given and is never written to.
///
/// @param node the JSON of this node: `module`, `data`, `children`; an empty object means "nothing left"
/// @param pointer where the node stands in its flow, a JSON pointer (RFC 6901); the root is the empty text
public record Flow(ObjectNode node, String pointer) {
    /// A flow that has nothing to do.
    public static final Flow EMPTY = of(Json.object());

    /// The root of a flow.
    public static Flow of(ObjectNode root) {
        return new Flow(root, "");
    }

    /// Reads the text of a flow; only its outer shape is looked at.
    ///
    /// @throws BadFlow when the text is not a JSON object
    public static Flow parse(String text) {
        try {
            if (Json.MAPPER.readTree(text) instanceof ObjectNode root) {
                return of(root);
            }
        } catch (JacksonException broken) {
            throw new BadFlow("", "not JSON: " + broken.getOriginalMessage());
        }
        throw new BadFlow("", "a flow must be a JSON object");
    }

    /// The name of the action; empty when there is none.
    public String module() {
        return Json.text(node, "module").orElse("");
    }

    /// The action's arguments; empty when there are none or they are no object.
    public ObjectNode data() {
        return Json.at(node, "data").orElse(Json.object()) instanceof ObjectNode data
                ? data
                : Json.object();
    }

    public boolean isEmpty() {
        return node.isEmpty();
    }

    /// The keys of the children that are objects, in the order written.
    public List<String> childKeys() {
        return children().properties().stream()
                .filter(entry -> entry.getValue().isObject())
                .map(java.util.Map.Entry::getKey)
                .toList();
    }

    /// The child with this key; it may be an empty node.
    public Optional<Flow> child(String key) {
        JsonNode child = children().get(key);
        return child instanceof ObjectNode object
                ? Optional.of(new Flow(object, pointer + "/children/" + Pointer.escaped(key)))
                : Optional.empty();
    }

    private ObjectNode children() {
        return Json.at(node, "children").orElse(Json.object()) instanceof ObjectNode children
                ? children
                : Json.object();
    }
}
