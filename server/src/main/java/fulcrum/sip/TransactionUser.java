package fulcrum.sip;

/// Who uses a transaction; called in the transaction's turn.
interface TransactionUser {
    /// A user that wants to hear nothing.
    TransactionUser NOBODY = new TransactionUser() {};

    /// The tag that the user's responses have in To; empty when each gets one of its own.
    default String localTag() {
        return "";
    }

    /// A response to our request, or the ACK to our 2xx.
    default void delivered(SipMessage message) {}

    /// The other side did not answer our request, or did not acknowledge our refusal.
    default void timedOut() {}

    /// The other side cancels its INVITE; the CANCEL is already answered.
    default void cancelled(SipRequest cancel) {}
}
