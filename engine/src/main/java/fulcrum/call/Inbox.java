package fulcrum.call;

import java.time.Instant;
import java.util.List;

/// Where everything enters a call or a place, in one order.
///
/// The clock of a call is the time of the last value that it read: an inbox gives the time with each value, and a
/// time-out is a value too. The server has one on the wall clock, the simulator one on virtual time, a replay one that
/// reads a journal.
public interface Inbox {
    /// No deadline.
    Instant FOREVER = Instant.MAX;

    /// Adds a value; from any thread; never blocks.
    ///
    /// @return false when the inbox has ended (or is full, which ends its call): the value was not taken
    boolean post(Value value);

    /// The next value, or [Value.Elapsed] once `deadline` has passed. Only for the owner.
    Arrival next(Instant deadline);

    /// Takes out, in order, the unread events of one leg, which is changing hands.
    List<Value> withdraw(String legId);

    /// Refuses values from now on.
    ///
    /// @return what was never read
    List<Value> end();

    /// A value and the time it entered.
    record Arrival(Instant at, Value value) {}
}
