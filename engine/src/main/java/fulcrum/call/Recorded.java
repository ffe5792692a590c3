package fulcrum.call;

import java.time.Duration;

/// A recording that has ended.
///
/// @param callerLeft true when the caller hung up, which is a result here and not an unwinding
public record Recorded(String recordingId, Duration length, boolean callerLeft) {}
