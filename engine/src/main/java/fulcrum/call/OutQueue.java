package fulcrum.call;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// The queue of a leg: what is played, sent and marked, one after the other, and the hang-up behind it.
///
/// Pure: orders and the end of what runs go in, [Output] is told what to do next. [Order.Play] and [Order.SendDigits]
/// run until [#finished]; a [Order.Mark] is reached at once when its turn comes; an [Order.Reject] or a queued
/// [Order.HangUp] is the last thing, and what is queued behind it is never begun. Not thread-safe.
public final class OutQueue {
    /// What the queue wants done.
    public interface Output {
        /// Begin this [Order.Play] or [Order.SendDigits]; [#finished] tells its end.
        void start(Order order);

        /// Cut short what was begun; [#finished] is not to be called for it.
        void stop(Order order);

        void report(LegEvent event);

        /// End the leg as this [Order.HangUp] or [Order.Reject] says.
        void leave(Order order);
    }

    private final String legId;
    private final Output output;
    private final Deque<Order> waiting = new ArrayDeque<>();
    private Optional<Order> running = Optional.empty();
    private Optional<Order> last = Optional.empty();
    private boolean left;

    public OutQueue(String legId, Output output) {
        this.legId = legId;
        this.output = output;
    }

    /// Takes the orders that concern the queue.
    ///
    /// @return false for every other order, which is the leg's own to carry out
    public boolean tell(Order order) {
        switch (order) {
            case Order.Play play -> add(play);
            case Order.SendDigits digits -> add(digits);
            case Order.Mark mark -> add(mark);
            case Order.StopPlaying stop -> flush();
            case Order.Reject reject -> endWith(reject);
            case Order.HangUp hangUp -> {
                endWith(hangUp);
                if (!hangUp.afterQueue()) {
                    last = Optional.of(hangUp);
                    flush();
                }
            }
            case Order other -> {
                return false;
            }
        }
        return true;
    }

    /// Whether something is being played or sent.
    public boolean isBusy() {
        return running.isPresent();
    }

    /// What was begun is over by itself.
    public void finished(PlaybackOutcome outcome, String reason) {
        Optional<Order> over = running;
        running = Optional.empty();
        over.ifPresent(order -> reportEnd(order, outcome, reason));
        advance();
    }

    /// The leg is gone: nothing is done or reported any more.
    public void close() {
        left = true;
        running.ifPresent(output::stop);
        running = Optional.empty();
        waiting.clear();
    }

    private void add(Order order) {
        if (left || last.isPresent()) {
            reportEnd(order, PlaybackOutcome.STOPPED, "the leg is ending");
            return;
        }
        waiting.add(order);
        advance();
    }

    private void endWith(Order order) {
        if (last.isEmpty()) {
            last = Optional.of(order);
        }
        advance();
    }

    private void flush() {
        running.ifPresent(output::stop);
        Deque<Order> dropped = new ArrayDeque<>();
        running.ifPresent(dropped::add);
        dropped.addAll(waiting);
        running = Optional.empty();
        waiting.clear();
        dropped.forEach(order -> reportEnd(order, PlaybackOutcome.STOPPED, ""));
        advance();
    }

    private void advance() {
        while (running.isEmpty() && !left) {
            Order next = waiting.poll();
            if (next == null) {
                if (last.isPresent()) {
                    left = true;
                    output.leave(last.get());
                }
                return;
            }
            if (next instanceof Order.Mark) {
                reportEnd(next, PlaybackOutcome.COMPLETED, "");
            } else {
                running = Optional.of(next);
                output.start(next);
            }
        }
    }

    /// A marker whose predecessors were dropped is reached, too: somebody may wait for it.
    private void reportEnd(Order order, PlaybackOutcome outcome, String reason) {
        if (order instanceof Order.Play play) {
            output.report(new LegEvent.PlaybackEnded(legId, play.playback(), outcome, reason));
        } else if (order instanceof Order.Mark mark) {
            output.report(new LegEvent.MarkerReached(legId, mark.marker()));
        }
    }
}
