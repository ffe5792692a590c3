package fulcrum.api;

import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.directory.Numbers;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Callflows: what happens when a number is dialled (resources.md §5).
final class CallflowsResource implements StoredKind {
    private final Shelf shelf;
    private final NumberUse numbers;

    CallflowsResource(Shelf shelf) {
        this.shelf = shelf;
        this.numbers = new NumberUse(shelf.documents());
    }

    @Override
    public String name() {
        return "callflows";
    }

    @Override
    public String type() {
        return "callflow";
    }

    @Override
    public List<Route> routes() {
        return shelf.routes(this);
    }

    @Override
    public void prepare(ApiRequest request, List<String> args) {
        shelf.prepare(this, request, args);
    }

    @Override
    public ObjectNode row(Document callflow) {
        ObjectNode row = Rows.of(callflow, "name", "type", "numbers", "patterns");
        row.set(
                "featurecode",
                callflow.at("featurecode")
                        .filter(code -> !code.isEmpty())
                        .orElse(BooleanNode.FALSE));
        for (String field : List.of("owner_id", "group_id")) {
            callflow.at(field).ifPresent(value -> row.set(field, value));
        }
        Set<String> modules = new LinkedHashSet<>();
        callflow.at("flow").ifPresent(flow -> collectModules(flow, modules));
        modules.forEach(row.putArray("modules")::add);
        callflow.at("flags").ifPresent(flags -> row.set("flags", flags));
        return row;
    }

    private static void collectModules(JsonNode node, Set<String> modules) {
        if (!Json.flag(node, "data", "skip_module")) {
            Json.text(node, "module").ifPresent(modules::add);
        }
        node.path("children").forEach(child -> collectModules(child, modules));
    }

    /// Numbers are stored normalised, patterns as they are.
    @Override
    public void shape(Draft draft) {
        if (draft.body().path("numbers") instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i).isString()) {
                    String number = Numbers.normalise(list.get(i).stringValue(), draft.account());
                    list.set(i, StringNode.valueOf(number));
                }
            }
        }
    }

    @Override
    public void check(Draft draft) {
        List<String> numbers = Json.texts(draft.body(), "numbers");
        List<String> patterns = Json.texts(draft.body(), "patterns");
        boolean isList = !draft.body().has("numbers") || draft.body().path("numbers").isArray();
        if (numbers.isEmpty() && patterns.isEmpty() && isList) {
            draft.refuse(
                    Violation.of(
                                    "numbers",
                                    "required",
                                    "Callflows must be assigned at least one number")
                            .with("value", "numbers"));
        }
        for (Document other : shelf.documents().all(draft.account().id(), "callflow")) {
            if (draft.isOther(other)) {
                checkAgainst(draft, other, "numbers", numbers);
                checkAgainst(draft, other, "patterns", patterns);
            }
        }
        this.numbers.mustBeOurs(draft, numbers);
    }

    private static void checkAgainst(
            Draft draft, Document other, String field, List<String> wanted) {
        Set<String> taken = new HashSet<>(Json.texts(other.body(), field));
        Optional<String> clash = wanted.stream().filter(taken::contains).findFirst();
        clash.ifPresent(
                value ->
                        draft.refuseUnique(
                                field,
                                value
                                        + " already exists in callflow "
                                        + other.id()
                                        + other.text("name")
                                                .map(name -> " (" + name + ")")
                                                .orElse(""),
                                value));
    }

    @Override
    public void saved(Draft former, Document saved) {
        List<String> before =
                former.before().map(there -> Json.texts(there.body(), "numbers")).orElse(List.of());
        List<String> now = saved.deleted() ? List.of() : Json.texts(saved.body(), "numbers");
        numbers.changed(former.request(), before, now);
    }

    /// Adds `metadata`: the names of the documents that the flow speaks of.
    @Override
    public ObjectNode shown(ApiRequest request, Document callflow) {
        ObjectNode shown = Documents.shown(callflow);
        Set<String> ids = new LinkedHashSet<>();
        callflow.at("flow").ifPresent(flow -> collectIds(flow, ids));
        ObjectNode metadata = shown.putObject("metadata");
        for (String id : ids) {
            shelf.documents()
                    .directory()
                    .find(callflow.accountId(), id)
                    .ifPresent(document -> metadata.set(id, about(document)));
        }
        return shown;
    }

    private static void collectIds(JsonNode node, Set<String> ids) {
        for (Map.Entry<String, JsonNode> field : node.path("data").properties()) {
            boolean isId = field.getKey().equals("id") || field.getKey().endsWith("_id");
            if (isId && field.getValue().isString()) {
                ids.add(field.getValue().stringValue());
            }
        }
        for (Map.Entry<String, JsonNode> child : node.path("children").properties()) {
            ids.add(child.getKey());
            collectIds(child.getValue(), ids);
        }
    }

    private static ObjectNode about(Document document) {
        ObjectNode about = Json.object();
        String name =
                document.type().equals("user")
                        ? document.text("first_name").orElse("")
                                + " "
                                + document.text("last_name").orElse("")
                        : document.text("name").orElse("");
        if (!name.isBlank()) {
            about.put("name", name);
        }
        document.at("numbers").ifPresent(numbers -> about.set("numbers", numbers));
        about.put("pvt_type", document.type());
        return about;
    }
}
