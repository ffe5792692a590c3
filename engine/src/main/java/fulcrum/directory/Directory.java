package fulcrum.directory;

import java.util.List;
import java.util.Optional;

/// Finds and saves the documents of accounts.
///
/// Implementations are safe for use from any platform thread. A read may touch a disk: a call never calls this itself,
/// it asks the world. Deleted documents are not found by any method here. Every save that returned [Saving.Saved]
/// survives a crash of the process.
public interface Directory {

    /// The document with this id in this account; an account's own document has the account's id.
    Optional<Document> find(String accountId, String id);

    /// All documents of a type in one account, in ascending order of id.
    List<Document> all(String accountId, String type);

    /// All account documents, in ascending order of id.
    List<Document> accounts();

    /// The account whose `realm` this is; host names compare without case.
    Optional<Document> accountByRealm(String realm);

    /// Every device, of all accounts, whose `sip.username` this is.
    List<Document> devicesByUsername(String username);

    /// The number document of an E.164 number, whichever account owns it.
    Optional<Document> number(String e164);

    /// Saves a new or changed document and gives it a revision.
    ///
    /// The document's `revision` must be the stored one (empty: there must be none stored, or a deleted one).
    ///
    /// @throws DirectoryFailed when the store itself failed; nothing was saved
    Saving save(Document document);

    /// Removes a document for good (hard delete); nothing happens when it does not exist.
    void remove(String accountId, String id);

    /// The callflow that answers a dialled number inside an account.
    ///
    /// @param number normalised for the account, see [Numbers]
    /// @return the match, with its capture groups; see [CallflowIndex] for the rule
    Optional<CallflowMatch> callflowFor(String accountId, String number);
}
