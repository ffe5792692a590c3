package fulcrum.api;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Forgives texts where a number or a boolean is wanted (REST conventions §7.1, "type forgiveness"). Nothing is ever
/// turned into a text.
final class TypeRepair {
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,30}");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?\\d{1,30}(\\.\\d{1,30})?([eE][+-]?\\d{1,2})?");

    private TypeRepair() {}

    private record Fix(Violation violation, JsonNode repaired) {}

    /// Repairs all or nothing.
    ///
    /// @return whether every violation was one that can be repaired; only then the document was changed
    static boolean repairAll(ObjectNode document, List<Violation> violations) {
        List<Fix> fixes = new ArrayList<>();
        for (Violation violation : violations) {
            Optional<JsonNode> repaired = repaired(violation);
            if (repaired.isEmpty()) {
                return false;
            }
            fixes.add(new Fix(violation, repaired.get()));
        }
        fixes.forEach(fix -> put(document, fix.violation.where(), fix.repaired));
        return true;
    }

    private static Optional<JsonNode> repaired(Violation violation) {
        JsonNode value = violation.detail().path("value");
        if (!violation.rule().equals("type") || !value.isString() || violation.where().isEmpty()) {
            return Optional.empty();
        }
        for (String type : violation.detail().path("target").asString("").split(",")) {
            Optional<JsonNode> repaired = as(type, value.stringValue());
            if (repaired.isPresent()) {
                return repaired;
            }
        }
        return Optional.empty();
    }

    private static Optional<JsonNode> as(String type, String text) {
        return switch (type) {
            case "integer" ->
                    INTEGER.matcher(text).matches() ? Optional.of(whole(text)) : Optional.empty();
            case "number" ->
                    NUMBER.matcher(text).matches()
                            ? Optional.of(
                                    INTEGER.matcher(text).matches()
                                            ? whole(text)
                                            : DecimalNode.valueOf(new BigDecimal(text)))
                            : Optional.empty();
            case "boolean" ->
                    switch (text) {
                        case "true" -> Optional.of(BooleanNode.TRUE);
                        case "false" -> Optional.of(BooleanNode.FALSE);
                        default -> Optional.empty();
                    };
            default -> Optional.empty();
        };
    }

    private static JsonNode whole(String text) {
        BigInteger number = new BigInteger(text.startsWith("+") ? text.substring(1) : text);
        return number.bitLength() < 64
                ? LongNode.valueOf(number.longValue())
                : BigIntegerNode.valueOf(number);
    }

    private static void put(JsonNode root, List<String> where, JsonNode value) {
        JsonNode parent = root;
        for (String key : where.subList(0, where.size() - 1)) {
            parent = parent.isArray() ? parent.get(Integer.parseInt(key)) : parent.get(key);
        }
        String last = where.getLast();
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(last), value);
        } else if (parent instanceof ObjectNode object) {
            object.set(last, value);
        }
    }
}
