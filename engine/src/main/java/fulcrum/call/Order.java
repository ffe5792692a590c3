package fulcrum.call;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

import java.time.Duration;
import java.util.Map;

/// What a call wants of a leg. A leg carries orders out in the order they were told, and reports back with values.
///
/// [Play], [SendDigits] and [Mark] wait in the leg's queue, one after the other; the others take effect at once unless
/// they say otherwise.
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "order")
public sealed interface Order {
    /// Whether this lets sound flow to an unanswered caller.
    default boolean opensSound() {
        return this instanceof Progress || this instanceof Play || this instanceof SendDigits;
    }

    /// Send 180 Ringing on an unanswered incoming leg.
    record Ring() implements Order {}

    /// Open early media (183 with an SDP answer) on an unanswered incoming leg.
    record Progress() implements Order {}

    /// Answer an incoming leg; reported with [LegEvent.Up]. Harmless when it is up already.
    record Answer() implements Order {}

    /// Refuse an unanswered incoming leg with this status once the queue is empty; an answered one is hung up.
    ///
    /// @param status 300 to 699
    /// @param reason the reason phrase; empty is allowed
    record Reject(int status, String reason, Map<String, String> headers) implements Order {}

    /// End the leg.
    ///
    /// @param afterQueue true: what is queued is played first (Kazoo's queued hangup)
    record HangUp(HangupCause cause, boolean afterQueue) implements Order {}

    /// Queue a sound; ends with [LegEvent.PlaybackEnded] carrying the same number.
    ///
    /// @param times how often it is played; 0 is for ever
    record Play(long playback, Sound sound, int times) implements Order {}

    /// Stop the sound that is playing and empty the queue.
    record StopPlaying() implements Order {}

    /// Queue keys to send to the far end, each `length` long.
    record SendDigits(String digits, Duration length) implements Order {}

    /// Queue a marker; ends with [LegEvent.MarkerReached].
    record Mark(long marker) implements Order {}

    /// Send silence instead of what is played (true), or stop doing so.
    record Mute(boolean on) implements Order {}

    /// Record what the far end says, at most `limit`; ends with [LegEvent.RecordingEnded].
    record StartRecording(String recordingId, Duration limit) implements Order {}

    record StopRecording(String recordingId) implements Order {}

    /// Let this leg and another hear each other.
    record Connect(String otherLegId) implements Order {}

    /// Separate this leg from the one it is connected to.
    record Disconnect() implements Order {}
}
