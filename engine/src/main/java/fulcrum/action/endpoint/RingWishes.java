package fulcrum.action.endpoint;

/// The channel variables by which a flow says how legs dialled later ring, and what comes after the conversation.
public final class RingWishes {
    /// The header of this name: how a phone rings.
    public static final String ALERT_INFO = "Alert-Info";

    /// Its presence asks a phone to answer by itself; `true`: one that is in a call already is not rung.
    public static final String AUTO_ANSWER = "Auto-Answer-Suppress-Notify";

    /// One leg's refusal ends the attempt at a user (Kazoo: user.md).
    public static final String FAIL_ON_REJECT = "Require-Fail-On-Single-Reject";

    /// After the conversation the caller is parked.
    public static final String PARK = "Park-After-Pickup";

    /// After the conversation the caller is hung up on, whatever earlier branches left behind.
    public static final String HANG_UP = "Hangup-After-Pickup";

    /// After the conversation the caller goes to this extension.
    public static final String TRANSFER = "Transfer-After-Pickup";

    private RingWishes() {}
}
