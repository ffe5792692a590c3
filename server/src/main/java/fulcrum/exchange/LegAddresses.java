package fulcrum.exchange;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.function.Function;

/// Where the sound of a leg is listened to, and which address its other side is told.
final class LegAddresses {
    private static final InetAddress ANY_4 = any(4);
    private static final InetAddress ANY_6 = any(16);

    /// Stands for somebody whose name is not looked up yet (RFC 5737: nobody has this address).
    private static final InetSocketAddress OUTSIDE =
            new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 5060);

    private final InetAddress sip;
    private final Function<InetSocketAddress, String> told;

    /// @param sip the address that SIP listens on; sound listens on the same
    /// @param told under which address somebody at that address reaches us
    LegAddresses(InetAddress sip, Function<InetSocketAddress, String> told) {
        this.sip = sip;
        this.told = told;
    }

    /// The address to listen on, of the other side's family.
    InetAddress bind(InetSocketAddress remote) {
        if (!sip.isAnyLocalAddress()) {
            return sip;
        }
        return remote.getAddress() instanceof Inet6Address ? ANY_6 : ANY_4;
    }

    /// The address for a description.
    String toward(InetSocketAddress remote) {
        return told.apply(remote.isUnresolved() ? OUTSIDE : remote);
    }

    private static InetAddress any(int bytes) {
        try {
            return InetAddress.getByAddress(new byte[bytes]);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("4 and 16 bytes are addresses", impossible);
        }
    }
}
