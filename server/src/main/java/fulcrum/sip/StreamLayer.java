package fulcrum.sip;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/// What lies between a TCP socket and the messages on it: nothing, or TLS. Its methods may block, and each is called by
/// the connection's own thread.
interface StreamLayer {
    /// Nothing.
    StreamLayer PLAIN =
            new StreamLayer() {
                @Override
                public Protocol protocol() {
                    return Protocol.TCP;
                }

                @Override
                public String nameOf(InetSocketAddress remote) {
                    return "";
                }

                @Override
                public Socket accepted(Socket raw) {
                    return raw;
                }

                @Override
                public Socket connected(Socket raw, InetSocketAddress remote) {
                    return raw;
                }
            };

    Protocol protocol();

    /// As whom the other side has to prove itself when we connect; empty when an address is all that counts.
    String nameOf(InetSocketAddress remote);

    /// The socket to read from and write to, on top of one that was accepted.
    Socket accepted(Socket raw) throws IOException;

    /// The socket to read from and write to, on top of one that we connected.
    Socket connected(Socket raw, InetSocketAddress remote) throws IOException;
}
