package fulcrum.sip;

import org.jspecify.annotations.Nullable;

/// Sends something again until it is acknowledged, first after T1, then after twice as long each time, and gives up
/// after 64·T1: a 2xx (RFC 3261 §13.3.1.4) or a reliable provisional response (RFC 3262 §3).
final class Repeater {
    private final Timers timers;
    private final Turn turn;
    private final long longestMillis;
    private final Runnable again;
    private final Timers.Timer giveUp;
    private long interval = TransactionTimer.T1;
    private Timers.@Nullable Timer next;

    Repeater(Timers timers, Turn turn, long longestMillis, Runnable again, Runnable givenUp) {
        this.timers = timers;
        this.turn = turn;
        this.longestMillis = longestMillis;
        this.again = again;
        next = timers.start(turn, interval, this::repeat);
        giveUp =
                timers.start(
                        turn,
                        TransactionTimer.GIVE_UP,
                        () -> {
                            Timers.Timer.stop(next);
                            givenUp.run();
                        });
    }

    void stop() {
        Timers.Timer.stop(next);
        giveUp.cancel();
    }

    private void repeat() {
        interval = Math.min(interval * 2, longestMillis);
        next = timers.start(turn, interval, this::repeat);
        again.run();
    }
}
