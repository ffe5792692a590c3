package fulcrum.sip;

import java.util.EnumMap;
import java.util.List;

/// A transaction machine with its flow, its timers and its user. Everything but [#key] and [#turn] belongs to its
/// turn.
final class LiveTransaction {
    private final TransactionTable table;
    private final String key;
    private final String mergeKey;
    private final Turn turn;
    private final Connection connection;
    private final Transaction machine;
    private final EnumMap<TransactionTimer, Timers.Timer> timers =
            new EnumMap<>(TransactionTimer.class);
    private TransactionUser user;
    private boolean finished;

    LiveTransaction(
            TransactionTable table,
            String key,
            String mergeKey,
            Turn turn,
            Connection connection,
            Transaction machine,
            TransactionUser user) {
        this.table = table;
        this.key = key;
        this.mergeKey = mergeKey;
        this.turn = turn;
        this.connection = connection;
        this.machine = machine;
        this.user = user;
    }

    String key() {
        return key;
    }

    /// What a merged request would have in common with this one (RFC 3261 §8.2.2.2); empty inside dialogs.
    String mergeKey() {
        return mergeKey;
    }

    Turn turn() {
        return turn;
    }

    Connection connection() {
        return connection;
    }

    Transaction machine() {
        return machine;
    }

    void usedBy(TransactionUser newUser) {
        user = newUser;
    }

    TransactionUser user() {
        return user;
    }

    /// Looks now and then whether the connection of a request still stands, until something comes back. Over UDP
    /// nobody can know; a connection that was refused or broke need not be waited for (RFC 3261 §17.1.4).
    void watch(long millis) {
        table.timers()
                .start(
                        turn,
                        millis,
                        () -> {
                            if (finished || isHeardOf()) {
                                return;
                            }
                            if (connection.isOpen()) {
                                watch(millis * 2);
                            } else {
                                carryOut(
                                        List.of(
                                                new TransactionOutput.TimedOut(),
                                                new TransactionOutput.Finished()));
                            }
                        });
    }

    private boolean isHeardOf() {
        return switch (machine) {
            case InviteClientTransaction invite -> !invite.isCalling();
            case ClientTransaction other -> !other.isTrying();
            case InviteServerTransaction _, ServerTransaction _ -> true;
        };
    }

    /// A message that matched this transaction.
    void received(SipMessage message) {
        turn.run(() -> carryOut(machine.received(message)));
    }

    /// The user's response to a request that we received.
    void respond(SipResponse response) {
        carryOut(
                switch (machine) {
                    case InviteServerTransaction invite -> invite.respond(response);
                    case ServerTransaction other -> other.respond(response);
                    case InviteClientTransaction _, ClientTransaction _ ->
                            throw new IllegalStateException("a client does not respond");
                });
    }

    void carryOut(List<TransactionOutput> outputs) {
        for (var output : outputs) {
            carryOut(output);
        }
    }

    private void carryOut(TransactionOutput output) {
        switch (output) {
            case TransactionOutput.Send(var message) -> table.send(message, connection);
            case TransactionOutput.Deliver(var message) -> user.delivered(message);
            case TransactionOutput.Start(var timer, var millis) -> start(timer, millis);
            case TransactionOutput.Stop(var timer) -> stop(timer);
            case TransactionOutput.TimedOut() -> user.timedOut();
            case TransactionOutput.Finished() -> finish();
        }
    }

    private void start(TransactionTimer timer, long millis) {
        if (finished) {
            return;
        }
        stop(timer);
        timers.put(timer, table.timers().start(turn, millis, () -> carryOut(machine.fired(timer))));
    }

    private void stop(TransactionTimer timer) {
        Timers.Timer.stop(timers.remove(timer));
    }

    private void finish() {
        finished = true;
        timers.values().forEach(Timers.Timer::cancel);
        timers.clear();
        table.forget(this);
    }
}
