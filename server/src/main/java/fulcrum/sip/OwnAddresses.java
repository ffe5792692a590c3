package fulcrum.sip;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// Under which address we are reached from where: the public one from outside the local networks, else the one of
/// the interface that leads there. Local networks are those of RFC 1918, RFC 6598 (carriers' NAT), RFC 4193, loopback,
/// link-local, and those of the machine's own interfaces when the object was made.
final class OwnAddresses {
    private static final int MOST_REMEMBERED = 4096;

    private final String publicAddress;
    private final List<InterfaceAddress> interfaces;
    private final ConcurrentHashMap<InetAddress, String> leading = new ConcurrentHashMap<>();

    OwnAddresses(String publicAddress) {
        this.publicAddress = publicAddress;
        interfaces = ownInterfaces();
    }

    /// @param listening what we are bound to; counts when it is one address and not all of them
    String toward(InetSocketAddress remote, InetSocketAddress listening) {
        if (!publicAddress.isEmpty() && !isLocal(remote.getAddress())) {
            return publicAddress;
        }
        if (!listening.getAddress().isAnyLocalAddress()) {
            return text(listening.getAddress());
        }
        if (leading.size() > MOST_REMEMBERED) {
            leading.clear();
        }
        return leading.computeIfAbsent(remote.getAddress(), OwnAddresses::leadingTo);
    }

    boolean isLocal(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isAnyLocalAddress()) {
            return true;
        }
        var bytes = address.getAddress();
        if (address instanceof Inet6Address
                ? (bytes[0] & 0xfe) == 0xfc
                : bytes[0] == 100 && (bytes[1] & 0xc0) == 64) {
            return true;
        }
        for (var own : interfaces) {
            if (isWithin(bytes, own.getAddress().getAddress(), own.getNetworkPrefixLength())) {
                return true;
            }
        }
        return false;
    }

    static String text(InetAddress address) {
        var bytes = address.getAddress();
        if (bytes.length == 4) {
            var dotted = new StringBuilder(15);
            for (var b : bytes) {
                dotted.append(dotted.isEmpty() ? "" : ".").append(b & 0xff);
            }
            return dotted.toString();
        }
        var text = address.getHostAddress();
        var zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    private static boolean isWithin(byte[] address, byte[] network, int prefix) {
        if (address.length != network.length || prefix <= 0) {
            return false;
        }
        for (var bit = 0; bit < prefix; bit++) {
            var mask = 0x80 >> (bit & 7);
            if (((address[bit >> 3] ^ network[bit >> 3]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    /// Connecting a datagram socket sends nothing; it only asks the routing table.
    private static String leadingTo(InetAddress remote) {
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(remote, 5060));
            return text(socket.getLocalAddress());
        } catch (IOException | java.io.UncheckedIOException e) {
            return remote instanceof Inet6Address ? "::1" : "127.0.0.1";
        }
    }

    private static List<InterfaceAddress> ownInterfaces() {
        var found = new ArrayList<InterfaceAddress>();
        try {
            NetworkInterface.networkInterfaces()
                    .forEach(one -> found.addAll(one.getInterfaceAddresses()));
        } catch (SocketException e) {
            return List.of();
        }
        return found;
    }
}
