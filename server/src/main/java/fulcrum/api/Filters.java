package fulcrum.api;

import fulcrum.directory.Json;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Reads the filters of a query (REST conventions §12). All of them must hold; they see the whole stored document.
final class Filters {
    private Filters() {}

    /// Filters of a list of documents, times of creation and change among them.
    static Predicate<ObjectNode> of(Incoming incoming) {
        return byFields(incoming.query())
                .and(time(incoming, "created_from", "pvt_created", true))
                .and(time(incoming, "created_to", "pvt_created", false))
                .and(time(incoming, "modified_from", "pvt_modified", true))
                .and(time(incoming, "modified_to", "pvt_modified", false));
    }

    /// Filters without times, for lists whose range of time was chosen before.
    static Predicate<ObjectNode> byFields(Map<String, String> query) {
        Predicate<ObjectNode> all = document -> true;
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            all = all.and(one(parameter.getKey(), parameter.getValue()));
        }
        return all;
    }

    private static Predicate<ObjectNode> one(String key, String value) {
        if (key.startsWith("filter_not_")) {
            return equal(key.substring("filter_not_".length()), value).negate();
        }
        if (key.startsWith("filter_")) {
            return equal(key.substring("filter_".length()), value);
        }
        return switch (key) {
            case "has_key" -> document -> at(document, value).isPresent();
            case "key_missing" -> document -> at(document, value).isEmpty();
            case "has_value" -> document -> hasValue(document, value);
            case "value_missing", "missing_value" -> document -> !hasValue(document, value);
            default -> document -> true;
        };
    }

    private static Predicate<ObjectNode> equal(String path, String wanted) {
        List<String> choices = choices(wanted);
        return document -> choices.contains(at(document, path).map(Filters::text).orElse(""));
    }

    /// One value, or the members of a JSON array.
    private static List<String> choices(String wanted) {
        if (!wanted.startsWith("[")) {
            return List.of(wanted);
        }
        try {
            JsonNode array = Json.MAPPER.readTree(wanted);
            List<String> choices = new ArrayList<>();
            array.forEach(member -> choices.add(text(member)));
            return choices;
        } catch (JacksonException notJson) {
            return List.of(wanted);
        }
    }

    private static String text(JsonNode node) {
        return node.isValueNode() ? node.asString("") : node.toString();
    }

    /// A key that is there as it stands, otherwise a path of keys joined with dots.
    private static Optional<JsonNode> at(ObjectNode document, String path) {
        return Json.at(document, path).or(() -> Json.at(document, path.split("\\.")));
    }

    private static boolean hasValue(ObjectNode document, String path) {
        return at(document, path)
                .filter(node -> node.isValueNode() ? !node.asString("").isEmpty() : !node.isEmpty())
                .isPresent();
    }

    private static Predicate<ObjectNode> time(
            Incoming incoming, String parameter, String key, boolean isFrom) {
        Optional<String> bound = incoming.query(parameter);
        if (bound.isEmpty()) {
            return document -> true;
        }
        if (!bound.get().matches("\\d{1,15}")) {
            return document -> false; // a filter that cannot be evaluated excludes the document
        }
        long limit = Long.parseLong(bound.get());
        return document -> {
            long time = Json.whole(document, key).orElse(0);
            return isFrom ? time >= limit : time <= limit;
        };
    }
}
