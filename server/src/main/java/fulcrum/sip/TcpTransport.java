package fulcrum.sip;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// A listening TCP socket and all connections of its kind, accepted and made, plain or with TLS. A connection serves
/// both directions: what we send to an address goes over a connection that is open to it, whoever made it; where the
/// other side has to prove a name, only over one that did so (RFC 5922 §5).
final class TcpTransport implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TcpTransport.class);
    private static final int BACKLOG = 512;

    private final ServerSocket server;
    private final InetSocketAddress local;
    private final Inlet inlet;
    private final TransportLimits limits;
    private final StreamLayer layer;
    private final ConcurrentHashMap<Way, TcpFlow> flows = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong numbers = new AtomicLong();

    /// @param name that the other side proved; empty for none
    private record Way(InetSocketAddress remote, String name) {}

    private TcpTransport(
            ServerSocket server, StreamLayer layer, Inlet inlet, TransportLimits limits) {
        this.server = server;
        this.layer = layer;
        this.inlet = inlet;
        this.limits = limits;
        local = (InetSocketAddress) server.getLocalSocketAddress();
    }

    static TcpTransport open(
            InetSocketAddress address, StreamLayer layer, Inlet inlet, TransportLimits limits)
            throws IOException {
        var server = new ServerSocket();
        try {
            server.bind(address, BACKLOG);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        return new TcpTransport(server, layer, inlet, limits);
    }

    void start() {
        Thread.ofVirtual()
                .name(
                        "sip-%s-accept-%d"
                                .formatted(
                                        RequestMaker.transport(layer.protocol()), local.getPort()))
                .start(this::accept);
    }

    InetSocketAddress local() {
        return local;
    }

    Inlet inlet() {
        return inlet;
    }

    TransportLimits limits() {
        return limits;
    }

    StreamLayer layer() {
        return layer;
    }

    /// How many connections are open or being made.
    int count() {
        return count.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                accepted(server.accept());
            } catch (IOException e) {
                if (server.isClosed()) {
                    return;
                }
                // Out of file descriptors, most likely; waiting for some to be given back beats
                // spinning.
                LOG.warn("a TCP connection could not be accepted: {}", e.toString());
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accepted(Socket socket) throws IOException {
        if (count.incrementAndGet() > limits.mostConnections()) {
            count.decrementAndGet();
            socket.close();
            return;
        }
        var remote = (InetSocketAddress) socket.getRemoteSocketAddress();
        var flow = new TcpFlow(this, socket, remote, "", numbers.incrementAndGet());
        flows.put(new Way(remote, ""), flow);
        flow.start();
    }

    /// A connection to that address, one that is open if there is one.
    Connection toward(InetSocketAddress remote) {
        var way = new Way(remote, layer.nameOf(remote));
        var known = flows.get(way);
        if (known != null && known.isOpen()) {
            return known;
        }
        if (server.isClosed() || count.incrementAndGet() > limits.mostConnections()) {
            count.decrementAndGet();
            LOG.warn("no connection to {}: {} are open already", remote, limits.mostConnections());
            return Nowhere.FLOW;
        }
        var made = new TcpFlow(this, new Socket(), remote, way.name, numbers.incrementAndGet());
        var used = flows.merge(way, made, (old, fresh) -> old.isOpen() ? old : fresh);
        if (used == made) {
            made.connect();
        } else {
            count.decrementAndGet();
        }
        return used;
    }

    /// A connection is closed; told once.
    void forget(TcpFlow flow) {
        count.decrementAndGet();
        flows.remove(new Way(flow.remote(), flow.name()), flow);
    }

    @Override
    public void close() throws IOException {
        server.close();
        flows.values().forEach(TcpFlow::close);
    }
}
