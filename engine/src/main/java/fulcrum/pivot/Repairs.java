package fulcrum.pivot;

import fulcrum.flow.Problem;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Puts right what published handlers write wrongly, and nothing else (pivot.md §9.1, Target): numbers and booleans
/// written as texts, two old module names, and bare ids as endpoints of a ring group.
///
/// Works on the tree of an answer, which is nobody else's.
final class Repairs {
    private static final Map<String, String> OLD_NAMES =
            Map.of("resource", "resources", "say", "tts");

    private final BiConsumer<String, String> warn;

    /// @param warn told the JSON pointer of what was repaired, and the right spelling
    Repairs(BiConsumer<String, String> warn) {
        this.warn = warn;
    }

    /// Before the check: names and shapes.
    void spellings(JsonNode node, String pointer) {
        if (!(node instanceof ObjectNode object)) {
            return;
        }
        String module = object.path("module").asString("");
        if (object.path("module").isString() && OLD_NAMES.containsKey(module)) {
            String right = OLD_NAMES.get(module);
            object.put("module", right);
            warn.accept(pointer + "/module", "the module " + module + " is called " + right);
        }
        if (module.equals("ring_group")
                && object.path("data").path("endpoints") instanceof ArrayNode endpoints) {
            bareIds(endpoints, pointer + "/data/endpoints");
        }
        for (Map.Entry<String, JsonNode> child : object.path("children").properties()) {
            String key = child.getKey().replace("~", "~0").replace("/", "~1");
            spellings(child.getValue(), pointer + "/children/" + key);
        }
    }

    private void bareIds(ArrayNode endpoints, String pointer) {
        for (int i = 0; i < endpoints.size(); i++) {
            if (endpoints.get(i).isString()) {
                String id = endpoints.get(i).stringValue();
                ObjectNode whole = endpoints.objectNode();
                whole.put("endpoint_type", "device").put("id", id);
                endpoints.set(i, whole);
                warn.accept(pointer + "/" + i, "an endpoint is written " + whole);
            }
        }
    }

    /// After the check: texts that are wholly a number or a boolean where one is wanted.
    ///
    /// @return whether anything was repaired, so that the tree must be checked again
    boolean types(JsonNode root, List<Problem> problems) {
        boolean repaired = false;
        for (Problem problem : problems) {
            Optional<JsonNode> right = meant(problem);
            if (right.isPresent() && replace(root, problem.pointer(), right.get())) {
                warn.accept(
                        problem.pointer(),
                        "write %s, not %s".formatted(right.get(), problem.value()));
                repaired = true;
            }
        }
        return repaired;
    }

    private static Optional<JsonNode> meant(Problem problem) {
        if (!problem.rule().equals("type") || !(problem.value() instanceof StringNode given)) {
            return Optional.empty();
        }
        String text = given.stringValue();
        List<String> wanted = Arrays.asList(problem.target().asString("").split(",", -1));
        if (wanted.contains("boolean") && text.matches("true|false")) {
            return Optional.of(BooleanNode.valueOf(text.equals("true")));
        }
        boolean number = wanted.contains("number");
        if ((number || wanted.contains("integer")) && text.matches("-?\\d{1,18}")) {
            return Optional.of(LongNode.valueOf(Long.parseLong(text)));
        }
        if (number && text.matches("-?\\d{1,18}\\.\\d{1,18}")) {
            return Optional.of(DecimalNode.valueOf(new BigDecimal(text)));
        }
        return Optional.empty();
    }

    private static boolean replace(JsonNode root, String pointer, JsonNode value) {
        JsonPointer place = JsonPointer.compile(pointer);
        JsonNode parent = root.at(place.head());
        if (parent instanceof ObjectNode object) {
            object.set(place.last().getMatchingProperty(), value);
            return true;
        }
        if (parent instanceof ArrayNode array) {
            array.set(place.last().getMatchingIndex(), value);
            return true;
        }
        return false;
    }
}
