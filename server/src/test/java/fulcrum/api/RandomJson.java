package fulcrum.api;

import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Makes documents that look like those of a schema, and often are not quite.
final class RandomJson {
    private static final List<String> TEXTS =
            List.of(
                    "",
                    "a",
                    "true",
                    "5",
                    "-1",
                    "1e9",
                    "+14155550100",
                    "no_match",
                    "*97",
                    "päß ☎ \u0000",
                    "..",
                    "%2F",
                    "x".repeat(300),
                    "http://a.example/",
                    "http://127.0.0.1/",
                    "(a+)+$",
                    "[",
                    "0".repeat(32),
                    "_",
                    "a.b",
                    "null",
                    "{}");

    private final Random random;
    private final SchemaSource schemas;

    RandomJson(Random random, SchemaSource schemas) {
        this.random = random;
        this.schemas = schemas;
    }

    /// A document for a schema: a right value for most fields, a strange one for some.
    ObjectNode document(String schema) {
        JsonNode value = fitting(schemas.schema(schema).orElseThrow(), 0);
        return value instanceof ObjectNode object ? object : Json.object();
    }

    private JsonNode fitting(JsonNode given, int depth) {
        JsonNode schema =
                given.path("$ref").isString()
                        ? schemas.schema(given.path("$ref").asString()).orElseThrow()
                        : given;
        if (depth > 4 || random.nextInt(60) == 0) {
            return anything(depth);
        } else if (schema.path("enum").isArray() && random.nextInt(5) > 0) {
            return schema.path("enum").get(random.nextInt(schema.path("enum").size()));
        }
        return switch (schema.path("type").asString("object")) {
            case "string" -> Json.MAPPER.getNodeFactory().stringNode(text());
            case "integer" -> Json.MAPPER.getNodeFactory().numberNode(random.nextInt(100) - 5);
            case "number" -> Json.MAPPER.getNodeFactory().numberNode(random.nextDouble());
            case "boolean" -> Json.MAPPER.getNodeFactory().booleanNode(random.nextBoolean());
            case "array" -> list(schema.path("items"), depth);
            default -> object(schema, depth);
        };
    }

    private ObjectNode object(JsonNode schema, int depth) {
        List<String> wanted = new ArrayList<>(Json.texts(schema, "required"));
        wanted.add("numbers");
        ObjectNode object = Json.object();
        List<Map.Entry<String, JsonNode>> properties =
                new ArrayList<>(schema.path("properties").properties());
        for (Map.Entry<String, JsonNode> property : properties) {
            boolean isWanted = wanted.contains(property.getKey());
            if (isWanted || random.nextInt(6) == 0) {
                object.set(property.getKey(), fitting(property.getValue(), depth + 1));
            }
        }
        for (Map.Entry<String, JsonNode> rule : schema.path("patternProperties").properties()) {
            object.set(text(), fitting(rule.getValue(), depth + 1));
        }
        if (object.has("module")) {
            object.put(
                    "module",
                    List.of("pivot", "sleep", "hangup", "nonsense").get(random.nextInt(4)));
            object.set("data", anything(2));
        }
        if (random.nextInt(4) == 0) {
            object.set(text(), anything(depth));
        }
        return object;
    }

    private ArrayNode list(JsonNode items, int depth) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(items.isObject() ? fitting(items, depth + 1) : anything(depth));
        }
        return list;
    }

    String text() {
        return random.nextInt(3) == 0
                ? "t" + random.nextInt(1000)
                : TEXTS.get(random.nextInt(TEXTS.size()));
    }

    JsonNode anything(int depth) {
        var make = Json.MAPPER.getNodeFactory();
        return switch (random.nextInt(depth > 4 ? 6 : 8)) {
            case 0 -> make.nullNode();
            case 1 -> make.booleanNode(random.nextBoolean());
            case 2 -> make.numberNode(random.nextInt());
            case 3 -> make.numberNode(random.nextGaussian() * 1e200);
            case 4 -> make.numberNode(BigInteger.TEN.pow(random.nextInt(60)));
            case 5 -> make.stringNode(text());
            case 6 -> list(Json.object(), depth + 1);
            default -> {
                ObjectNode object = Json.object();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.set(text(), anything(depth + 1));
                }
                yield object;
            }
        };
    }
}
