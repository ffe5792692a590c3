package fulcrum.api;

/// Whether the server may ever fetch a URL that a document names (pivot.md §13). Asked when a document is saved; it may
/// look at the text and at literal addresses, and must not wait for a name server.
@FunctionalInterface
public interface UrlRule {
    boolean allows(String url);
}
