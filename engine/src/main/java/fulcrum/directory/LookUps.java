package fulcrum.directory;

import java.util.List;
import java.util.Optional;

/// What may be asked of the documents of accounts: the reading half of a [Directory]. Deleted documents are not found
/// by any method here.
///
/// Where these are the [Directory] itself, a look-up may wait for a disk or try users' patterns, and is for platform
/// threads of which nobody expects an answer within a millisecond. Where they come from [Directory#atHand], each
/// answers at once or throws [NotAtHand].
public interface LookUps {

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

    /// The callflow that answers a dialled number inside an account.
    ///
    /// @param number normalised for the account, see [Numbers]
    /// @return the match, with its capture groups; see [CallflowIndex] for the rule
    Optional<CallflowMatch> callflowFor(String accountId, String number);

    /// The ids of all accounts, switched on or not, that have a callflow with this very number among its `numbers`, in
    /// ascending order; patterns and `no_match` do not count.
    ///
    /// @param dialled as dialled; each account compares it as its own dial plan has it
    List<String> accountsAnswering(String dialled);

    /// As [Numbers#normalise(String,Optional)]; users write the patterns of dial plans.
    default String normalise(String dialled, Optional<Document> plan) {
        return Numbers.normalise(dialled, plan);
    }
}
