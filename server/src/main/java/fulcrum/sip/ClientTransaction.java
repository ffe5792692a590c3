package fulcrum.sip;

import java.util.ArrayList;
import java.util.List;

/// A request other than INVITE and ACK that we sent (RFC 3261 §17.1.2).
///
/// 1. trying: sent again after E, doubling up to T2; gives up after F;
/// 2. proceeding: a provisional response came; sent again every T2, F still runs;
/// 3. completed: the final response went to the user; K absorbs repetitions;
/// 4. terminated.
final class ClientTransaction implements Transaction {
    private enum State {
        TRYING,
        PROCEEDING,
        COMPLETED,
        TERMINATED
    }

    private final SipRequest request;
    private final boolean reliable;
    private State state = State.TRYING;
    private long interval = TransactionTimer.T1;

    ClientTransaction(SipRequest request, boolean reliable) {
        this.request = request;
        this.reliable = reliable;
    }

    /// What to do at the beginning.
    List<TransactionOutput> start() {
        var outputs = new ArrayList<TransactionOutput>(3);
        outputs.add(new TransactionOutput.Send(request));
        if (!reliable) {
            outputs.add(new TransactionOutput.Start(TransactionTimer.E, interval));
        }
        outputs.add(new TransactionOutput.Start(TransactionTimer.F, TransactionTimer.GIVE_UP));
        return outputs;
    }

    /// True until anything has come back.
    boolean isTrying() {
        return state == State.TRYING;
    }

    @Override
    public List<TransactionOutput> received(SipMessage message) {
        if (!(message instanceof SipResponse response)
                || state == State.COMPLETED
                || state == State.TERMINATED) {
            return List.of();
        }
        if (response.status() < 200) {
            state = State.PROCEEDING;
            return List.of(new TransactionOutput.Deliver(response));
        }
        var outputs = new ArrayList<TransactionOutput>(4);
        outputs.add(new TransactionOutput.Stop(TransactionTimer.E));
        outputs.add(new TransactionOutput.Stop(TransactionTimer.F));
        outputs.add(new TransactionOutput.Deliver(response));
        state = reliable ? State.TERMINATED : State.COMPLETED;
        outputs.add(
                reliable
                        ? new TransactionOutput.Finished()
                        : new TransactionOutput.Start(TransactionTimer.K, TransactionTimer.T4));
        return outputs;
    }

    @Override
    public List<TransactionOutput> fired(TransactionTimer timer) {
        var open = state == State.TRYING || state == State.PROCEEDING;
        if (timer == TransactionTimer.E && open) {
            interval =
                    state == State.TRYING
                            ? Math.min(interval * 2, TransactionTimer.T2)
                            : TransactionTimer.T2;
            return List.of(
                    new TransactionOutput.Send(request),
                    new TransactionOutput.Start(timer, interval));
        }
        if (timer == TransactionTimer.F && open) {
            state = State.TERMINATED;
            return List.of(new TransactionOutput.TimedOut(), new TransactionOutput.Finished());
        }
        if (timer == TransactionTimer.K && state == State.COMPLETED) {
            state = State.TERMINATED;
            return List.of(new TransactionOutput.Finished());
        }
        return List.of();
    }
}
