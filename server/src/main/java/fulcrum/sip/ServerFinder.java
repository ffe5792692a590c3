package fulcrum.sip;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// Finds the servers behind a SIP URI, the one to try first first (RFC 3263 §4).
///
/// 1. An address literal, or a host with a port, is what it is.
/// 2. Else the domain's NAPTR records say which protocols it speaks, in its own order.
/// 3. Without them it is asked for SRV records of each protocol, UDP first.
/// 4. Without those too, the name is a host with the usual port.
///
/// Names without a dot, such as `localhost`, are hosts and no domains. Waits for name servers when the host is a name.
final class ServerFinder {
    private static final Map<String, Protocol> SERVICES =
            Map.of("SIP+D2U", Protocol.UDP, "SIP+D2T", Protocol.TCP, "SIPS+D2T", Protocol.TLS);

    private final NameLookup names;
    private final Predicate<Protocol> speaks;
    private final LongSupplier random;

    /// @param speaks whether we have a protocol
    /// @param random any bits, for the weights of SRV records
    ServerFinder(NameLookup names, Predicate<Protocol> speaks, LongSupplier random) {
        this.names = names;
        this.speaks = speaks;
        this.random = random;
    }

    /// The places to try, in order; empty when there is none, or none that speaks what the URI wants.
    List<Place> find(SipUri uri) {
        Optional<Protocol> wanted = RequestMaker.protocol(uri);
        boolean isUnknown = wanted.isEmpty() && (uri.hasParameter("transport") || uri.isSecure());
        if (isUnknown || !wanted.map(speaks::test).orElse(true)) {
            return List.of();
        }
        String host = bare(uri.host());
        Protocol usual = wanted.orElse(Protocol.UDP);
        int port = uri.port() > 0 ? uri.port() : usual.defaultPort();
        if (isLiteral(host)) {
            return literal(host)
                    .map(address -> List.of(new Place(usual, new InetSocketAddress(address, port))))
                    .orElse(List.of());
        }
        if (uri.port() > 0 || host.indexOf('.') < 0) {
            return hosts(host, host, usual, port);
        }
        List<Place> servers = wanted.isPresent() ? served(host, wanted.get()) : served(host);
        return servers.isEmpty() ? hosts(host, host, usual, port) : servers;
    }

    /// By NAPTR, else by SRV for each protocol.
    private List<Place> served(String domain) {
        Set<Place> places = new LinkedHashSet<>();
        names.naptr(domain).stream()
                .filter(record -> record.flags().equalsIgnoreCase("s"))
                .sorted(
                        Comparator.comparingInt(NameLookup.Naptr::order)
                                .thenComparingInt(NameLookup.Naptr::preference))
                .forEach(
                        record -> {
                            Protocol protocol =
                                    SERVICES.get(record.service().toUpperCase(Locale.ROOT));
                            if (protocol != null && speaks.test(protocol)) {
                                places.addAll(servers(domain, record.replacement(), protocol));
                            }
                        });
        if (places.isEmpty()) {
            places.addAll(served(domain, Protocol.UDP));
            places.addAll(served(domain, Protocol.TCP));
        }
        return List.copyOf(places);
    }

    private List<Place> served(String domain, Protocol protocol) {
        String service =
                switch (protocol) {
                    case UDP -> "_sip._udp.";
                    case TCP -> "_sip._tcp.";
                    case TLS -> "_sips._tcp.";
                };
        return servers(domain, service + domain, protocol);
    }

    private List<Place> servers(String domain, String service, Protocol protocol) {
        List<Place> places = new ArrayList<>();
        for (NameLookup.Srv server : ordered(names.srv(service))) {
            if (!server.target().isEmpty() && !server.target().equals(".")) {
                places.addAll(hosts(domain, server.target(), protocol, server.port()));
            }
        }
        return places;
    }

    /// By priority; of one priority by chance, in proportion to the weights (RFC 2782, "Weight").
    private List<NameLookup.Srv> ordered(List<NameLookup.Srv> servers) {
        Map<Integer, List<NameLookup.Srv>> byPriority = new TreeMap<>();
        servers.forEach(
                server ->
                        byPriority
                                .computeIfAbsent(server.priority(), any -> new ArrayList<>())
                                .add(server));
        List<NameLookup.Srv> ordered = new ArrayList<>();
        for (List<NameLookup.Srv> equals : byPriority.values()) {
            equals.sort(Comparator.comparingInt(NameLookup.Srv::weight));
            while (!equals.isEmpty()) {
                ordered.add(equals.remove(drawn(equals)));
            }
        }
        return ordered;
    }

    private int drawn(List<NameLookup.Srv> servers) {
        int sum = servers.stream().mapToInt(NameLookup.Srv::weight).sum();
        long ticket = Math.floorMod(random.getAsLong(), sum + 1L);
        long reached = 0;
        for (int i = 0; i < servers.size(); i++) {
            reached += servers.get(i).weight();
            if (reached >= ticket) {
                return i;
            }
        }
        return 0;
    }

    /// @param domain what a certificate must be for (RFC 5922 §4)
    private List<Place> hosts(String domain, String host, Protocol protocol, int port) {
        List<Place> places = new ArrayList<>();
        List<InetAddress> found =
                isLiteral(host) ? literal(host).stream().toList() : names.addresses(host);
        for (InetAddress address : found) {
            places.add(new Place(protocol, new InetSocketAddress(named(domain, address), port)));
        }
        return places;
    }

    private static InetAddress named(String domain, InetAddress address) {
        try {
            return InetAddress.getByAddress(domain, address.getAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address of an address", impossible);
        }
    }

    static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }

    static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    static boolean isLiteral(String host) {
        if (host.indexOf(':') >= 0) {
            return true;
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if ((c < '0' || c > '9') && c != '.') {
                return false;
            }
        }
        return !host.isEmpty();
    }
}
