package fulcrum.directory;

/// Finds and saves the documents of accounts.
///
/// Implementations are safe for use from any platform thread. A read may touch a disk: a call never calls this itself,
/// it asks the world; who may not wait asks [#atHand]. Every save that returned [Saving.Saved] survives a crash of the
/// process.
public interface Directory extends LookUps {

    /// The same documents for threads that may not wait, such as those of calls and of transports: what can be answered
    /// from memory at once, and [NotAtHand] otherwise. Its answers are never older than those of the directory itself.
    LookUps atHand();

    /// Saves a new or changed document and gives it a revision.
    ///
    /// The document's `revision` must be the stored one (empty: there must be none stored, or a deleted one).
    ///
    /// @throws DirectoryFailed when the store itself failed; nothing was saved
    Saving save(Document document);

    /// Removes a document for good (hard delete); nothing happens when it does not exist.
    void remove(String accountId, String id);
}
