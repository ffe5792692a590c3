package fulcrum.sip;

import java.util.List;

/// One transaction as a pure machine: events go in, outputs come out; it has no clock and no socket, and is used by
/// one thread at a time (RFC 3261 §17).
sealed interface Transaction
        permits InviteClientTransaction,
                ClientTransaction,
                InviteServerTransaction,
                ServerTransaction {
    /// A message that belongs to this transaction arrived.
    List<TransactionOutput> received(SipMessage message);

    /// A timer that an output started has run out.
    List<TransactionOutput> fired(TransactionTimer timer);
}
