package fulcrum.api;

import fulcrum.directory.Document;

import tools.jackson.databind.node.ObjectNode;

/// A resource whose items are stored documents; what it wants beyond its schema. [Shelf] does the rest.
///
/// A save runs through, in this order: [#shape], the schema, [#check], the store, [#saved].
interface StoredKind extends Resource {
    /// `pvt_type` of the documents.
    String type();

    /// The name of the schema that documents are checked against.
    default String schema() {
        return name();
    }

    /// The row of a document in the list.
    ObjectNode row(Document document);

    /// What the list is ordered by; descending unless the request says otherwise.
    default String sortKey(Document document) {
        return document.text("name").orElse("");
    }

    /// Puts the draft into the form that is stored, before the schema sees it.
    default void shape(Draft draft) {}

    /// Checks what no schema can say, such as uniqueness; tells the draft of each violation.
    default void check(Draft draft) {}

    /// Something was created, changed or deleted; other documents may have to follow.
    ///
    /// @param before the draft's account and former document
    default void saved(Draft before, Document saved) {}

    /// The document as a single answer shows it.
    default ObjectNode shown(ApiRequest request, Document document) {
        return Documents.shown(document);
    }

    /// The id of a new document.
    default String freshId(Draft draft) {
        return Secrets.id();
    }

    /// The account that keeps a new document.
    default String home(Draft draft, String id) {
        return draft.account().id();
    }

    /// The account whose documents a request is about: the one in the path, otherwise the sender's own.
    default Document place(Shelf shelf, ApiRequest request) {
        return shelf.home(request);
    }

    /// Whether a document of that account belongs to what the request is about; all do, as a rule.
    default boolean isHere(ApiRequest request, Document document) {
        return true;
    }
}
