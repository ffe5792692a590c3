package fulcrum.flow;

import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The reference page and the schema of every action, read off the records, and the page that lists them.
///
/// For `./fulcrum generate` and the test that keeps the files current; never used by a call.
public final class ReferencePages {
    private static final String PAGES = "docs/reference/actions";
    private static final String SCHEMAS = "docs/reference/schemas";
    private static final String NOTE =
            "<!-- Written by `./fulcrum generate` from the action's record; do not edit. -->\n\n";

    private final ActionCatalog catalog;
    private final Settings settings;

    /// @param settings what pages give as the values of settings
    public ReferencePages(ActionCatalog catalog, Settings settings) {
        this.catalog = catalog;
        this.settings = settings;
    }

    /// The text of every file, by its path from the project's root, in the order of the paths.
    public Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        for (ActionType type : catalog.all()) {
            files.put(PAGES + "/" + type.name() + ".md", page(type));
            files.put(
                    SCHEMAS + "/callflows." + type.name() + ".json",
                    pretty(SchemaWriter.schema(type)) + "\n");
        }
        files.put(PAGES + "/README.md", list());
        return files;
    }

    /// Writes the files that are missing or stale and deletes those whose action is gone.
    ///
    /// @param root the project's root
    /// @return what was written or deleted, as paths from the root
    public List<String> write(Path root) {
        Map<String, String> files = files();
        List<String> stale = check(root);
        try {
            for (String name : stale) {
                Path file = root.resolve(name);
                if (files.containsKey(name)) {
                    Files.createDirectories(file.getParent());
                    Files.writeString(file, files.get(name));
                } else {
                    Files.delete(file);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("the reference pages below " + root, failed);
        }
        return stale;
    }

    /// The files that are missing, out of date or left over, as paths from the root, in their order.
    public List<String> check(Path root) {
        Map<String, String> files = files();
        TreeSet<String> stale = new TreeSet<>();
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = root.resolve(file.getKey());
                if (!Files.exists(path) || !Files.readString(path).equals(file.getValue())) {
                    stale.add(file.getKey());
                }
            }
            for (String folder : List.of(PAGES, SCHEMAS)) {
                present(root, folder).stream()
                        .filter(name -> !files.containsKey(name))
                        .forEach(stale::add);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the reference pages below " + root, unreadable);
        }
        return List.copyOf(stale);
    }

    private static List<String> present(Path root, String folder) throws IOException {
        if (!Files.isDirectory(root.resolve(folder))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(root.resolve(folder))) {
            return files.map(file -> folder + "/" + file.getFileName())
                    .filter(name -> name.endsWith(".md") || name.contains("/callflows."))
                    .toList();
        }
    }

    private String list() {
        StringBuilder page = new StringBuilder(NOTE).append("# Actions\n\n");
        page.append(
                "What a node of a flow can do. Every action also has `skip_module`: when it is true, the");
        page.append(
                " action is skipped and the flow goes on at `_`.\n\n| action | what it does |\n|---|---|\n");
        for (ActionType type : catalog.all()) {
            page.append(
                    "| [`%s`](%s.md) | %s |\n"
                            .formatted(type.name(), type.name(), cell(type.doc())));
        }
        return page.toString();
    }

    private String page(ActionType type) {
        StringBuilder page =
                new StringBuilder(NOTE).append("# ").append(type.name()).append("\n\n");
        page.append(type.doc()).append("\n\n");
        List<ActionField> fields = type.fields().stream().filter(ActionField::isData).toList();
        if (fields.isEmpty()) {
            page.append(ownFields(type));
        } else {
            page.append("| field | value | when absent | meaning |\n|---|---|---|---|\n");
            fields.forEach(field -> page.append(row(field)));
        }
        page.append(settingsOf(type));
        if (!type.example().isEmpty()) {
            String example = pretty(Json.MAPPER.readTree(type.example()));
            page.append("\n## Example\n\n```json\n").append(example).append("\n```\n");
        }
        page.append(
                "\nSchema: [callflows.%s.json](../schemas/callflows.%s.json)\n"
                        .formatted(type.name(), type.name()));
        return page.toString();
    }

    private static String ownFields(ActionType type) {
        return type.fields().stream()
                .filter(ActionField::isWhole)
                .map(whole -> whole.doc() + "\n")
                .findFirst()
                .orElse("Its data has no fields.\n");
    }

    private String settingsOf(ActionType type) {
        StringBuilder lines = new StringBuilder();
        for (ActionField field : type.fields()) {
            field.marked(Setting.class)
                    .map(Setting::value)
                    .ifPresent(name -> lines.append("- `%s`: %s\n".formatted(name, value(name))));
        }
        return lines.isEmpty() ? "" : "\nSettings that it reads:\n\n" + lines;
    }

    private String value(String setting) {
        return "`" + settings.find(setting).orElse("") + "`";
    }

    private String row(ActionField field) {
        String name = "`" + field.name() + "`" + (field.isRequired() ? " (required)" : "");
        return "| %s | %s | %s | %s |\n"
                .formatted(name, values(field), absent(field), cell(field.doc()));
    }

    /// What the API writes into a stored document, and what run time takes otherwise where that differs.
    private String absent(ActionField field) {
        List<String> words = new ArrayList<>();
        field.schemaDefault().ifPresent(value -> words.add("`" + text(value) + "`"));
        field.marked(WhenAbsent.class).ifPresent(value -> words.add("`" + value.value() + "`"));
        Optional<String> setting = field.marked(FromSetting.class).map(FromSetting::value);
        setting.ifPresent(
                value ->
                        words.add(
                                (words.isEmpty() ? "" : "not stored through the API: ")
                                        + "setting `%s` (%s)".formatted(value, value(value))));
        return cell(String.join("; ", words));
    }

    private static String values(ActionField field) {
        ObjectNode schema = field.schema();
        List<String> words = new ArrayList<>();
        if (schema.has("oneOf")) {
            List<String> types = new ArrayList<>();
            schema.get("oneOf").forEach(one -> types.add(one.path("type").asString()));
            words.add(String.join(" or ", types));
        } else {
            words.add(schema.path("type").asString("any"));
        }
        JsonNode choices = schema.path(schema.has("items") ? "items" : "enum");
        choices = choices.isObject() ? choices.path("enum") : choices;
        if (choices.isArray()) {
            List<String> all = new ArrayList<>();
            choices.forEach(choice -> all.add("`" + choice.asString() + "`"));
            words.add("of " + String.join(" ", all));
        }
        addLimit(words, schema, "minimum", "at least ");
        addLimit(words, schema, "maximum", "at most ");
        addLimit(words, schema, "minLength", "characters at least ");
        addLimit(words, schema, "maxLength", "characters at most ");
        if (schema.has("pattern")) {
            words.add("matching `" + schema.get("pattern").asString() + "`");
        }
        return cell(String.join(", ", words));
    }

    private static void addLimit(List<String> words, ObjectNode schema, String rule, String text) {
        if (schema.has(rule)) {
            words.add(text + schema.get(rule).asString());
        }
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.stringValue() : value.toString();
    }

    /// Text within a table.
    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    private static String pretty(JsonNode json) {
        return Json.MAPPER
                .writer()
                .with(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(json)
                .replace("\r\n", "\n");
    }
}
