package fulcrum.sip;

/// Where the stack takes its time from: the machine's clock, or a test's virtual one.
public interface SipClock {
    /// A pending action; cancelling one that ran or was cancelled does nothing.
    interface Alarm {
        /// Prevents the action unless it has begun.
        void cancel();
    }

    /// Milliseconds since some fixed moment; never goes back.
    long nowMillis();

    /// Runs the action once, after that many milliseconds (0 or more), on the clock's own thread. The action must
    /// not block.
    Alarm schedule(long delayMillis, Runnable action);
}
