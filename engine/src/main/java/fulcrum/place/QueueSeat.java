package fulcrum.place;

import fulcrum.call.Call;
import fulcrum.call.Held;
import fulcrum.call.Value;
import fulcrum.call.Want;

import java.time.Duration;
import java.util.Optional;

/// A call's place in a [Queue]. Only for the call's own thread; the call lets go of it when it ends.
public final class QueueSeat implements Held {
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Call call;
    private final String queueId;
    private final String number;
    private boolean open;

    private QueueSeat(Call call, String queueId) {
        this.call = call;
        this.queueId = queueId;
        this.number = String.valueOf(call.nextNumber());
    }

    /// Joins a queue.
    ///
    /// @param priority the greater, the earlier; usually 0
    public static QueueSeat take(Call call, String queueId, int priority) {
        QueueSeat seat = new QueueSeat(call, queueId);
        seat.open = seat.say(QueueWord.JOIN, seat.number + " " + priority);
        return call.hold(seat);
    }

    /// Waits until an agent is free, at most `patience`, which leaves the seat as it is.
    ///
    /// @return the agent to ring; empty when the time is over or the queue has ended
    public Optional<String> awaitAgent(Duration patience) {
        if (!open) {
            return Optional.empty();
        }
        Optional<Value.Message> word =
                call.await(from(QueueWord.OFFER).or(from(QueueWord.CLOSED)), patience);
        open = word.filter(said -> QueueWord.CLOSED.name().equals(said.topic())).isEmpty();
        return word.filter(said -> open).map(this::text);
    }

    /// The agent has answered; [#leave] follows when the talk is over.
    public void connected() {
        say(QueueWord.CONNECTED, "");
    }

    /// The agent did not answer; another one will be offered.
    public void missed() {
        say(QueueWord.MISSED, "");
    }

    /// Asks how far the call has come: 1 for the next one, 0 when it does not wait; absent when the queue has ended.
    public Optional<Integer> position() {
        if (!open || !say(QueueWord.POSITION, "")) {
            return Optional.empty();
        }
        return call.await(from(QueueWord.POSITION), ANSWER)
                .map(said -> Integer.parseInt(text(said)));
    }

    /// What was said, without the number of the seat.
    private String text(Value.Message said) {
        return said.body().substring(number.length() + 1);
    }

    /// Gives the seat up.
    public void leave() {
        call.release(this);
    }

    @Override
    public void release() {
        open = false;
        say(QueueWord.LEAVE, "");
    }

    private boolean say(QueueWord word, String body) {
        return call.post(queueId, word.said(call.id(), body));
    }

    private Want<Value.Message> from(QueueWord word) {
        return Want.of(
                Value.Message.class,
                said ->
                        said.from().equals(queueId)
                                && said.topic().equals(word.name())
                                && said.body().startsWith(number + " "));
    }
}
