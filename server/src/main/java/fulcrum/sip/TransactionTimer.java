package fulcrum.sip;

/// The timers of RFC 3261 §17 and RFC 6026, by their letters, and the three base values in milliseconds.
enum TransactionTimer {
    A,
    B,
    D,
    E,
    F,
    G,
    H,
    I,
    J,
    K,
    L,
    M;

    /// Round trip time estimate.
    static final long T1 = 500;

    /// The longest interval between retransmissions of a request other than INVITE and of responses to INVITE.
    static final long T2 = 4_000;

    /// How long a message stays in the network.
    static final long T4 = 5_000;

    /// How long is tried before giving up, and remembered before forgetting.
    static final long GIVE_UP = 64 * T1;
}
