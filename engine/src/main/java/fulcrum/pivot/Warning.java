package fulcrum.pivot;

import fulcrum.directory.Json;

import tools.jackson.databind.node.ObjectNode;

/// Something in an answer that was put right, or left out, so that the flow could run.
///
/// @param pointer JSON pointer to it in the answer
/// @param position where it stands in the answer's text
/// @param message what was wrong, and the right spelling
public record Warning(String pointer, Position position, String message) {
    ObjectNode document() {
        return Json.object()
                .put("pointer", pointer)
                .put("line", position.line())
                .put("column", position.column())
                .put("message", message);
    }

    @Override
    public String toString() {
        return "%s (%s): %s".formatted(pointer.isEmpty() ? "/" : pointer, position, message);
    }
}
