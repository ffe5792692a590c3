package fulcrum.sip;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// An INVITE that we sent (RFC 3261 §17.1.1 with RFC 6026 §8.4).
///
/// 1. calling: sent again after A, doubling, until something comes; gives up after B;
/// 2. proceeding: a provisional response came; waits as long as the user wants;
/// 3. completed: a refusal came, acknowledged here; D absorbs its repetitions, or
/// 4. accepted: a 2xx came; this one and all later 2xx go to the user, who acknowledges them; M ends it;
/// 5. terminated.
final class InviteClientTransaction implements Transaction {
    private enum State {
        CALLING,
        PROCEEDING,
        COMPLETED,
        ACCEPTED,
        TERMINATED
    }

    private final SipRequest invite;
    private final boolean reliable;
    private State state = State.CALLING;
    private long interval = TransactionTimer.T1;
    private @Nullable SipRequest ack;

    InviteClientTransaction(SipRequest invite, boolean reliable) {
        this.invite = invite;
        this.reliable = reliable;
    }

    /// What to do at the beginning.
    List<TransactionOutput> start() {
        var outputs = new ArrayList<TransactionOutput>(3);
        outputs.add(new TransactionOutput.Send(invite));
        if (!reliable) {
            outputs.add(new TransactionOutput.Start(TransactionTimer.A, interval));
        }
        outputs.add(new TransactionOutput.Start(TransactionTimer.B, TransactionTimer.GIVE_UP));
        return outputs;
    }

    /// True while a CANCEL makes sense: a provisional response has come and no final one (RFC 3261 §9.1).
    boolean isProceeding() {
        return state == State.PROCEEDING;
    }

    /// True until anything has come back.
    boolean isCalling() {
        return state == State.CALLING;
    }

    @Override
    public List<TransactionOutput> received(SipMessage message) {
        if (!(message instanceof SipResponse response)) {
            return List.of();
        }
        return switch (state) {
            case CALLING, PROCEEDING -> answered(response);
            case COMPLETED -> repeatedRefusal(response);
            case ACCEPTED ->
                    response.status() / 100 == 2
                            ? List.of(new TransactionOutput.Deliver(response))
                            : List.of();
            case TERMINATED -> List.of();
        };
    }

    @Override
    public List<TransactionOutput> fired(TransactionTimer timer) {
        if (timer == TransactionTimer.A && state == State.CALLING) {
            interval *= 2;
            return List.of(
                    new TransactionOutput.Send(invite),
                    new TransactionOutput.Start(timer, interval));
        }
        if (timer == TransactionTimer.B && state == State.CALLING) {
            state = State.TERMINATED;
            return List.of(new TransactionOutput.TimedOut(), new TransactionOutput.Finished());
        }
        if ((timer == TransactionTimer.D && state == State.COMPLETED)
                || (timer == TransactionTimer.M && state == State.ACCEPTED)) {
            state = State.TERMINATED;
            return List.of(new TransactionOutput.Finished());
        }
        return List.of();
    }

    private List<TransactionOutput> answered(SipResponse response) {
        var outputs = new ArrayList<TransactionOutput>(5);
        outputs.add(new TransactionOutput.Stop(TransactionTimer.A));
        outputs.add(new TransactionOutput.Stop(TransactionTimer.B));
        switch (response.status() / 100) {
            case 1 -> state = State.PROCEEDING;
            case 2 -> {
                state = State.ACCEPTED;
                outputs.add(
                        new TransactionOutput.Start(TransactionTimer.M, TransactionTimer.GIVE_UP));
            }
            default -> refused(response, outputs);
        }
        outputs.add(new TransactionOutput.Deliver(response));
        if (state == State.TERMINATED) {
            outputs.add(new TransactionOutput.Finished());
        }
        return outputs;
    }

    private void refused(SipResponse response, List<TransactionOutput> outputs) {
        var made = RequestMaker.ackOfRefusal(invite, response);
        ack = made;
        outputs.add(new TransactionOutput.Send(made));
        if (reliable) {
            state = State.TERMINATED;
        } else {
            state = State.COMPLETED;
            outputs.add(new TransactionOutput.Start(TransactionTimer.D, TransactionTimer.GIVE_UP));
        }
    }

    private List<TransactionOutput> repeatedRefusal(SipResponse response) {
        var sent = ack;
        return sent != null && response.status() >= 300
                ? List.of(new TransactionOutput.Send(sent))
                : List.of();
    }
}
