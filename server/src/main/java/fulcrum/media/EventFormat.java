package fulcrum.media;

/// Holds what was negotiated for `telephone-event` (RFC 4733 §2.4, §7.1.1).
///
/// @param sendPayloadType the type the other side named for events that we send, 0..127
/// @param receivePayloadType the type we named for events that we receive, 0..127
/// @param clockRate ticks a second in which durations are counted, usually 8000
public record EventFormat(int sendPayloadType, int receivePayloadType, int clockRate) {
    /// Makes the usual case: one payload type both ways at 8000 Hz.
    public static EventFormat of(int payloadType) {
        return new EventFormat(payloadType, payloadType, 8000);
    }
}
