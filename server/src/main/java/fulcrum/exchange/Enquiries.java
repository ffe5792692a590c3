package fulcrum.exchange;

import fulcrum.directory.Directory;
import fulcrum.directory.LookUps;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/// Looks up what requests that came in speak of, without ever holding up the transport thread that brought them.
///
/// 1. A request is served with [#documents]: on a transport thread these are only what is at hand.
/// 2. When that does not do ([fulcrum.directory.NotAtHand]), the same is begun anew by [#later], on a thread of
///    `workers`; there [#documents] is the directory itself, and waiting for a disk is in order.
///
/// At most [#MOST] requests wait, and then no more are taken: what is kept for requests of strangers is bounded. For
/// use by many threads.
final class Enquiries {
    /// More requests than this do not wait for a look-up.
    static final int MOST = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(Enquiries.class);

    /// There on a worker's thread while it serves a request.
    private static final ScopedValue<Boolean> MAY_WAIT = ScopedValue.newInstance();

    private final Directory directory;
    private final LookUps memory;
    private final Executor workers;
    private final Semaphore room = new Semaphore(MOST);
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();

    /// @param workers platform threads; refuses work when too much waits
    Enquiries(Directory directory, Executor workers) {
        this.directory = directory;
        this.memory = directory.atHand();
        this.workers = workers;
    }

    /// The look-ups that the present thread may make.
    LookUps documents() {
        return MAY_WAIT.isBound() ? directory : memory;
    }

    /// Has something done on a worker's thread.
    ///
    /// @return false when too much waits; then it is not done
    boolean later(Runnable work) {
        if (!room.tryAcquire()) {
            return false;
        }
        try {
            workers.execute(() -> serve(work));
            return true;
        } catch (RejectedExecutionException full) {
            room.release();
            return false;
        }
    }

    private void serve(Runnable work) {
        try {
            ScopedValue.where(MAY_WAIT, true).run(work);
        } catch (RuntimeException bug) {
            LOG.error("a request could not be served; please report it", bug);
        } finally {
            room.release();
        }
    }

    /// Has something done on a worker's thread, unless the same waits or is being done already: phones repeat what is
    /// not answered within half a second.
    ///
    /// @param key names it
    /// @return false when too much waits; then it is not done
    boolean later(String key, Runnable work) {
        if (!waiting.add(key)) {
            return true;
        }
        boolean isTaken =
                later(
                        () -> {
                            try {
                                work.run();
                            } finally {
                                waiting.remove(key);
                            }
                        });
        if (!isTaken) {
            waiting.remove(key);
        }
        return isTaken;
    }
}
