package fulcrum.call;

/// One party of a call: what Kazoo calls a channel.
///
/// A leg has one owner, a call, in whose inbox its events arrive. Its owner tells it what to do; nobody else does.
public interface Leg {
    /// The leg's id, which is its SIP Call-ID and Kazoo's call id.
    String id();

    /// What is known of the leg now. A snapshot; from any thread.
    LegCard card();

    /// Gives an order. Never blocks; orders to a leg that is gone have no effect.
    void tell(Order order);
}
