package fulcrum.media;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Carries the packets of many paths on one platform thread: a selector, a [Wheel], and a queue of paths with orders.
///
/// The loop: orders from outside; slots of the wheel that are due; housekeeping ten times a second while there are
/// paths; then it sleeps in the selector until a packet comes, an order comes or the next slot is due. Without streams
/// it does not tick, without paths it does not wake at all. No lock, no disk, no code of calls, nothing allocated per
/// packet.
final class MediaThread {
    /// Is called when a socket has something to read.
    interface Arrival {
        void arrived(long now);
    }

    private record Leaving(RtpSocket socket, Runnable after) {}

    /// Room for any packet: an Ethernet frame's worth and what a cipher adds.
    static final int ROOM = 2048;

    private static final Logger LOG = LoggerFactory.getLogger(MediaThread.class);
    private static final long MILLI = 1_000_000;
    private static final long HOUSEKEEPING = 100 * MILLI;
    private static final long FOR_EVER = Long.MAX_VALUE;

    /// From so many packets between two housekeepings on the thread is busy: 4000 a second, 40 relayed calls.
    private static final int MANY = 400;

    /// How long a busy thread lets packets gather before it looks again.
    private static final long GATHERING = MILLI / 2;

    private final Thread thread;
    private final Selector selector;
    private final Wheel wheel = new Wheel();
    private final ConcurrentLinkedQueue<Seat> woken = new ConcurrentLinkedQueue<>();
    private final List<Seat> paths = new ArrayList<>();
    private final List<Leaving> leaving = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(ROOM);
    private final ByteBuffer out = ByteBuffer.allocateDirect(ROOM);
    private final Scratch scratch = new Scratch();
    private final Consumer<SelectionKey> ready = this::ready;
    private final AtomicInteger load = new AtomicInteger();
    private volatile boolean stopping;
    private @Nullable InetSocketAddress source;
    private long nextHousekeeping;
    private int packets;
    private boolean busy;

    MediaThread(String name) {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new MediaFailed("no selector for " + name, e);
        }
        thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Asks the loop to end and waits for it.
    void stop() {
        stopping = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Makes the thread look at the orders of a path soon; any thread may call this.
    void wake(Seat path) {
        woken.add(path);
        if (!thread.equals(Thread.currentThread())) {
            selector.wakeup();
        }
    }

    /// Returns how many paths live here or are on their way, for choosing the least busy thread.
    int load() {
        return load.get();
    }

    void load(int change) {
        load.addAndGet(change);
    }

    /// Tells whether it was asked to end; then orders are no longer carried out.
    boolean isStopping() {
        return stopping;
    }

    private void run() {
        nextHousekeeping = System.nanoTime();
        while (!stopping) {
            try {
                turn();
            } catch (IOException | RuntimeException | Error e) {
                LOG.error("media thread {} goes on after a failure", thread.getName(), e);
            }
        }
        closeAll();
    }

    private void turn() throws IOException {
        obeyAll();
        long now = System.nanoTime();
        wheel.run(now);
        keepHouse(now);
        long millis = sleepMillis();
        if (millis > 0 && busy) {
            gather(now);
        } else if (millis == 0) {
            selector.selectNow(ready);
        } else if (millis == FOR_EVER) {
            selector.select(ready);
        } else {
            selector.select(ready, millis);
        }
        buryAll();
    }

    /// Waking up for a packet costs as much as passing it on. While they come so thick that several would come within a
    /// fraction of the delay that a network adds, the thread sleeps for that long and takes all that came.
    private void gather(long now) throws IOException {
        long nanos = Math.min(GATHERING, wheel.nanosToNext(now));
        if (nanos > 0) {
            LockSupport.parkNanos(nanos);
        }
        selector.selectNow(ready);
    }

    private void obeyAll() {
        for (Seat path = woken.poll(); path != null; path = woken.poll()) {
            path.obey(this);
        }
    }

    /// Reports and lost ends of keys need no more than a look ten times a second.
    private void keepHouse(long now) {
        if (now - nextHousekeeping < 0) {
            return;
        }
        nextHousekeeping = now + HOUSEKEEPING;
        busy = packets >= MANY;
        packets = 0;
        for (int i = paths.size() - 1; i >= 0; i--) {
            paths.get(i).keepHouse(now);
        }
    }

    private long sleepMillis() {
        if (!woken.isEmpty() || !leaving.isEmpty() || stopping) {
            return 0;
        }
        long now = System.nanoTime();
        long nanos = wheel.nanosToNext(now);
        if (!paths.isEmpty()) {
            nanos = Math.min(nanos, Math.max(0, nextHousekeeping - now));
        }
        return nanos == Wheel.NO_TICK ? FOR_EVER : (nanos + MILLI / 2) / MILLI;
    }

    private void ready(SelectionKey key) {
        if (key.isValid()) {
            ((Arrival) key.attachment()).arrived(System.nanoTime());
        }
    }

    /// Listens on a path's sockets from now on; only this thread calls it, as all below.
    SelectionKey register(DatagramChannel channel, Arrival arrival) throws IOException {
        SelectionKey old = channel.keyFor(selector);
        if (old != null) { // it was here before and came back before the selector had let go of it
            selector.selectNow(key -> {});
        }
        return channel.register(selector, SelectionKey.OP_READ, arrival);
    }

    void settle(Seat path) {
        paths.add(path);
    }

    void leave(Seat path) {
        paths.remove(path);
    }

    /// Closes sockets as soon as the selector has let go of them, so their ports are really free; then runs `after`.
    void bury(RtpSocket socket, Runnable after) {
        leaving.add(new Leaving(socket, after));
    }

    private void buryAll() {
        for (Leaving one : leaving) {
            try {
                one.socket().close();
                one.after().run();
            } catch (RuntimeException e) {
                LOG.warn("{} could not close a path in order", this, e);
            }
        }
        leaving.clear();
    }

    Wheel wheel() {
        return wheel;
    }

    Scratch scratch() {
        return scratch;
    }

    /// Reads one packet into `scratch.in` and returns its octets, -1 when none waits; see [#source()].
    int read(DatagramChannel channel) throws IOException {
        in.clear();
        packets++;
        source = (InetSocketAddress) channel.receive(in);
        if (source == null) {
            return -1;
        }
        int length = in.flip().remaining();
        in.get(scratch.in, 0, length);
        return length;
    }

    /// As [#read], from a channel that hears only `from`.
    int readFrom(DatagramChannel channel, InetSocketAddress from) throws IOException {
        in.clear();
        packets++;
        source = from;
        try {
            int length = channel.read(in);
            in.flip().get(scratch.in, 0, Math.max(length, 0));
            return length > 0 ? length : -1;
        } catch (PortUnreachableException _) {
            return -1; // what we sent was not taken; it may be soon
        }
    }

    /// Returns where the packet came from that was read last.
    InetSocketAddress source() {
        return Objects.requireNonNull(source);
    }

    /// Sends a packet that begins at 0, and returns whether the operating system took it.
    boolean write(DatagramChannel channel, byte[] packet, int length, InetSocketAddress to)
            throws IOException {
        out.clear();
        out.put(packet, 0, length).flip();
        return (channel.isConnected() ? channel.write(out) : channel.send(out, to)) == length;
    }

    private void closeAll() {
        obeyAll();
        List.copyOf(paths).forEach(Seat::evict);
        obeyAll();
        try (selector) {
            selector.selectNow();
        } catch (IOException e) {
            LOG.warn("media thread {} could not let go of its sockets", thread.getName(), e);
        }
        buryAll();
    }

    @Override
    public String toString() {
        return thread.getName();
    }
}
