package fulcrum.sip;

import java.net.InetSocketAddress;

/// Where the stack gets a way to somewhere: the running [Transports], or a test's network in memory.
public interface Flows {
    /// A flow to that address, a running one if there is one. Does not block: a connection may still be in the
    /// making, and what is sent over it before waits inside it.
    ///
    /// @param remote over TLS its host string, a name or an address literal, is what the other side's certificate must
    ///               be for
    Connection toward(Protocol protocol, InetSocketAddress remote);

    /// The address on which that protocol is listened to, with the real port.
    InetSocketAddress listening(Protocol protocol);

    /// Whether there are flows of that protocol at all; TLS needs to be set up.
    default boolean speaks(Protocol protocol) {
        return protocol != Protocol.TLS;
    }
}
