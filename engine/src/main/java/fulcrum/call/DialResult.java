package fulcrum.call;

/// How an attempt to reach somebody ended.
public sealed interface DialResult {
    /// Somebody answered; the leg is the call's to connect.
    record Answered(Leg leg) implements DialResult {}

    /// The far end, or the way to it, refused.
    record Refused(HangupCause cause, int sipStatus) implements DialResult {}

    /// Nobody answered in time; the leg has been told to stop ringing.
    record NoAnswer() implements DialResult {}
}
