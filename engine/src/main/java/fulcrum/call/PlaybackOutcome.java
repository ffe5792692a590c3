package fulcrum.call;

/// How a queued sound ended.
public enum PlaybackOutcome {
    /// Played to its end.
    COMPLETED,
    /// Cut short by us, or never begun because the queue was flushed.
    STOPPED,
    /// Could not be played: not found, not readable, not fetched. The event's `reason` says why.
    FAILED
}
