package fulcrum.api;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes a list as comma-separated values (RFC 4180): nested keys are joined with `_`, the first row names the
/// columns.
final class Csv {
    private Csv() {}

    static String of(JsonNode rows) {
        List<Map<String, String>> flat = new ArrayList<>();
        Set<String> columns = new LinkedHashSet<>();
        for (JsonNode row : rows) {
            Map<String, String> cells = new LinkedHashMap<>();
            flatten("", row, cells);
            columns.addAll(cells.keySet());
            flat.add(cells);
        }
        StringBuilder text = new StringBuilder();
        append(text, new ArrayList<>(columns));
        for (Map<String, String> cells : flat) {
            append(text, columns.stream().map(column -> cells.getOrDefault(column, "")).toList());
        }
        return text.toString();
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> cells) {
        if (!node.isObject()) {
            cells.put(
                    prefix.isEmpty() ? "value" : prefix,
                    node.isValueNode() ? node.asString("") : node.toString());
            return;
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            flatten(
                    prefix.isEmpty() ? field.getKey() : prefix + "_" + field.getKey(),
                    field.getValue(),
                    cells);
        }
    }

    private static void append(StringBuilder text, List<String> cells) {
        List<String> quoted = new ArrayList<>();
        for (String cell : cells) {
            boolean isPlain =
                    cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
            quoted.add(isPlain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"");
        }
        text.append(String.join(",", quoted)).append("\r\n");
    }
}
