package fulcrum.flow;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// Checks a document against the part of JSON Schema draft-04 that our schemas use, and fills in defaults.
///
/// Known words: `$ref` (another schema by its name), `type`, `required`, `enum`, `pattern`, `format` (see [Formats]),
/// `minLength`, `maxLength`, `minimum`, `maximum`, `items`, `minItems`, `maxItems`, `uniqueItems`, `properties`,
/// `patternProperties`, `additionalProperties`, `minProperties`, `oneOf`, `anyOf`, and `kazoo-validation`: on a text it
/// asks whether that URL may be fetched; on the `module` of a node it asks for a module of that name, by whose schema
/// the node's `data` is checked (REST conventions §7.1). Other words are ignored.
public final class SchemaCheck {
    private final Predicate<String> mayFetch;
    private final Function<String, Optional<ObjectNode>> named;

    /// @param mayFetch whether a URL may be fetched
    public SchemaCheck(Predicate<String> mayFetch) {
        this(mayFetch, name -> Optional.empty());
    }

    /// @param mayFetch whether a URL may be fetched
    /// @param named finds a schema by its name, such as `metaflows` or `callflows.pivot`
    public SchemaCheck(Predicate<String> mayFetch, Function<String, Optional<ObjectNode>> named) {
        this.mayFetch = mayFetch;
        this.named = named;
    }

    /// Everything that is wrong, in the order of the document's rules; empty when the document is valid.
    ///
    /// @param pointer where the value stands, for the problems
    public List<Problem> check(JsonNode schema, JsonNode value, String pointer) {
        List<Problem> problems = new ArrayList<>();
        check(schema, value, pointer, problems);
        return problems;
    }

    /// Writes the defaults of absent fields into a document, also into objects made from an empty default.
    public static void fillDefaults(JsonNode schema, ObjectNode document) {
        new SchemaDefaults(name -> Optional.empty()).fill(schema, document);
    }

    /// The same for schemas that name others.
    public void fill(JsonNode schema, ObjectNode document) {
        new SchemaDefaults(named).fill(schema, document);
    }

    private void check(JsonNode given, JsonNode value, String pointer, List<Problem> problems) {
        JsonNode schema = SchemaDefaults.resolved(given, named);
        if (!checkType(schema, value, pointer, problems)) {
            return;
        }
        checkChoices(schema, value, pointer, problems);
        checkAlternatives(schema, value, pointer, problems);
        if (value.isString()) {
            checkText(schema, value, pointer, problems);
        } else if (value.isNumber()) {
            checkNumber(schema, value, pointer, problems);
        } else if (value.isArray()) {
            checkList(schema, (ArrayNode) value, pointer, problems);
        } else if (value.isObject()) {
            checkObject(schema, (ObjectNode) value, pointer, problems);
        }
    }

    private static boolean checkType(
            JsonNode schema, JsonNode value, String pointer, List<Problem> problems) {
        JsonNode wanted = schema.path("type");
        if (wanted.isMissingNode()) {
            return true;
        }
        List<String> names = new ArrayList<>();
        if (wanted.isArray()) {
            wanted.forEach(name -> names.add(name.asString()));
        } else {
            names.add(wanted.asString());
        }
        if (names.stream().anyMatch(name -> isOfType(name, value))) {
            return true;
        }
        String all = String.join(",", names);
        problems.add(
                new Problem(
                        pointer,
                        "type",
                        "Value did not match type(s): " + all,
                        value,
                        StringNode.valueOf(all)));
        return false;
    }

