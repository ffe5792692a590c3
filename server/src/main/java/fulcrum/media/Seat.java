package fulcrum.media;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Is the place of a path on a media thread: its orders, its sockets in the selector, its slot on the wheel.
///
/// A path can change threads; its occupant then moves with all it has, since only one thread at a time looks after it.
/// What an occupant throws is caught here, so the other paths of the thread go on.
final class Seat {
    /// What the seat calls, always on the media thread.
    interface Occupant {
        /// A packet of the RTP port lies in the thread's `scratch.in`.
        ///
        /// @param timed whether it came just now, or waited for the tick
        void rtp(int length, boolean timed, long now);

        /// A packet of the report port lies in the thread's `scratch.in`.
        void rtcp(int length, long now);

        /// 20 ms went by, while ticks are wanted.
        void tick(long now);

        /// 100 ms went by.
        void keepHouse(long now);

        /// Orders were carried out.
        void obeyed();

        /// Something failed, or the thread ends.
        ///
        /// @param failures how often so far, 0 when the thread ends
        void failed(int failures);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Seat.class);
    private static final int NO_SLOT = -1;

    private final Occupant occupant;
    private final RtpSocket socket;
    private final ConcurrentLinkedQueue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final Wheel.Ticking ticking = this::tick;
    private volatile MediaThread thread;
    private @Nullable SelectionKey rtp;
    private @Nullable SelectionKey rtcp;
    private int slot = NO_SLOT;
    private int failures;
    private boolean left;

    Seat(Occupant occupant, RtpSocket socket, MediaThread thread) {
        this.occupant = occupant;
        this.socket = socket;
        this.thread = thread;
        thread.load(1);
    }

    /// Leaves an order; any thread may call this.
    void tell(Runnable order) {
        orders.add(order);
        thread.wake(this);
    }

    /// Returns the thread it is on now; it may be another one a moment later unless this is called there.
    MediaThread thread() {
        return thread;
    }

    /// Carries out the orders that wait; a path that has moved away is sent after.
    void obey(MediaThread here) {
        if (!here.equals(thread)) {
            thread.wake(this);
            return;
        }
        while (here.equals(
                thread)) { // an order may move the path away, and another thread may move it back
            if (rtp == null && !left) {
                guard(() -> arrive(here));
            }
            Runnable order = orders.poll();
            if (order == null) {
                guard(occupant::obeyed);
                return;
            }
            guard(order);
        }
    }

    private void arrive(MediaThread here) {
        try {
            rtcp = here.register(socket.rtcp(), this::rtcpArrived);
            rtp = here.register(socket.rtp(), this::rtpArrived);
            here.settle(this);
        } catch (IOException e) {
            throw new MediaFailed("could not listen on " + socket.local(), e);
        }
    }

    /// Moves to another thread, which carries out what is still ordered. The caller must not touch the path after it.
    ///
    /// @return false when that thread is about to end, so the path stays
    boolean moveTo(MediaThread other) {
        if (other.isStopping()) {
            return false;
        }
        MediaThread here = thread;
        letGo(here);
        other.load(1);
        thread = other;
        other.wake(this);
        return true;
    }

    private void letGo(MediaThread here) {
        ticks(false, false);
        if (rtp != null) {
            rtp.cancel();
            rtp = null;
        }
        if (rtcp != null) {
            rtcp.cancel();
            rtcp = null;
        }
        here.leave(this);
        here.load(-1);
    }

    /// Gives the sockets back, then runs `after`; the seat stays empty.
    void leave(Runnable after) {
        left = true;
        letGo(thread);
        thread.bury(socket, after);
    }

    /// Wants ticks or not.
    ///
    /// @param reads whether packets are read on the tick, which saves a wake-up for each; else as they come
    void ticks(boolean wanted, boolean reads) {
        if (wanted && slot == NO_SLOT) {
            slot = thread.wheel().add(ticking, System.nanoTime());
        } else if (!wanted && slot != NO_SLOT) {
            thread.wheel().remove(ticking, slot);
            slot = NO_SLOT;
        }
        if (rtp != null && rtp.isValid()) {
            int interest = wanted && reads ? 0 : SelectionKey.OP_READ;
            if (rtp.interestOps() != interest) {
                rtp.interestOps(interest);
            }
        }
    }

    /// Reads what waits on the RTP port.
    void readWaiting(long now) {
        try {
            for (int length = socket.receive(thread);
                    length >= 0 && !left;
                    length = socket.receive(thread)) {
                occupant.rtp(length, false, now);
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    private void rtpArrived(long now) {
        try {
            int length = socket.receive(thread);
            if (length >= 0) {
                occupant.rtp(length, true, now);
            }
        } catch (Throwable e) {
            failed(e);
        }
    }

    private void rtcpArrived(long now) {
        try {
            int length = thread.read(socket.rtcp());
            if (length >= 0) {
                occupant.rtcp(length, now);
            }
        } catch (Throwable e) {
            failed(e);
        }
    }

    private void tick(long now) {
        try {
            occupant.tick(now);
        } catch (Throwable e) {
            failed(e);
        }
    }

    void keepHouse(long now) {
        try {
            occupant.keepHouse(now);
        } catch (Throwable e) {
            failed(e);
        }
    }

    /// The thread ends.
    void evict() {
        try {
            occupant.failed(0);
        } catch (RuntimeException e) {
            LOG.warn("a media path could not be closed in order", e);
        }
        if (!left) {
            leave(() -> {});
        }
    }

    private void guard(Runnable work) {
        try {
            work.run();
        } catch (Throwable e) {
            failed(e);
        }
    }

    private void failed(Throwable cause) {
        failures++;
        LOG.warn("{} failed, {} times so far", occupant, failures, cause);
        try {
            occupant.failed(failures);
        } catch (RuntimeException e) {
            LOG.warn("{} failed again", occupant, e);
        }
    }
}
