package fulcrum.api;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// What a schema says about a document.
///
/// @param document the document with defaults filled in and simple types repaired; to be stored when nothing is broken
/// @param violations every broken rule, in the order they were found
public record Verdict(ObjectNode document, List<Violation> violations) {
    public boolean isGood() {
        return violations.isEmpty();
    }
}
