package fulcrum.sip;

import java.net.InetSocketAddress;

/// The flow over which a message came, and the way to answer over the same flow. For use by any thread.
public interface Connection {
    /// Sends one message; never blocks and never throws for reasons of the network. A message that cannot be sent is
    /// dropped, as the network might have done, and then [#isOpen] may turn false.
    void send(byte[] message);

    /// Where [#send] goes: the address the message came from; over UDP without `rport`, that address with the port
    /// of the top Via (RFC 3261 §18.2.2).
    InetSocketAddress remote();

    /// Our end.
    InetSocketAddress local();

    /// What carries it.
    Protocol protocol();

    /// True when transactions need not repeat what they send here.
    default boolean isReliable() {
        return protocol().isReliable();
    }

    /// False once nothing more can be sent; always true for UDP while its socket is open.
    boolean isOpen();

    /// Names this flow in logs and in registrations; two flows that are open at once have different names.
    String id();
}
