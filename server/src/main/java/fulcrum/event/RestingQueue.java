package fulcrum.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// A bounded queue between many threads that must not be held up and one that reads, made so that handing in costs
/// next to nothing: it hardly ever wakes a thread, and takes no lock.
///
/// The life of the reading thread:
///
/// 1. It takes everything there is, in order, and tells its reader when that was all.
/// 2. It rests for 20 ms. Nobody wakes it from that: what comes meanwhile is taken together afterwards.
/// 3. When a rest brought nothing, it sleeps until something is handed in; exactly one of those who do so wakes it.
///
/// So it is woken at most 50 times a second however much comes, and an idle one does nothing at all.
///
/// Everything that was accepted is read, those things too that are being handed in while the queue is closed.
final class RestingQueue<T> {
    private static final long REST_NANOS = 20_000_000;

    /// In [#count], beside the number; larger than any limit, so that nothing more is accepted.
    private static final int CLOSED = 1 << 30;

    private final int capacity;
    private final Reader<T> reader;
    private final Waits waits;
    private final Thread thread;
    private final Queue<T> waiting = new ConcurrentLinkedQueue<>();

    /// How many were accepted and not yet taken; goes up before an item is in [#waiting].
    private final AtomicInteger count = new AtomicInteger();

    private final AtomicReference<State> state = new AtomicReference<>(State.AWAKE);
    private final Queue<CountDownLatch> settling = new ConcurrentLinkedQueue<>();

    /// What the reading thread does.
    private enum State {
        AWAKE,
        RESTING,
        ASLEEP,
        /// Awake, and shall look once more before it rests.
        HURRIED
    }

    /// Who reads; called on the queue's thread only. What it throws ends that thread: it must not.
    interface Reader<T> {
        void take(T item);

        /// Nothing waits any more, for now.
        void caughtUp();
    }

    /// How the reading thread waits, and is woken.
    interface Waits {
        Waits PARKED =
                new Waits() {
                    @Override
                    public void rest() {
                        LockSupport.parkNanos(REST_NANOS);
                        var _ = Thread.interrupted();
                    }

                    @Override
                    public void sleep() {
                        LockSupport.park();
                        var _ = Thread.interrupted(); // left by a reader; with it nothing would
                        // park
                    }

                    @Override
                    public void wake(Thread reading) {
                        LockSupport.unpark(reading);
                    }
                };

        /// Waits for a short time, or until it is woken.
        void rest();

        /// Waits until it is woken; may return without.
        void sleep();

        void wake(Thread reading);
    }

    /// Starts reading.
    ///
    /// @param name of the thread
    /// @param capacity how many may wait, 1 to 2³⁰
    RestingQueue(String name, int capacity, Reader<T> reader) {
        this(name, capacity, reader, Waits.PARKED);
    }

    RestingQueue(String name, int capacity, Reader<T> reader, Waits waits) {
        this.capacity = capacity;
        this.reader = reader;
        this.waits = waits;
        thread = Thread.ofPlatform().name(name).daemon().unstarted(this::readAll);
        thread.start();
    }

    /// Hands something in, from any thread.
    ///
    /// @return false when it is full or closed; the item is not read then
    boolean offer(T item) {
        return offer(item, capacity);
    }

    /// Hands something in unless `limit` items wait, so that others find room where this does not.
    boolean offer(T item, int limit) {
        if (count.getAndUpdate(now -> now < limit ? now + 1 : now) >= limit) {
            return false;
        }
        waiting.add(item);
        if (state.get() == State.ASLEEP && state.compareAndSet(State.ASLEEP, State.AWAKE)) {
            waits.wake(thread);
        }
        return true;
    }

    /// Has what waits read without delay.
    void hurry() {
        State before = state.getAndSet(State.HURRIED);
        if (before == State.RESTING || before == State.ASLEEP) {
            waits.wake(thread);
        }
    }

    /// How many wait.
    int depth() {
        return count.get() & (CLOSED - 1);
    }

    boolean isClosed() {
        return count.get() >= CLOSED;
    }

    /// Waits until everything that was handed in before has been read.
    ///
    /// @return false when that took longer than `patience`
    boolean settle(Duration patience) throws InterruptedException {
        CountDownLatch settled = new CountDownLatch(1);
        settling.add(settled);
        hurry();
        return isClosed()
                ? thread.join(patience)
                : settled.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Accepts nothing more, and waits until the rest has been read and the thread is over.
    ///
    /// @return false when that took longer than `patience`; it goes on all the same
    boolean close(Duration patience) throws InterruptedException {
        count.getAndUpdate(now -> now | CLOSED);
        hurry();
        return thread.join(patience);
    }

    private void readAll() {
        boolean found = takeAll();
        while (count.get() != CLOSED) {
            if (found) {
                rest();
            } else {
                sleep();
            }
            found = takeAll();
        }
        settling.forEach(CountDownLatch::countDown);
    }

    /// @return whether there was anything
    private boolean takeAll() {
        state.set(State.AWAKE);
        List<CountDownLatch> settled =
                new ArrayList<>(settling); // before looking: theirs is in what follows
        boolean found = false;
        for (T item = waiting.poll(); item != null; item = waiting.poll()) {
            count.decrementAndGet();
            reader.take(item);
            found = true;
        }
        if (found) {
            reader.caughtUp();
        }
        settling.removeAll(settled);
        settled.forEach(CountDownLatch::countDown);
        return found;
    }

    private void rest() {
        if (state.compareAndSet(State.AWAKE, State.RESTING)) {
            waits.rest();
        }
    }

    private void sleep() {
        if (!state.compareAndSet(State.AWAKE, State.ASLEEP)) {
            return;
        }
        // Who hands something in adds it first and looks at the state then; here it is the other
        // way round.
        while (state.get() == State.ASLEEP && waiting.isEmpty() && count.get() != CLOSED) {
            waits.sleep();
        }
    }
}
