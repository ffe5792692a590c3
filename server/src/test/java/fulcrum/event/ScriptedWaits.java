package fulcrum.event;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// How a [RestingQueue] waits in tests: a rest lasts until the test ends it, and everything is counted.
final class ScriptedWaits implements RestingQueue.Waits {
    final AtomicInteger rests = new AtomicInteger();
    final AtomicInteger sleeps = new AtomicInteger();
    final AtomicInteger wakes = new AtomicInteger();
    private final Semaphore resting = new Semaphore(0);
    private final Semaphore asleep = new Semaphore(0);
    private final Semaphore goOn = new Semaphore(0);

    @Override
    public void rest() {
        rests.incrementAndGet();
        resting.release();
        goOn.acquireUninterruptibly();
    }

    @Override
    public void sleep() {
        sleeps.incrementAndGet();
        asleep.release();
        goOn.acquireUninterruptibly();
    }

    @Override
    public void wake(Thread reading) {
        wakes.incrementAndGet();
        goOn.release();
    }

    /// Waits until the reader has begun its next rest.
    void awaitRest() {
        resting.acquireUninterruptibly();
    }

    /// Waits until the reader has gone to sleep once more.
    void awaitSleep() {
        asleep.acquireUninterruptibly();
    }

    /// Ends the rest, or disturbs the sleep, without waking the reader on purpose.
    void endWait() {
        goOn.release();
    }
}
