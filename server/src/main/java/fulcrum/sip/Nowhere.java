package fulcrum.sip;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/// The flow of a call that has not found its way yet: closed, and leading nowhere.
final class Nowhere implements Connection {
    static final Connection FLOW = new Nowhere();

    private static final InetSocketAddress ADDRESS =
            new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0);

    private Nowhere() {}

    @Override
    public void send(byte[] message) {
        // Lost, as on any closed flow.
    }

    @Override
    public InetSocketAddress remote() {
        return ADDRESS;
    }

    @Override
    public InetSocketAddress local() {
        return ADDRESS;
    }

    @Override
    public Protocol protocol() {
        return Protocol.UDP;
    }

    @Override
    public boolean isOpen() {
        return false;
    }

    @Override
    public String id() {
        return "nowhere";
    }
}
