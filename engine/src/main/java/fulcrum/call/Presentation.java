package fulcrum.call;

import fulcrum.call.CallFacts.Party;

import java.util.Optional;

/// How the flow wants the caller to be shown on legs that are dialled later. An empty text is no wish. Only the call's
/// own thread comes here.
public final class Presentation {
    private Optional<Party> chosen = Optional.empty();
    private Party replacement = new Party("", "");
    private Party prefix = new Party("", "");
    private boolean endpointPrivacy = true;

    /// The caller id that the caller chose for this call (Kazoo: `dynamic_cid`); an empty name is none of its own.
    public Optional<Party> chosen() {
        return chosen;
    }

    public void choose(Party party) {
        chosen = Optional.of(party);
    }

    /// What replaces name and number at last, whatever they are (Kazoo: `rewrite_cid_name`, `rewrite_cid_number`).
    public Party replacement() {
        return replacement;
    }

    public void replace(Party party) {
        replacement = party;
    }

    /// What is put in front of name and number (Kazoo: `prepend_cid_name`, `prepend_cid_number`).
    public Party prefix() {
        return prefix;
    }

    public void prefix(Party party) {
        prefix = party;
    }

    /// Whether the calling endpoint's own `caller_id_options.outbound_privacy` counts, too (Kazoo:
    /// `use_endpoint_privacy`).
    public boolean usesEndpointPrivacy() {
        return endpointPrivacy;
    }

    public void useEndpointPrivacy(boolean counts) {
        endpointPrivacy = counts;
    }
}
