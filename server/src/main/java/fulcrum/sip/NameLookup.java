package fulcrum.sip;

import java.net.InetAddress;
import java.util.List;

/// What the domain name system knows about servers. Waits for answers: never for a transport's or a call's thread. No
/// answer, an error and a name that does not exist are all the same: nothing is known.
public interface NameLookup {
    /// Which protocols a domain speaks (RFC 3403), in no order.
    ///
    /// @param flags       `s` when the replacement has SRV records
    /// @param service     such as `SIP+D2U`
    /// @param replacement the name to go on with
    record Naptr(int order, int preference, String flags, String service, String replacement) {}

    /// One server of a service (RFC 2782).
    record Srv(int priority, int weight, int port, String target) {}

    List<Naptr> naptr(String domain);

    /// @param service such as `_sip._udp.example.com`
    List<Srv> srv(String service);

    /// The addresses of a host, IPv4 first.
    List<InetAddress> addresses(String host);
}
