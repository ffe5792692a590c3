package fulcrum.call;

/// How far a leg has come.
public enum LegState {
    /// Known, not alerting.
    NEW,
    RINGING,
    /// Not answered, but audio flows.
    EARLY,
    ANSWERED,
    ENDED
}
