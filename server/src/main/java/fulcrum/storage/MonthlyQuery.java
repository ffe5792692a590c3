package fulcrum.storage;

import java.time.Instant;
import java.util.Optional;

/// Which records of [MonthlyStore] are wanted, and in which order.
///
/// @param from and `to`: when they were made, both ends included; compared in whole seconds, as the API's
///     parameters are
/// @param newestFirst otherwise oldest first; records of one instant are in the order of their ids
/// @param limit at most so many, 1 or more
/// @param after only those that come after this place in the order; absent: from the beginning
public record MonthlyQuery(
        String accountId,
        String type,
        Instant from,
        Instant to,
        boolean newestFirst,
        int limit,
        Optional<Position> after) {

    /// A record's place in the order.
    public record Position(Instant created, String id) {}

    public MonthlyQuery {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, was " + limit);
        }
    }

    /// The same question, going on after a record.
    public MonthlyQuery after(Instant created, String id) {
        return new MonthlyQuery(
                accountId,
                type,
                from,
                to,
                newestFirst,
                limit,
                Optional.of(new Position(created, id)));
    }
}
