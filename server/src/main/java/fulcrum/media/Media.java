package fulcrum.media;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Runs the media threads (`media-1`, `media-2` …) and opens paths on them.
///
/// Any thread may call. A new path goes to the thread that has the fewest.
public final class Media implements AutoCloseable {
    private final RtpPorts ports;
    private final List<MediaThread> threads = new ArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private volatile boolean closed;

    private Media(RtpPorts ports, int count) {
        this.ports = ports;
        for (int i = 1; i <= count; i++) {
            threads.add(new MediaThread("media-" + i));
        }
    }

    /// Starts as many threads as half of the processors, at least one.
    ///
    /// @throws MediaFailed when the operating system gives no selector
    public static Media start(RtpPorts ports) {
        return start(ports, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    /// Starts this many threads, at least one.
    ///
    /// @throws MediaFailed when the operating system gives no selector
    public static Media start(RtpPorts ports, int threads) {
        Media media = new Media(ports, Math.max(1, threads));
        media.threads.forEach(MediaThread::start);
        return media;
    }

    /// Opens a path: binds a pair of ports and listens on them. Nothing is sent before [MediaPath#settings] was called.
    ///
    /// @param address where to listen, IPv4 or IPv6; the other side must be of the same family
    /// @throws MediaFailed when no pair of ports is free, or after [#close]
    public MediaPath open(InetAddress address, MediaListener listener) {
        if (closed) {
            throw new MediaFailed("the media threads have ended");
        }
        RtpSocket socket = RtpSocket.open(address, ports);
        ThreadLocalRandom random = ThreadLocalRandom.current();
        RtpSender sender =
                new RtpSender(random.nextInt(), random.nextInt(1 << 15), random.nextInt());
        return new MediaPath(numbers.incrementAndGet(), socket, sender, listener, leastBusy())
                .begin();
    }

    private MediaThread leastBusy() {
        MediaThread best = threads.getFirst();
        for (MediaThread thread : threads) {
            if (thread.load() < best.load()) {
                best = thread;
            }
        }
        return best;
    }

    /// Returns how many paths are open.
    public int paths() {
        return threads.stream().mapToInt(MediaThread::load).sum();
    }

    /// Closes all paths and ends the threads; waits for them.
    @Override
    public void close() {
        closed = true;
        threads.forEach(MediaThread::stop);
    }
}
