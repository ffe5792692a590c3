package fulcrum.media;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.Objects;
import java.util.OptionalInt;

/// Owns the two UDP sockets of a path: RTP on an even port, reports on the odd one above (RFC 3550 §11).
///
/// The sockets are never connected: a phone may send from elsewhere than it said, and an unreachable port must not
/// break the call.
final class RtpSocket {
    private static final Logger LOG = LoggerFactory.getLogger(RtpSocket.class);
    private static final int EXPEDITED_FORWARDING = 0xB8;
    private static final int MOST_TRIES = 200;

    private final RtpPorts ports;
    private final int granted;
    private final DatagramChannel rtp;
    private final DatagramChannel rtcp;
    private final InetSocketAddress local;
    private @Nullable InetSocketAddress peer;

    private RtpSocket(
            RtpPorts ports,
            int granted,
            DatagramChannel rtp,
            DatagramChannel rtcp,
            InetSocketAddress local) {
        this.ports = ports;
        this.granted = granted;
        this.rtp = rtp;
        this.rtcp = rtcp;
        this.local = local;
    }

    /// Opens both sockets on a free pair of ports.
    ///
    /// @throws MediaFailed when no pair is free
    static RtpSocket open(InetAddress address, RtpPorts ports) {
        for (int tries = 0; tries < Math.min(MOST_TRIES, ports.pairs()); tries++) {
            OptionalInt port = ports.take();
            if (port.isEmpty()) {
                break;
            }
            try {
                return bind(address, ports, port.getAsInt());
            } catch (IOException _) {
                ports.giveBack(port.getAsInt());
            }
        }
        throw new MediaFailed("no pair of RTP ports is free on " + address.getHostAddress());
    }

    private static RtpSocket bind(InetAddress address, RtpPorts ports, int port)
            throws IOException {
        DatagramChannel rtp = open(new InetSocketAddress(address, port));
        try {
            InetSocketAddress local = (InetSocketAddress) rtp.getLocalAddress();
            if ((local.getPort() & 1) != 0) {
                throw new IOException("odd port");
            }
            DatagramChannel rtcp = open(new InetSocketAddress(address, local.getPort() + 1));
            return new RtpSocket(ports, port, rtp, rtcp, local);
        } catch (IOException e) {
            rtp.close();
            throw e;
        }
    }

    private static DatagramChannel open(InetSocketAddress address) throws IOException {
        boolean four = address.getAddress().getAddress().length == 4;
        DatagramChannel channel =
                DatagramChannel.open(
                        four ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.IP_TOS, EXPEDITED_FORWARDING);
            channel.bind(address);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// Hears and sends RTP to one address only from now on, or to all again: so the kernel need not look it up for each
    /// packet, which is a fifth of what a packet costs there. Only the media thread calls this.
    ///
    /// @param only null for all
    void narrow(@Nullable InetSocketAddress only) {
        if (Objects.equals(only, peer)) {
            return;
        }
        peer = null;
        try {
            rtp.disconnect();
            if (only != null) {
                rtp.connect(only);
                peer = only;
            }
        } catch (IOException e) {
            LOG.debug("{} could not be narrowed to {}", local, only, e);
        }
    }

    /// Reads an RTP packet into `scratch.in` and returns its octets, -1 when none waits.
    int receive(MediaThread thread) throws IOException {
        InetSocketAddress from = peer;
        return from == null ? thread.read(rtp) : thread.readFrom(rtp, from);
    }

    DatagramChannel rtp() {
        return rtp;
    }

    DatagramChannel rtcp() {
        return rtcp;
    }

    /// Sends an RTP packet that begins at 0, and returns whether the operating system took it.
    ///
    /// @param to where to, null while that is not known
    boolean send(MediaThread thread, byte[] packet, int length, @Nullable InetSocketAddress to) {
        return send(thread, rtp, packet, length, to);
    }

    /// Sends a report that begins at 0.
    boolean sendReport(
            MediaThread thread, byte[] packet, int length, @Nullable InetSocketAddress to) {
        return send(thread, rtcp, packet, length, to);
    }

    private boolean send(
            MediaThread thread,
            DatagramChannel from,
            byte[] packet,
            int length,
            @Nullable InetSocketAddress to) {
        try {
            if (peer != null && from.equals(rtp) && !peer.equals(to)) {
                narrow(null);
            }
            return to != null && thread.write(from, packet, length, to);
        } catch (IOException e) {
            LOG.debug("could not send from {} to {}", local, to, e);
            return false;
        }
    }

    /// Returns the address of the RTP socket.
    InetSocketAddress local() {
        return local;
    }

    /// Closes both and gives the ports back.
    void close() {
        try {
            rtp.close();
            rtcp.close();
        } catch (IOException e) {
            throw new MediaFailed("could not close the RTP sockets of " + local, e);
        } finally {
            ports.giveBack(granted);
        }
    }
}
