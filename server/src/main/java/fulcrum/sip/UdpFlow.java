package fulcrum.sip;

import java.net.InetSocketAddress;

/// The way to one address over a UDP socket.
record UdpFlow(UdpTransport transport, InetSocketAddress remote) implements Connection {
    @Override
    public void send(byte[] message) {
        transport.send(message, remote);
    }

    @Override
    public InetSocketAddress local() {
        return transport.local();
    }

    @Override
    public Protocol protocol() {
        return Protocol.UDP;
    }

    @Override
    public boolean isOpen() {
        return transport.isOpen();
    }

    @Override
    public String id() {
        return "udp/" + OwnAddresses.text(remote.getAddress()) + '/' + remote.getPort();
    }
}
