package fulcrum.sip;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/// The sockets: one for UDP and one for TCP, on the same address and port, perhaps one for TLS on another, and the
/// connections made through them. Bound to all addresses they serve IPv4 and IPv6.
public final class Transports implements Flows, AutoCloseable {
    private static final int MOST_TRIES = 20;

    private final UdpTransport udp;
    private final TcpTransport tcp;
    private final Optional<TcpTransport> tls;
    private final Inlet inlet;

    private Transports(
            UdpTransport udp, TcpTransport tcp, Optional<TcpTransport> tls, Inlet inlet) {
        this.udp = udp;
        this.tcp = tcp;
        this.tls = tls;
        this.inlet = inlet;
    }

    /// Opens UDP and TCP and begins to read.
    ///
    /// @param address  port 0 takes one that is free for both
    /// @param listener takes every well-formed message
    /// @throws SipFailed when the port is taken, or the address is none of this machine's
    public static Transports open(
            InetSocketAddress address, MessageListener listener, TransportLimits limits) {
        return open(address, Optional.empty(), listener, limits);
    }

    /// Opens UDP and TCP, and TLS where it is set up, and begins to read.
    ///
    /// @param address  of UDP and TCP; port 0 takes one that is free for both
    /// @param listener takes every well-formed message
    /// @throws SipFailed when a port is taken, or an address is none of this machine's
    public static Transports open(
            InetSocketAddress address,
            Optional<TlsSettings> tls,
            MessageListener listener,
            TransportLimits limits) {
        var inlet = new Inlet(listener);
        var secure = tls.map(settings -> openTls(settings, inlet, limits));
        try {
            var opened = open(address, secure, inlet, limits);
            opened.udp.start();
            opened.tcp.start();
            secure.ifPresent(TcpTransport::start);
            return opened;
        } catch (SipFailed failed) {
            secure.ifPresent(Transports::close);
            throw failed;
        }
    }

    private static Transports open(
            InetSocketAddress address,
            Optional<TcpTransport> tls,
            Inlet inlet,
            TransportLimits limits) {
        for (var tries = 1; ; tries++) {
            var udp = openUdp(address, inlet);
            try {
                return new Transports(udp, openTcp(address, udp, inlet, limits), tls, inlet);
            } catch (IOException e) {
                close(udp);
                if (address.getPort() != 0 || tries == MOST_TRIES) {
                    throw failed("TCP", address, e);
                }
            }
        }
    }

    private static TcpTransport openTls(TlsSettings settings, Inlet inlet, TransportLimits limits) {
        var layer = new TlsLayer(settings.context(), limits.connectTime());
        try {
            return TcpTransport.open(settings.address(), layer, inlet, limits);
        } catch (IOException e) {
            throw failed("TLS", settings.address(), e);
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
        return TcpTransport.open(same, StreamLayer.PLAIN, inlet, limits);
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
            case TLS -> tls.map(found -> found.toward(remote)).orElse(Nowhere.FLOW);
        };
    }

    @Override
    public InetSocketAddress listening(Protocol protocol) {
        return switch (protocol) {
            case UDP -> udp.local();
            case TCP -> tcp.local();
            case TLS -> tls.map(TcpTransport::local).orElse(tcp.local());
        };
    }

    @Override
    public boolean speaks(Protocol protocol) {
        return protocol != Protocol.TLS || tls.isPresent();
    }

    /// How many connections over TCP, with TLS or without, are open or being made.
    public int connectionCount() {
        return tcp.count() + tls.map(TcpTransport::count).orElse(0);
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
        tls.ifPresent(Transports::close);
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new SipFailed("a SIP socket could not be closed: " + e.getMessage(), e);
        }
    }
}
