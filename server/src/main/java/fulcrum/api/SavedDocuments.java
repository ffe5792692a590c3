package fulcrum.api;

import fulcrum.directory.Document;

/// Hears of every document that the API stored, so that parts of the server that keep extracts of documents (gateways
/// of carriers, say) can look again. Called on the request's thread after the store's commit; must not wait.
@FunctionalInterface
public interface SavedDocuments {
    /// @param document as it is now stored; a deleted one is marked [Document#deleted]
    void saved(Document document);

    /// For a server in which nobody listens.
    static SavedDocuments none() {
        return document -> {};
    }
}
