package fulcrum.api;

import fulcrum.directory.Document;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// Menus: what a caller can choose by keys (resources.md §9).
record MenusResource(Shelf shelf) implements StoredKind {
    @Override
    public String name() {
        return "menus";
    }

    @Override
    public String type() {
        return "menu";
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
    public ObjectNode row(Document document) {
        return Rows.of(document, "name", "flags");
    }
}
