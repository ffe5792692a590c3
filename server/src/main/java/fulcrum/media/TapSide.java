package fulcrum.media;

/// Says which side of a path a tap hears.
public enum TapSide {
    /// What the other party says.
    RECEIVED,
    /// What the other party hears.
    SENT,
    /// Both, added up.
    BOTH
}
