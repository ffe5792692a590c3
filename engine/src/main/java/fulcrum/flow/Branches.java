package fulcrum.flow;

import fulcrum.directory.Json;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// The children of the node that an action runs for.
public final class Branches {
    private final Flow node;

    Branches(Flow node) {
        this.node = node;
    }

    /// Whether there is a child with this key, even an empty one.
    public boolean exists(String key) {
        return node.child(key).isPresent();
    }

    /// Whether there is a child with this key that has something to do (Kazoo's "attempt").
    public boolean has(String key) {
        return node.child(key).filter(child -> !child.isEmpty()).isPresent();
    }

    /// The keys of all children, in the order written.
    public List<String> keys() {
        return node.childKeys();
    }

    /// The children as they stand in the node, for an action that hands them to another one.
    public ObjectNode children() {
        return Json.at(node.node(), "children").orElse(Json.object()) instanceof ObjectNode all
                ? all
                : Json.object();
    }

    /// Where the node stands in its flow, for notices: a JSON pointer.
    public String pointer() {
        return node.pointer();
    }
}
