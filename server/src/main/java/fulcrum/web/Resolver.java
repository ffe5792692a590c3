package fulcrum.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Finds the addresses of a host name. May block; called on a thread for that purpose.
@FunctionalInterface
public interface Resolver {
    /// @throws UnknownHostException when there are none
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /// The operating system's, with Java's cache.
    Resolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));
}
