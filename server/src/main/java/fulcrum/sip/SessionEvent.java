package fulcrum.sip;

/// What happens on a call. Where a `q850` cause occurs it is 0 when the other side gave none (RFC 3326).
public sealed interface SessionEvent {
    /// They are being alerted: a provisional response from 180 to 199 to our INVITE.
    record Ringing(int status, String reason) implements SessionEvent {}

    /// Media before the answer: their answer in a provisional response. May come again from another fork.
    record EarlyMedia(SessionDescription description) implements SessionEvent {}

    /// They answered our INVITE, and this is their description.
    record Answered(SessionDescription description) implements SessionEvent {}

    /// They have our 200, the call is up from both sides; when our 200 carried the offer, [Reanswered] came just
    /// before with their answer.
    record Confirmed() implements SessionEvent {}

    /// They offer a description: another one for the running call, or the first when our INVITE had none. Must be
    /// replied to.
    record Reoffered(SessionDescription offer, Reply reply) implements SessionEvent {}

    /// They answered an offer that we made inside the call.
    record Reanswered(SessionDescription description) implements SessionEvent {}

    /// They refused an offer that we made inside the call; what was agreed before stays in force.
    record ReofferRefused(int status, String reason) implements SessionEvent {}

    /// An INFO; already answered with 200. The body must not be changed.
    ///
    /// @param contentType in small letters without parameters, empty when there is no body
    @SuppressWarnings(
            "ArrayRecordComponent") // read once and thrown away; nobody compares these events
    record InfoReceived(String contentType, byte[] body) implements SessionEvent {}

    /// The caller gave up before we answered (CANCEL, or BYE in the early dialog).
    record Cancelled(int q850, String reasonHeader) implements SessionEvent {}

    /// Our INVITE was refused, or nobody answered it (408), or it was given up by us (487).
    record Refused(int status, String reason, int q850, SipResponse response)
            implements SessionEvent {}

    /// The call is over after it was answered, or by our own [SipSession#hangUp] of a call that came in.
    record Ended(Cause cause, int q850, String reasonHeader) implements SessionEvent {}

    /// They ask us to call somewhere else (REFER, RFC 3515). Unless accepted before the listener returns from this
    /// event, or by then refused otherwise, it stays open until replied to.
    ///
    /// @param replaces true when the target names a call to take over (RFC 3891)
    record TransferAsked(String referTo, String referredBy, boolean replaces, TransferReply reply)
            implements SessionEvent {}

    /// How a transfer that we asked for goes on: the status in their NOTIFY, or their refusal of the REFER.
    record TransferProgress(int status, String reason) implements SessionEvent {}

    /// Why an answered call ended.
    enum Cause {
        /// They said BYE.
        REMOTE,
        /// We hung up.
        LOCAL,
        /// Our 200 was never acknowledged (RFC 3261 §13.3.1.4).
        UNACKNOWLEDGED,
        /// The session was not refreshed in time (RFC 4028 §10).
        EXPIRED,
        /// They no longer know the call or do not answer (RFC 3261 §12.2.1.2).
        LOST,
        /// Offer and answer could not be brought together.
        UNUSABLE
    }
}
