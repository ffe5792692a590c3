package fulcrum.sip;

import java.io.IOException;
import java.net.InetSocketAddress;

/// The sockets: one for UDP and one for TCP, on the same address and port, and the connections made through them.
/// Bound to all addresses they serve IPv4 and IPv6.
public final class Transports implements Flows, AutoCloseable {
    private static final int MOST_TRIES = 20;

    private final UdpTransport udp;
    private final TcpTransport tcp;
    private final Inlet inlet;

    private Transports(UdpTransport udp, TcpTransport tcp, Inlet inlet) {
        this.udp = udp;
        this.tcp = tcp;
        this.inlet = inlet;
    }

    /// Opens both and begins to read.
    ///
    /// @param address  port 0 takes one that is free for both
    /// @param listener takes every well-formed message
    /// @throws SipFailed when the port is taken, or the address is none of this machine's
    public static Transports open(
            InetSocketAddress address, MessageListener listener, TransportLimits limits) {
        var inlet = new Inlet(listener);
        for (var tries = 1; ; tries++) {
            var udp = openUdp(address, inlet);
            try {
                var opened = new Transports(udp, openTcp(address, udp, inlet, limits), inlet);
                opened.udp.start();
                opened.tcp.start();
                return opened;
            } catch (IOException e) {
                close(udp);
                if (address.getPort() != 0 || tries == MOST_TRIES) {
                    throw failed("TCP", address, e);
                }
            }
        }
    }

    private static UdpTransport openUdp(InetSocketAddress address, Inlet inlet) {
        try {
            return UdpTransport.open(address, inlet);
        } catch (IOException e) {
            throw failed("UDP", address, e);
        }
    }

    private static TcpTransport openTcp(
            InetSocketAddress address, UdpTransport udp, Inlet inlet, TransportLimits limits)
            throws IOException {
        var same = new InetSocketAddress(address.getAddress(), udp.local().getPort());
        return TcpTransport.open(same, inlet, limits);
    }

    private static SipFailed failed(String protocol, InetSocketAddress address, IOException cause) {
        var said = cause.getMessage();
        var what = said == null ? cause.toString() : said;
        var host = OwnAddresses.text(address.getAddress());
        return new SipFailed(protocol + ' ' + host + ':' + address.getPort() + ": " + what, cause);
    }

    @Override
    public Connection toward(Protocol protocol, InetSocketAddress remote) {
        return switch (protocol) {
            case UDP -> udp.toward(remote);
            case TCP -> tcp.toward(remote);
        };
    }

    @Override
    public InetSocketAddress listening(Protocol protocol) {
        return switch (protocol) {
            case UDP -> udp.local();
            case TCP -> tcp.local();
        };
    }

    /// How many TCP connections are open or being made.
    public int connectionCount() {
        return tcp.count();
    }

    /// How many messages were malformed.
    public long malformedCount() {
        return inlet.malformed();
    }

    /// How many UDP messages the operating system did not take.
    public long unsentCount() {
        return udp.unsent();
    }

    /// Closes every socket; what comes or is sent later is dropped.
    @Override
    public void close() {
        close(udp);
        close(tcp);
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new SipFailed("a SIP socket could not be closed: " + e.getMessage(), e);
        }
    }
}
