package fulcrum.exchange;

import fulcrum.sip.SipClock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A clock that stands still until a test moves it.
final class HandClock implements SipClock {
    private record Due(long at, Runnable work) {}

    private final List<Due> waiting = new ArrayList<>();
    private long now;

    @Override
    public long nowMillis() {
        return now;
    }

    @Override
    public Alarm schedule(long delayMillis, Runnable action) {
        Due due = new Due(now + delayMillis, action);
        waiting.add(due);
        return () -> waiting.remove(due);
    }

    void pass(Duration time) {
        long end = now + time.toMillis();
        while (true) {
            Due next =
                    waiting.stream()
                            .filter(due -> due.at <= end)
                            .min(Comparator.comparingLong(Due::at))
                            .orElse(null);
            if (next == null) {
                now = end;
                return;
            }
            waiting.remove(next);
            now = Math.max(now, next.at);
            next.work.run();
        }
    }

    int pending() {
        return waiting.size();
    }
}
