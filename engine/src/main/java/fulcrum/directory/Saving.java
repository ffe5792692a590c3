package fulcrum.directory;

/// What became of a save.
public sealed interface Saving {
    /// Stored; `document` carries the new revision and modification time.
    record Saved(Document document) implements Saving {}

    /// Somebody else saved it first (HTTP 409, `datastore_conflict`); nothing was stored.
    record Conflict(String storedRevision) implements Saving {}
}
