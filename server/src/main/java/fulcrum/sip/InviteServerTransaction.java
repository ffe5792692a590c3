package fulcrum.sip;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// An INVITE that we received (RFC 3261 §17.2.1 with RFC 6026 §7.1).
///
/// 1. proceeding: repetitions of the INVITE get the last provisional response again;
/// 2. completed: a refusal was sent; sent again after G, doubling up to T2, until the ACK; H gives up, or
/// 3. accepted: a 2xx was sent, which the user repeats; the INVITE's repetitions are absorbed, ACKs go to the user,
///    until L;
/// 4. confirmed: the ACK to the refusal came; I absorbs its repetitions;
/// 5. terminated.
final class InviteServerTransaction implements Transaction {
    private enum State {
        PROCEEDING,
        COMPLETED,
        ACCEPTED,
        CONFIRMED,
        TERMINATED
    }

    private final boolean reliable;
    private State state = State.PROCEEDING;
    private long interval = TransactionTimer.T1;
    private @Nullable SipResponse last;

    InviteServerTransaction(boolean reliable) {
        this.reliable = reliable;
    }

    /// True until a final response was given.
    boolean isProceeding() {
        return state == State.PROCEEDING;
    }

    /// The user's response; further 2xx are sent too, anything else after a final one is dropped.
    List<TransactionOutput> respond(SipResponse response) {
        var isSuccess = response.status() / 100 == 2;
        if (state == State.ACCEPTED && isSuccess) {
            return List.of(new TransactionOutput.Send(response));
        }
        if (state != State.PROCEEDING) {
            return List.of();
        }
        var outputs = new ArrayList<TransactionOutput>(3);
        outputs.add(new TransactionOutput.Send(response));
        last = response.bare();
        if (isSuccess) {
            last = null;
            state = State.ACCEPTED;
            outputs.add(new TransactionOutput.Start(TransactionTimer.L, TransactionTimer.GIVE_UP));
        } else if (response.status() >= 300) {
            state = State.COMPLETED;
            if (!reliable) {
                outputs.add(new TransactionOutput.Start(TransactionTimer.G, interval));
            }
            outputs.add(new TransactionOutput.Start(TransactionTimer.H, TransactionTimer.GIVE_UP));
        }
        return outputs;
    }

    @Override
    public List<TransactionOutput> received(SipMessage message) {
        if (!(message instanceof SipRequest request)) {
            return List.of();
        }
        if (request.method().equals("ACK")) {
            return acknowledged(request);
        }
        var sent = last;
        return sent != null && (state == State.PROCEEDING || state == State.COMPLETED)
                ? List.of(new TransactionOutput.Send(sent))
                : List.of();
    }

    @Override
    public List<TransactionOutput> fired(TransactionTimer timer) {
        var sent = last;
        if (timer == TransactionTimer.G && state == State.COMPLETED && sent != null) {
            interval = Math.min(interval * 2, TransactionTimer.T2);
            return List.of(
                    new TransactionOutput.Send(sent), new TransactionOutput.Start(timer, interval));
        }
        if (timer == TransactionTimer.H && state == State.COMPLETED) {
            state = State.TERMINATED;
            return List.of(new TransactionOutput.TimedOut(), new TransactionOutput.Finished());
        }
        if ((timer == TransactionTimer.I && state == State.CONFIRMED)
                || (timer == TransactionTimer.L && state == State.ACCEPTED)) {
            state = State.TERMINATED;
            return List.of(new TransactionOutput.Finished());
        }
        return List.of();
    }

    private List<TransactionOutput> acknowledged(SipRequest ack) {
        if (state == State.ACCEPTED) {
            return List.of(new TransactionOutput.Deliver(ack));
        }
        if (state != State.COMPLETED) {
            return List.of();
        }
        if (reliable) {
            state = State.TERMINATED;
            return List.of(new TransactionOutput.Finished());
        }
        state = State.CONFIRMED;
        return List.of(
                new TransactionOutput.Stop(TransactionTimer.G),
                new TransactionOutput.Stop(TransactionTimer.H),
                new TransactionOutput.Start(TransactionTimer.I, TransactionTimer.T4));
    }
}
