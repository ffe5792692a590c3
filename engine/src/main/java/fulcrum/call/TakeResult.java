package fulcrum.call;

/// The answer of a leg's owner.
public enum TakeResult {
    /// The leg now belongs to the asking call.
    GIVEN,
    /// The owner keeps it: the condition does not hold, or the owner itself is about to take a leg.
    REFUSED,
    /// There is no such leg any more.
    GONE
}
