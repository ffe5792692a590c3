package fulcrum.call;

/// Why two connected legs are no longer connected. (When the subject leg leaves, the call unwinds instead.)
public sealed interface BridgeEnd {
    /// The other party left.
    record OtherLeft(HangupCause cause) implements BridgeEnd {}

    /// The other party's leg was taken by another call; the subject leg is still ours.
    record OtherTaken() implements BridgeEnd {}
}
