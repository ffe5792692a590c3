package fulcrum.sip;

/// What a transaction machine wants done; whoever runs the machine does it, in the order given.
sealed interface TransactionOutput {
    /// Send the message over the transaction's flow.
    record Send(SipMessage message) implements TransactionOutput {}

    /// Hand the message to the transaction's user.
    record Deliver(SipMessage message) implements TransactionOutput {}

    /// Start this timer, in place of one of the same name that runs.
    record Start(TransactionTimer timer, long millis) implements TransactionOutput {}

    /// Stop this timer if it runs.
    record Stop(TransactionTimer timer) implements TransactionOutput {}

    /// Tell the user that the other side did not answer in time.
    record TimedOut() implements TransactionOutput {}

    /// The transaction has ended; forget it and all its timers.
    record Finished() implements TransactionOutput {}
}
