package fulcrum.app;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The platform threads `worker-1` … that answer what calls ask of disks and of users' regular expressions. What does
/// not fit into their queue is refused, and the call that asked is told so.
final class Workers implements AutoCloseable {
    private static final int THREADS = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
    private static final int WAITING = 20_000;

    private final ThreadPoolExecutor pool;

    Workers() {
        AtomicInteger numbers = new AtomicInteger();
        pool =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING),
                        work ->
                                Thread.ofPlatform()
                                        .name("worker-" + numbers.incrementAndGet())
                                        .daemon()
                                        .unstarted(work));
    }

    Executor executor() {
        return pool;
    }

    /// How much waits.
    int depth() {
        return pool.getQueue().size();
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
