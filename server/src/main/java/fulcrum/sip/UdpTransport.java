package fulcrum.sip;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.atomic.LongAdder;

/// One UDP socket with one platform thread that reads it, named `sip-udp-` and its address. A socket bound to all
/// addresses serves IPv4 and IPv6.
///
/// The channel does not block, for two reasons: a full send buffer loses a message instead of holding up a call, and
/// an interrupted thread that sends over a blocking channel would close it for everybody.
final class UdpTransport implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UdpTransport.class);
    private static final int BUFFER_BYTES = 4 << 20;
    private static final int MOST_BYTES = 65_536;

    /// Nothing shorter is a SIP message; keep-alives are (RFC 5626 §4.4).
    private static final int LEAST_BYTES = 16;

    private final DatagramChannel channel;
    private final Selector selector;
    private final InetSocketAddress local;
    private final Inlet inlet;
    private final Thread reader;
    private final LongAdder unsent = new LongAdder();

    private UdpTransport(
            DatagramChannel channel, Selector selector, InetSocketAddress local, Inlet inlet) {
        this.channel = channel;
        this.selector = selector;
        this.local = local;
        this.inlet = inlet;
        reader =
                Thread.ofPlatform()
                        .daemon()
                        .name(
                                "sip-udp-"
                                        + OwnAddresses.text(local.getAddress())
                                        + ':'
                                        + local.getPort())
                        .unstarted(this::read);
    }

    static UdpTransport open(InetSocketAddress address, Inlet inlet) throws IOException {
        var channel = channelFor(address);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
            channel.bind(address);
            channel.configureBlocking(false);
            var selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            return new UdpTransport(
                    channel, selector, (InetSocketAddress) channel.getLocalAddress(), inlet);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static DatagramChannel channelFor(InetSocketAddress address) throws IOException {
        var ip = address.getAddress();
        if (ip.isAnyLocalAddress()) {
            return DatagramChannel.open();
        }
        var isIpv4 = ip.getAddress().length == 4;
        return DatagramChannel.open(
                isIpv4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
    }

    void start() {
        reader.start();
    }

    InetSocketAddress local() {
        return local;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /// How many messages the operating system did not take.
    long unsent() {
        return unsent.sum();
    }

    /// The way to that address.
    Connection toward(InetSocketAddress remote) {
        return new UdpFlow(this, remote);
    }

    /// An address of the wrong family, or a port that there is not, is an illegal argument to the JDK; to us it is a
    /// message that gets lost.
    void send(byte[] message, InetSocketAddress remote) {
        try {
            if (channel.send(ByteBuffer.wrap(message), remote) == 0) {
                unsent.increment();
            }
        } catch (IOException | IllegalArgumentException e) {
            unsent.increment();
            LOG.debug("not sent to {}: {}", remote, e.toString());
        }
    }

    private void read() {
        var buffer = ByteBuffer.allocateDirect(MOST_BYTES);
        while (channel.isOpen()) {
            try {
                selector.select();
                selector.selectedKeys().clear();
                drain(buffer);
            } catch (ClosedSelectorException | ClosedChannelException closed) {
                return;
            } catch (IOException e) {
                LOG.warn("reading UDP {} failed: {}", local, e.toString());
            }
        }
    }

    private void drain(ByteBuffer buffer) throws IOException {
        while (channel.receive(buffer) instanceof InetSocketAddress sender) {
            buffer.flip();
            if (buffer.remaining() >= LEAST_BYTES && Text.isTokenChar((char) firstByte(buffer))) {
                var bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                inlet.take(bytes, new Datagram(this, sender));
            }
            buffer.clear();
        }
    }

    /// The first byte that is no line end; 0 for none, and for what is no text, such as STUN.
    private static int firstByte(ByteBuffer buffer) {
        for (var i = 0; i < buffer.limit(); i++) {
            var b = buffer.get(i);
            if (b != '\r' && b != '\n') {
                return b & 0xff;
            }
        }
        return 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        selector.close();
    }

    /// Where one datagram came from.
    private record Datagram(UdpTransport transport, InetSocketAddress sender)
            implements Inlet.Source {
        private static final int DEFAULT_PORT = 5060;

        /// With `rport` to where it came from; without, to the port that the Via says (RFC 3261 §18.2.2).
        @Override
        public Connection replyBy(Via via) {
            if (via.hasRport()) {
                return transport.toward(sender);
            }
            var port = via.port() > 0 ? via.port() : DEFAULT_PORT;
            return transport.toward(new InetSocketAddress(sender.getAddress(), port));
        }

        @Override
        public Connection back() {
            return transport.toward(sender);
        }

        @Override
        public Via seen(Via via) {
            return Seen.by(via, sender);
        }
    }
}
