package fulcrum.directory;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Reads JSON trees the way Kazoo's callflow engine does: absent, null, empty text and empty object are the same to
/// the "text" reads, integers may be written as text, and only `true` or `"true"` is true (callflow common facts).
public final class Json {
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");

    /// The one mapper for trees. Thread-safe.
    public static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// Parses text that we wrote ourselves, or a test did.
    ///
    /// @throws IllegalArgumentException when the text is not one JSON object
    public static ObjectNode object(String text) {
        if (MAPPER.readTree(text) instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("not a JSON object: " + text);
    }

    public static Optional<JsonNode> at(JsonNode root, String... path) {
        JsonNode node = root;
        for (String key : path) {
            JsonNode next = node.get(key);
            if (next == null || next.isNull()) {
                return Optional.empty();
            }
            node = next;
        }
        return Optional.of(node);
    }

    public static Optional<String> text(JsonNode root, String... path) {
        return at(root, path)
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asString)
                .filter(text -> !text.isEmpty());
    }

    public static boolean flag(JsonNode root, String... path) {
        return at(root, path)
                .filter(
                        node ->
                                node.isBoolean()
                                        ? node.booleanValue()
                                        : "true".equals(node.asString("")))
                .isPresent();
    }

    /// A whole number, also when written as text (`"20"`).
    public static OptionalLong whole(JsonNode root, String... path) {
        Optional<JsonNode> found = at(root, path);
        if (found.isEmpty()) {
            return OptionalLong.empty();
        }
        JsonNode node = found.get();
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return OptionalLong.of(node.longValue());
        }
        if (node.isString() && WHOLE.matcher(node.stringValue()).matches()) {
            return OptionalLong.of(Long.parseLong(node.stringValue()));
        }
        return OptionalLong.empty();
    }

    /// The texts of an array; empty when the path holds no array. Members that are not values are left out.
    public static List<String> texts(JsonNode root, String... path) {
        List<String> texts = new ArrayList<>();
        at(root, path)
                .filter(JsonNode::isArray)
                .ifPresent(
                        array -> {
                            for (JsonNode member : array) {
                                if (member.isValueNode() && !member.isNull()) {
                                    texts.add(member.asString());
                                }
                            }
                        });
        return texts;
    }
}
