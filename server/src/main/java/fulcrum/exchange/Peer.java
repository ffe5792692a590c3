package fulcrum.exchange;

import fulcrum.directory.Document;

import java.util.List;
import java.util.Optional;

/// Who is at the other end of a request, as far as it was proved: a device of an account, or a carrier's gateway.
sealed interface Peer {
    /// A device; it gave its password, or its address is trusted.
    ///
    /// @param account the account's own document
    /// @param owner the user it belongs to, if that one exists
    record Device(Document account, Document device, Optional<Document> owner) implements Peer {
        /// The owner's id; none for a device without one.
        List<String> ownerIds() {
            return device.text("owner_id").stream().toList();
        }
    }

    /// Another account of this server, whose call is for this one.
    ///
    /// @param account the one that is called
    record Within(Document account) implements Peer {}

    /// A carrier: the request's source address is that of one of its gateways.
    ///
    /// @param isGlobal true when the resource serves all accounts
    record Carrier(Document resource, boolean isGlobal) implements Peer {}
}
