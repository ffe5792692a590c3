package fulcrum.pivot;

import fulcrum.flow.Flow;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// What a handler's answer comes to.
public sealed interface Reading {
    /// A flow to go on with.
    ///
    /// @param warnings what was repaired on the way; empty when all was well
    record Go(Flow flow, List<Warning> warnings) implements Reading {}

    /// The handler answered 200 without a word: the call is to end (pivot.md §8).
    record HangUp() implements Reading {}

    /// There are no usable instructions.
    ///
    /// @param problem in plain words, with the place
    /// @param details for the debug record: `json_errors` or `schema_errors`, or nothing
    record Unusable(String problem, ObjectNode details) implements Reading {}
}
