package fulcrum.sip;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A request other than INVITE and ACK that we received (RFC 3261 §17.2.2).
///
/// 1. trying: nothing was answered, repetitions are dropped; ends after J, when the client has given up;
/// 2. proceeding: repetitions get the last provisional response again;
/// 3. completed: repetitions get the final response again, until J;
/// 4. terminated.
final class ServerTransaction implements Transaction {
    private final boolean reliable;
    private boolean completed;
    private boolean terminated;
    private @Nullable SipResponse last;

    ServerTransaction(boolean reliable) {
        this.reliable = reliable;
    }

    /// What to do at the beginning.
    List<TransactionOutput> start() {
        return List.of(new TransactionOutput.Start(TransactionTimer.J, TransactionTimer.GIVE_UP));
    }

    /// The user's response; whatever comes after a final one is dropped.
    List<TransactionOutput> respond(SipResponse response) {
        if (completed || terminated) {
            return List.of();
        }
        last = response.bare();
        if (response.status() < 200) {
            return List.of(new TransactionOutput.Send(response));
        }
        completed = true;
        if (reliable) {
            terminated = true;
            return List.of(new TransactionOutput.Send(response), new TransactionOutput.Finished());
        }
        return List.of(
                new TransactionOutput.Send(response),
                new TransactionOutput.Start(TransactionTimer.J, TransactionTimer.GIVE_UP));
    }

    @Override
    public List<TransactionOutput> received(SipMessage message) {
        var sent = last;
        return sent == null || terminated ? List.of() : List.of(new TransactionOutput.Send(sent));
    }

    @Override
    public List<TransactionOutput> fired(TransactionTimer timer) {
        if (timer != TransactionTimer.J || terminated) {
            return List.of();
        }
        terminated = true;
        return List.of(new TransactionOutput.Finished());
    }
}
