package fulcrum.sip;

import java.net.InetSocketAddress;

/// Writes into the top Via where its request really came from.
final class Seen {
    private Seen() {}

    /// `received` when the Via says another host, or always with `rport`, which is filled in (RFC 3261 §18.2.1,
    /// RFC 3581 §4). What the sender wrote there himself does not stand.
    static Via by(Via via, InetSocketAddress sender) {
        var address = OwnAddresses.text(sender.getAddress());
        if (via.hasRport()) {
            return via.withParameter("rport", String.valueOf(sender.getPort()))
                    .withParameter("received", address);
        }
        return via.host().equals(address) && via.received().isEmpty()
                ? via
                : via.withParameter("received", address);
    }
}
