package fulcrum.testing;

import fulcrum.directory.Json;

import tools.jackson.databind.node.ObjectNode;

/// Writes flows for tests; in JSON given here, `'` stands for `"`.
public final class Nodes {
    private Nodes() {}

    public static String json(String text) {
        return text.replace('\'', '"');
    }

    /// A node without children.
    public static String node(String module, String data) {
        return node(module, data, Json.object());
    }

    /// A node that goes on at `_`.
    public static String node(String module, String data, String next) {
        return node(module, data, children("_", next));
    }

    public static String node(String module, String data, ObjectNode children) {
        ObjectNode node = Json.object().put("module", module);
        node.set("data", Json.object(json(data)));
        node.set("children", children);
        return node.toString();
    }

    /// Children: a key, its node, a key …
    public static ObjectNode children(String... keysAndNodes) {
        ObjectNode children = Json.object();
        for (int i = 0; i < keysAndNodes.length; i += 2) {
            children.set(keysAndNodes[i], Json.object(json(keysAndNodes[i + 1])));
        }
        return children;
    }

    /// Plays a media document without answering.
    public static String early(String media) {
        return node("play", "{'answer':false,'id':'" + media + "'}");
    }

    /// As [#early(String)], going on at `_`.
    public static String early(String media, String next) {
        return node("play", "{'answer':false,'id':'" + media + "'}", next);
    }
}
