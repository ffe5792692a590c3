package fulcrum.pivot;

import fulcrum.directory.Json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A JSON text that came from outside: its tree, and where in the text each value stands.
final class JsonText {
    /// The text is not JSON.
    ///
    /// @param message `invalid JSON` or `trailing data` (pivot.md §12.1)
    /// @param detail the parser's words
    /// @param pointer JSON pointer to the value that was being read
    /// @param before up to 40 characters in front of the place
    /// @param after up to 40 characters from there on
    record Broken(
            String message,
            String detail,
            Position position,
            String pointer,
            String before,
            String after) {}

    /// Either the tree or what is wrong.
    record Parsed(Optional<JsonNode> tree, Optional<Broken> broken) {}

    private static final int CONTEXT = 40;

    private final String text;

    JsonText(String text) {
        this.text = text;
    }

    Parsed parse() {
        try (JsonParser parser = Json.MAPPER.createParser(text)) {
            return parse(parser);
        }
    }

    private Parsed parse(JsonParser parser) {
        JsonNode tree;
        try {
            parser.nextToken();
            tree = parser.readValueAsTree();
        } catch (JacksonException invalid) {
            TokenStreamLocation where = invalid.getLocation();
            return broken(
                    "invalid JSON",
                    words(invalid),
                    where == null ? TokenStreamLocation.NA : where,
                    parser.streamReadContext().pathAsPointer().toString());
        }
        TokenStreamLocation end = parser.currentLocation();
        try {
            if (parser.nextToken() != null) {
                String reason = "the text goes on after the value";
                return broken("trailing data", reason, parser.currentTokenLocation(), "");
            }
        } catch (JacksonException junk) {
            return broken("trailing data", words(junk), end, "");
        }
        return new Parsed(Optional.ofNullable(tree), Optional.empty());
    }

    /// What the parser says, without its remarks on where it reads from.
    private static String words(JacksonException problem) {
        return String.valueOf(problem.getOriginalMessage())
                .replaceAll("(?s)\\s*\\(start marker at .*", "")
                .strip();
    }

    private Parsed broken(
            String message, String detail, TokenStreamLocation where, String pointer) {
        int line = Math.max(1, where.getLineNr());
        int column = Math.max(1, where.getColumnNr());
        int offset = Math.clamp(where.getCharOffset(), 0, text.length());
        String before = text.substring(Math.max(0, offset - CONTEXT), offset);
        String after = text.substring(offset, Math.min(text.length(), offset + CONTEXT));
        Position position = new Position(line, column);
        return new Parsed(
                Optional.empty(),
                Optional.of(new Broken(message, detail, position, pointer, before, after)));
    }

    /// Where each value begins, by its JSON pointer (RFC 6901); only for a text that is JSON.
    Map<String, Position> positions() {
        Map<String, Position> positions = new HashMap<>();
        Deque<int[]> indexes = new ArrayDeque<>();
        Deque<String> path = new ArrayDeque<>();
        String name = "";
        try (JsonParser parser = Json.MAPPER.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME) {
                    name = escaped(parser.currentName());
                    continue;
                }
                if (token.isStructEnd()) {
                    indexes.pop();
                    path.pop();
                    continue;
                }
                String pointer = pointer(path, indexes, name);
                TokenStreamLocation where = parser.currentTokenLocation();
                positions.putIfAbsent(
                        pointer, new Position(where.getLineNr(), where.getColumnNr()));
                if (token.isStructStart()) {
                    path.push(pointer);
                    indexes.push(new int[] {token == JsonToken.START_ARRAY ? 0 : -1});
                }
            }
        }
        return positions;
    }

    private static String pointer(Deque<String> path, Deque<int[]> indexes, String name) {
        if (path.isEmpty()) {
            return "";
        }
        int[] index = indexes.element();
        return path.element() + "/" + (index[0] >= 0 ? String.valueOf(index[0]++) : name);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
