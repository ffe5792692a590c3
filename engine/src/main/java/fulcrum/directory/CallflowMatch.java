package fulcrum.directory;

import java.util.Map;
import java.util.Optional;

/// A callflow that was found for a number.
///
/// @param captureGroup the longest captured group, or the whole match of a pattern without groups; absent for an exact
///     number and for an empty capture
/// @param captureGroups named groups of the pattern, in the order of their names
/// @param noMatch true when it was found as the account's `no_match`
public record CallflowMatch(
        Document callflow,
        Optional<String> captureGroup,
        Map<String, String> captureGroups,
        boolean noMatch) {}
