package fulcrum.pivot;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;

/// Writes a tree of parameters as a query string or form body (pivot.md §6).
///
/// Objects are `key[sub]=v`, arrays `key[]=v`, to any depth; brackets stay literal, everything else in names and values
/// is percent-encoded as UTF-8 with a space as `+`. Empty objects and arrays leave no pair.
public final class FormEncoding {
    private static final String UNRESERVED = "-._~";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private FormEncoding() {}

    public static String encode(ObjectNode parameters) {
        StringJoiner pairs = new StringJoiner("&");
        for (Map.Entry<String, JsonNode> entry : parameters.properties()) {
            add(pairs, escape(entry.getKey(), "[]"), entry.getValue());
        }
        return pairs.toString();
    }

    private static void add(StringJoiner pairs, String name, JsonNode value) {
        switch (value) {
            case ObjectNode object ->
                    object.properties()
                            .forEach(
                                    entry ->
                                            add(
                                                    pairs,
                                                    name + "[" + escape(entry.getKey(), "") + "]",
                                                    entry.getValue()));
            case ArrayNode array -> array.forEach(member -> add(pairs, name + "[]", member));
            default -> {
                if (!value.isNull()) {
                    pairs.add(name + "=" + escape(value.asString(), ""));
                }
            }
        }
    }

    private static String escape(String text, String literal) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
            if (plain || literal.indexOf(c) >= 0) {
                escaped.append(c);
            } else if (c == ' ') {
                escaped.append('+');
            } else {
                escaped.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
            }
        }
        return escaped.toString();
    }
}