    private static boolean isOfType(String name, JsonNode value) {
        return switch (name) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "null" -> value.isNull();
            default -> true;
        };
    }

    private static void checkChoices(
            JsonNode schema, JsonNode value, String pointer, List<Problem> problems) {
        JsonNode choices = schema.path("enum");
        if (!choices.isArray()) {
            return;
        }
        for (JsonNode choice : choices) {
            if (choice.equals(value)) {
                return;
            }
        }
        String message = "Value not found in enumerated list of values";
        problems.add(new Problem(pointer, "enum", message, value, choices));
    }

    private void checkAlternatives(
            JsonNode schema, JsonNode value, String pointer, List<Problem> problems) {
        if (schema.has("oneOf") && fitting(schema.get("oneOf"), value, pointer) != 1) {
            problems.add(
                    Problem.of(
                            pointer,
                            "not_one_schema_valid",
                            "exactly one of the alternatives must fit",
                            value));
        }
        if (schema.has("anyOf") && fitting(schema.get("anyOf"), value, pointer) == 0) {
            problems.add(
                    Problem.of(pointer, "any_schemas_not_valid", "no alternative fits", value));
        }
    }

    private int fitting(JsonNode alternatives, JsonNode value, String pointer) {
        int fitting = 0;
        for (JsonNode alternative : alternatives) {
            if (check(alternative, value, pointer).isEmpty()) {
                fitting++;
            }
        }
        return fitting;
    }

    private void checkText(
            JsonNode schema, JsonNode value, String pointer, List<Problem> problems) {
        String text = value.stringValue();
        int length = text.codePointCount(0, text.length());
        int least = schema.path("minLength").asInt(0);
        if (length < least) {
            String message = "String must be at least " + least + " characters";
            problems.add(new Problem(pointer, "minLength", message, value, IntNode.valueOf(least)));
        }
        int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
        if (length > most) {
            String message = "String must not be more than " + most + " characters";
            problems.add(new Problem(pointer, "maxLength", message, value, IntNode.valueOf(most)));
        }
        String pattern = schema.path("pattern").asString("");
        if (!pattern.isEmpty() && !Formats.pattern(pattern).matcher(text).find()) {
            String message = "Failed to match pattern '" + pattern + "'";
            problems.add(
                    new Problem(pointer, "pattern", message, value, StringNode.valueOf(pattern)));
        } else if (isUrl(schema, pointer) && !mayFetch.test(text)) {
            problems.add(Problem.of(pointer, "error", "invalid client URL", value));
        }
        String format = schema.path("format").asString("");
        if (!Formats.holds(format, text)) {
            String message = "Field is not in the correct format";
            problems.add(
                    new Problem(
                            pointer, "wrong_format", message, value, StringNode.valueOf(format)));
        }
    }

    /// A node's `module` carries the same mark as a URL.
    private static boolean isUrl(JsonNode schema, String pointer) {
        return schema.path("kazoo-validation").asBoolean(false) && !pointer.endsWith("/module");
    }

    private static void checkNumber(
            JsonNode schema, JsonNode value, String pointer, List<Problem> problems) {
        BigDecimal number = value.decimalValue();
        JsonNode least = schema.path("minimum");
        if (least.isNumber() && number.compareTo(least.decimalValue()) < 0) {
            String message = "Value must be at least " + least.asString();
            problems.add(new Problem(pointer, "minimum", message, value, least));
        }
        JsonNode most = schema.path("maximum");
        if (most.isNumber() && number.compareTo(most.decimalValue()) > 0) {
            String message = "Value must be at most " + most.asString();
            problems.add(new Problem(pointer, "maximum", message, value, most));
        }
    }

    private void checkList(
            JsonNode schema, ArrayNode list, String pointer, List<Problem> problems) {
        JsonNode least = schema.path("minItems");
        if (least.isNumber() && list.size() < least.asInt()) {
            String message = "The list must have at least " + least.asInt() + " items";
            problems.add(new Problem(pointer, "minItems", message, list, least));
        }
        JsonNode most = schema.path("maxItems");
        if (most.isNumber() && list.size() > most.asInt()) {
            String message = "The list is more than " + most.asInt() + " items";
            problems.add(new Problem(pointer, "maxItems", message, list, most));
        }
        Set<JsonNode> different = new HashSet<>();
        list.forEach(different::add);
        if (schema.path("uniqueItems").asBoolean(false) && different.size() < list.size()) {
            problems.add(Problem.of(pointer, "uniqueItems", "List of items is not unique", list));
        }
        JsonNode items = schema.path("items");
        for (int i = 0; items.isObject() && i < list.size(); i++) {
            check(items, list.get(i), pointer + "/" + i, problems);
        }
    }

    private void checkObject(
            JsonNode schema, ObjectNode object, String pointer, List<Problem> problems) {
        JsonNode properties = schema.path("properties");
        for (JsonNode required : schema.path("required")) {
            String name = required.asString();
            if (!object.has(name) && !properties.path(name).has("default")) {
                problems.add(missing(pointer, name, object));
            }
        }
        JsonNode least = schema.path("minProperties");
        if (least.isNumber() && object.size() < least.asInt()) {
            String message = "The object must have at least " + least.asInt() + " keys";
            problems.add(new Problem(pointer, "minProperties", message, object, least));
        }
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            checkMember(schema, entry, pointer + "/" + Pointer.escaped(entry.getKey()), problems);
        }
        if (SchemaDefaults.isNode(schema)) {
            checkModule(schema, object, pointer, problems);
        }
    }

    private void checkMember(
            JsonNode schema,
            Map.Entry<String, JsonNode> entry,
            String place,
            List<Problem> problems) {
        JsonNode own = schema.path("properties").get(entry.getKey());
        boolean known = own != null;
        if (own != null) {
            check(own, entry.getValue(), place, problems);
        }
        for (Map.Entry<String, JsonNode> rule : schema.path("patternProperties").properties()) {
            if (Formats.pattern(rule.getKey()).matcher(entry.getKey()).find()) {
                known = true;
                check(rule.getValue(), entry.getValue(), place, problems);
            }
        }
        JsonNode additional = schema.path("additionalProperties");
        if (!known && additional.isObject()) {
            check(additional, entry.getValue(), place, problems);
        } else if (!known && additional.isBoolean() && !additional.booleanValue()) {
            String message =
                    "Strict checking of data is enabled; only include schema-defined properties";
            problems.add(Problem.of(place, "additionalProperties", message, entry.getValue()));
        }
    }

    /// The data of a node is checked by its module's schema. A module that Kazoo has and we do not yet keeps its data
    /// unchecked; a name that nobody has is refused.
    private void checkModule(
            JsonNode schema, ObjectNode node, String pointer, List<Problem> problems) {
        JsonNode module = node.path("module");
        String family = SchemaDefaults.family(schema);
        if (!module.isString() || module.stringValue().isEmpty()) {
            return;
        }
        Optional<ObjectNode> own = SchemaDefaults.ofModule(schema, node, named);
        if (own.isPresent() && node.path("data").isObject()) {
            check(own.get(), node.get("data"), pointer + "/data", problems);
        } else if (own.isEmpty()
                && !(family.equals("callflow") && KazooModules.knows(module.stringValue()))) {
            String message =
                    "unable to find " + family + " schema for module " + module.stringValue();
            problems.add(Problem.of(pointer + "/module", "error", message, module));
        }
    }

    static Problem missing(String pointer, String name, JsonNode holder) {
        return Problem.of(
                pointer + "/" + Pointer.escaped(name),
                "required",
                "Field is required but missing",
                holder);
    }
}
