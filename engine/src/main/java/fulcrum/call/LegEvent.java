package fulcrum.call;

import java.time.Duration;
import java.util.List;

/// What a leg reports to the call that owns it.
public sealed interface LegEvent extends Value {
    String legId();

    /// The far end of an outgoing leg is alerting.
    record Ringing(String legId) implements LegEvent {}

    /// The far end of an outgoing leg can be heard before it answers (183 with a description).
    record EarlyMedia(String legId) implements LegEvent {}

    /// The far end of an outgoing leg points to others (3xx); [HungUp] follows.
    ///
    /// @param contacts SIP URIs, best first; never empty
    record Redirected(String legId, List<String> contacts) implements LegEvent {}

    /// The far end holds us (re-INVITE `sendonly` or `inactive`), or talks again.
    record Held(String legId, boolean on) implements LegEvent {}

    /// The leg is up: the far end of an outgoing leg answered, or our answer on an incoming one was confirmed.
    record Up(String legId) implements LegEvent {}

    /// One key, once, however it was sent (RFC 4733, SIP INFO, in-band). `digit` is one of `0-9 * # A-D`.
    record DigitPressed(String legId, char digit, Duration length) implements LegEvent {}

    /// A queued sound is over. It may never have begun: see `outcome`.
    record PlaybackEnded(String legId, long playback, PlaybackOutcome outcome, String reason)
            implements LegEvent {}

    /// Everything queued before the marker with this number has been carried out.
    record MarkerReached(String legId, long marker) implements LegEvent {}

    /// A recording ended by itself (time limit, silence) or was stopped.
    record RecordingEnded(String legId, String recordingId, Duration length) implements LegEvent {}

    /// The leg is gone. Always the last event of a leg.
    ///
    /// @param sipStatus the SIP status that ended an unanswered leg, 0 when there was none
    /// @param byPeer true when the far end left, false when we ended it
    record HungUp(String legId, HangupCause cause, int sipStatus, boolean byPeer)
            implements LegEvent {}

    /// The leg that this one was connected to is gone or was disconnected.
    record Disconnected(String legId, String otherLegId) implements LegEvent {}
}
