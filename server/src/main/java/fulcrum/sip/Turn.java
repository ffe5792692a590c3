package fulcrum.sip;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayDeque;

/// Runs steps one after the other, whoever asks: the guard of one session or one lone transaction.
///
/// A step runs at once on the calling thread when nothing else is running; otherwise it is left for the thread that
/// runs now. So a step never waits, no lock is held while it runs, and a step that asks for another one (a listener
/// that answers from within an event) has it run after itself.
public final class Turn {
    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);

    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>(2);
    private boolean running;

    /// Runs the step, now or soon.
    public void run(Runnable step) {
        synchronized (this) {
            if (running) {
                waiting.add(step);
                return;
            }
            running = true;
        }
        @Nullable Runnable next = step;
        while (next != null) {
            runSafely(next);
            next = following();
        }
    }

    private synchronized @Nullable Runnable following() {
        var next = waiting.poll();
        running = next != null;
        return next;
    }

    /// A step that fails must neither stop the steps after it nor the thread that lent itself.
    private static void runSafely(Runnable step) {
        try {
            step.run();
        } catch (BadSip bad) {
            LOG.warn("message not understood: {}", bad.getMessage());
        } catch (RuntimeException bug) {
            LOG.error("a step of a SIP session failed; please report it", bug);
        }
    }
}
