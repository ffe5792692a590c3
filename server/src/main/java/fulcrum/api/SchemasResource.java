package fulcrum.api;

import fulcrum.directory.Json;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// Schemas of documents and of actions (REST conventions §17). Reading them needs no token.
record SchemasResource(SchemaSource schemas, DocumentCheck check) implements Resource {
    @Override
    public String name() {
        return "schemas";
    }

    @Override
    public boolean isOfAccounts() {
        return false;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", "", "Lists the names of all schemas.", (r, args) -> list(r)).open(),
                Route.of(
                                "GET",
                                "{name}",
                                "Shows a schema.",
                                (r, args) -> ApiReply.of(find(args.getFirst())))
                        .open(),
                Route.of(
                                "PUT",
                                "{name}/validation",
                                "Checks a document without storing it; answers it with the defaults filled in.",
                                (r, args) -> validated(r, args.getFirst()))
                        .anyToken());
    }

    private ApiReply list(ApiRequest request) {
        boolean isAll = request.flag("internals");
        ArrayNode names = Json.MAPPER.createArrayNode();
        schemas.names().stream()
                .filter(name -> isAll || !name.startsWith("kapi."))
                .forEach(names::add);
        return ApiReply.list(names, Json.object());
    }

    private ObjectNode find(String name) {
        ObjectNode schema =
                schemas.schema(name).orElseThrow(() -> Refusal.badIdentifier(name)).deepCopy();
        schema.put("id", name);
        return schema;
    }

    private ApiReply validated(ApiRequest request, String name) {
        find(name);
        Verdict verdict = check.check(name, request.document());
        if (!verdict.isGood()) {
            throw Refusal.invalid(verdict.violations());
        }
        return ApiReply.of(verdict.document());
    }
}
