package fulcrum.api;

import fulcrum.directory.Document;
import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Resources: carriers and their gateways (resources.md §14). Under an account they are that account's own; without one
/// they serve all accounts, are kept in the top account with the hidden mark `pvt_global`, and are the top account's to
/// change.
record CarriersResource(Shelf shelf) implements StoredKind {
    static final String GLOBAL = "pvt_global";

    @Override
    public String name() {
        return "resources";
    }

    @Override
    public String type() {
        return "resource";
    }

    @Override
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(
                Route.of(
                        "PUT",
                        "collection",
                        "Creates several resources, all or none.",
                        (r, args) -> several(r)));
        routes.add(
                Route.of(
                        "POST",
                        "collection",
                        "Replaces several resources, all or none.",
                        (r, args) -> several(r)));
        routes.addAll(shelf.routes(this));
        return routes;
    }

    @Override
    public void prepare(ApiRequest request, List<String> args) {
        shelf.prepare(this, request, args);
    }

    @Override
    public boolean isHere(ApiRequest request, Document document) {
        return Json.flag(document.hidden(), GLOBAL) == isGlobal(request);
    }

    private static boolean isGlobal(ApiRequest request) {
        return request.accountInPath().isEmpty();
    }

    @Override
    public ObjectNode row(Document resource) {
        return Rows.of(resource, "name", "enabled", "weight_cost", "template_name", "classifiers");
    }

    @Override
    public void shape(Draft draft) {
        if (isGlobal(draft.request())) {
            draft.hidden().put(GLOBAL, true);
        }
    }

    @Override
    public void check(Draft draft) {
        if (Json.flag(draft.body(), "peer")) {
            draft.refuse(
                    Violation.of("peer", "forbidden", "Peers are currently disabled")
                            .with("value", "peer"));
        }
    }

    /// Nothing is stored unless every member is good.
    private ApiReply several(ApiRequest request) {
        if (!(request.data() instanceof ArrayNode members)) {
            throw Refusal.invalid(
                    Violation.of("data", "type", "Value did not match type(s): array")
                            .with("target", "array"));
        }
        return shelf.alone(shelf.home(request).id() + " resource", () -> several(request, members));
    }

    private ApiReply several(ApiRequest request, ArrayNode members) {
        ObjectNode errors = Json.object();
        List<Draft> good = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            tried(request, members.get(i), i, good, errors);
        }
        ObjectNode success = Json.object();
        if (errors.isEmpty()) {
            for (Draft draft : good) {
                Document saved = shelf.store(this, draft);
                success.set(saved.id(), Documents.shown(saved));
            }
        }
        ObjectNode outcome = Json.object();
        outcome.set("success", success);
        outcome.set("errors", errors);
        return ApiReply.of(outcome);
    }

    private void tried(
            ApiRequest request, JsonNode member, int place, List<Draft> good, ObjectNode errors) {
        String id = member.path("id").asString("");
        String name = id.isEmpty() ? Integer.toString(place) : id;
        try {
            Draft draft = draft(request, member, id);
            shelf.mustBeGood(this, draft);
            good.add(draft);
        } catch (Refusal refused) {
            errors.set(name, refused.data());
        }
    }

    private Draft draft(ApiRequest request, JsonNode member, String id) {
        boolean isNew = request.method().equals("PUT");
        Optional<Document> before =
                isNew ? Optional.empty() : Optional.of(shelf.find(this, request, id));
        ObjectNode body = Json.object();
        for (Map.Entry<String, JsonNode> field : member.properties()) {
            if (!ApiRequest.isPrivate(field.getKey())) {
                body.set(field.getKey(), field.getValue().deepCopy());
            }
        }
        return new Draft(request, shelf.home(request), before, body);
    }
}
