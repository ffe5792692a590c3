package fulcrum.call;

/// What a leg must be for another call to take it.
public enum TakeCondition {
    /// Whatever it is doing.
    ALWAYS,
    /// Not answered yet (picking up a ringing call).
    UNANSWERED,
    /// Answered (replacing, intercepting).
    ANSWERED,
    /// Waiting in a parking slot or a queue: its call declared it takable.
    PARKED
}
