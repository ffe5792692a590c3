package fulcrum.call;

/// What a call tells before it goes out over a carrier.
///
/// @param number whom it calls, in E.164 where it can be told
/// @param callerNumber as whom
public record OutboundAsk(String accountId, String callId, String number, String callerNumber) {}
