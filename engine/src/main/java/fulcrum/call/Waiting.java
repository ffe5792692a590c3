package fulcrum.call;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The one place where a call waits.
///
/// It takes what is waited for and leaves the rest in order. While waiting it serves the standing orders ([Standing]):
/// whatever may come at any time and is not anybody's to wait for. Only the call's own thread comes here.
final class Waiting {
    /// Serves what may come at any time.
    interface Standing {
        /// @return true when the value is dealt with
        boolean serve(Value value);
    }

    private final Inbox inbox;
    private final Journal journal;
    private final Standing standing;
    private final Deque<Value> unread = new ArrayDeque<>();
    private Instant now;

    Waiting(Inbox inbox, Journal journal, Standing standing, Instant started) {
        this.inbox = inbox;
        this.journal = journal;
        this.standing = standing;
        this.now = started;
    }

    /// The time of the last value that was read.
    Instant now() {
        return now;
    }

    /// Waits for a value, at most `patience`.
    ///
    /// @return what was wanted; empty when the time was over first
    <T> Optional<T> await(Want<T> want, Duration patience) {
        for (Iterator<Value> left = unread.iterator(); left.hasNext(); ) {
            Optional<T> taken = want.take(left.next());
            if (taken.isPresent()) {
                left.remove();
                return taken;
            }
        }
        return awaitNew(want, deadline(patience));
    }

    /// Waits for a value that has not been read yet.
    private <T> Optional<T> awaitNew(Want<T> want, Instant deadline) {
        while (true) {
            Inbox.Arrival arrival = inbox.next(deadline);
            now = arrival.at();
            journal.arrived(now, arrival.value());
            if (arrival.value() instanceof Value.Elapsed) {
                return Optional.empty();
            }
            Optional<T> taken = want.take(arrival.value());
            if (taken.isPresent()) {
                return taken;
            }
            if (!standing.serve(arrival.value())) {
                unread.add(arrival.value());
            }
        }
    }

    /// Puts back, in order, what was withdrawn and could not be passed on.
    void putBack(List<Value> values) {
        for (int i = values.size() - 1; i >= 0; i--) {
            unread.addFirst(values.get(i));
        }
    }

    private Instant deadline(Duration patience) {
        return patience.compareTo(Call.FOREVER) >= 0 ? Inbox.FOREVER : now.plus(patience);
    }

    /// Takes out, in order, what was read and left and fulfils a condition.
    List<Value> withdraw(Predicate<Value> condition) {
        List<Value> taken = new ArrayList<>();
        for (Iterator<Value> left = unread.iterator(); left.hasNext(); ) {
            Value value = left.next();
            if (condition.test(value)) {
                left.remove();
                taken.add(value);
            }
        }
        return taken;
    }
}
