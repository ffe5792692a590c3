package fulcrum.sip;

import java.util.PriorityQueue;

/// A clock that stands still until a test moves it; actions run on the test's thread, in the order of their times and
/// then of their scheduling.
final class VirtualClock implements SipClock {
    private final PriorityQueue<Pending> queue = new PriorityQueue<>();
    private long now = 1_000_000;
    private long number;

    @Override
    public long nowMillis() {
        return now;
    }

    @Override
    public Alarm schedule(long delayMillis, Runnable action) {
        var pending = new Pending(now + delayMillis, number++, action);
        queue.add(pending);
        return () -> queue.remove(pending);
    }

    /// Moves on by so many milliseconds and runs what becomes due.
    void pass(long millis) {
        var end = now + millis;
        while (!queue.isEmpty() && queue.peek().at <= end) {
            var next = queue.remove();
            now = Math.max(now, next.at);
            next.action.run();
        }
        now = end;
    }

    void passSeconds(double seconds) {
        pass(Math.round(seconds * 1000));
    }

    int pending() {
        return queue.size();
    }

    private record Pending(long at, long number, Runnable action) implements Comparable<Pending> {
        @Override
        public int compareTo(Pending other) {
            return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
        }
    }
}
