package fulcrum.sip;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicInteger;

/// Starts timers whose actions run in a [Turn], and knows how many are pending.
final class Timers {
    private final SipClock clock;
    private final AtomicInteger pending = new AtomicInteger();

    Timers(SipClock clock) {
        this.clock = clock;
    }

    /// Starts a timer; to be called, like [Timer#cancel], in the turn in which the action will run.
    Timer start(Turn turn, long millis, Runnable action) {
        return new Timer(this, turn, millis, action);
    }

    long nowMillis() {
        return clock.nowMillis();
    }

    int pending() {
        return pending.get();
    }

    /// One timer; runs its action once or is stopped before.
    static final class Timer {
        private final Timers timers;
        private final Turn turn;
        private final Runnable action;
        private final SipClock.Alarm alarm;
        private boolean over;

        private Timer(Timers timers, Turn turn, long millis, Runnable action) {
            this.timers = timers;
            this.turn = turn;
            this.action = action;
            timers.pending.incrementAndGet();
            alarm = timers.clock.schedule(millis, this::ring);
        }

        void cancel() {
            if (!over) {
                end();
                alarm.cancel();
            }
        }

        /// Cancels a timer that may not be there.
        static void stop(@Nullable Timer timer) {
            if (timer != null) {
                timer.cancel();
            }
        }

        private void ring() {
            turn.run(this::act);
        }

        private void act() {
            if (!over) {
                end();
                action.run();
            }
        }

        private void end() {
            over = true;
            timers.pending.decrementAndGet();
        }
    }
}
