package fulcrum.web;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What an IP address is to the guard, by the IANA registries of special-purpose addresses (RFC 6890) and the
/// addresses that clouds hand secrets out at.
enum AddressKind {
    /// Anywhere on the public internet.
    PUBLIC,
    /// This machine or a private network: refused unless `--allow-local-urls` says otherwise.
    LOCAL,
    /// Link-local, metadata, multicast, reserved: always refused.
    NEVER;

    /// The addresses of one family (`size` bits) that begin with some bits, kept as a number without the rest.
    private record Range(BigInteger prefix, int bits, int size, AddressKind kind) {
        static Range of(String text, AddressKind kind) {
            String[] parts = text.split("/", -1);
            byte[] octets = InetAddress.ofLiteral(parts[0]).getAddress();
            int bits = Integer.parseInt(parts[1]);
            int size = octets.length * 8;
            return new Range(new BigInteger(1, octets).shiftRight(size - bits), bits, size, kind);
        }

        boolean holds(byte[] octets) {
            return octets.length * 8 == size
                    && new BigInteger(1, octets).shiftRight(size - bits).equals(prefix);
        }
    }

    /// The first that fits counts.
    private static final List<Range> RANGES =
            List.of(
                    Range.of("0.0.0.0/32", LOCAL),
                    Range.of("0.0.0.0/8", NEVER),
                    Range.of("10.0.0.0/8", LOCAL),
                    Range.of("100.100.100.200/32", NEVER), // metadata, Alibaba
                    Range.of("100.64.0.0/10", LOCAL), // carriers' NAT, RFC 6598
                    Range.of("127.0.0.0/8", LOCAL),
                    Range.of("168.63.129.16/32", NEVER), // host agent, Azure
                    Range.of("169.254.0.0/16", NEVER), // link-local; metadata of most clouds
                    Range.of("172.16.0.0/12", LOCAL),
                    Range.of("192.0.0.0/24", NEVER),
                    Range.of("192.0.2.0/24", NEVER),
                    Range.of("192.88.99.0/24", NEVER),
                    Range.of("192.168.0.0/16", LOCAL),
                    Range.of("198.18.0.0/15", LOCAL),
                    Range.of("198.51.100.0/24", NEVER),
                    Range.of("203.0.113.0/24", NEVER),
                    Range.of("224.0.0.0/3", NEVER), // multicast, reserved, broadcast
                    Range.of("::/128", LOCAL),
                    Range.of("::1/128", LOCAL),
                    Range.of("fd00:ec2::254/128", NEVER), // metadata, AWS
                    Range.of("fd20:ce::254/128", NEVER), // metadata, Google
                    Range.of("fc00::/7", LOCAL),
                    Range.of("fec0::/10", LOCAL),
                    Range.of("2001::/23", NEVER), // Teredo and other protocols
                    Range.of("2001:db8::/32", NEVER),
                    Range.of("3fff::/20", NEVER));

    /// IPv6 prefixes that carry an IPv4 address, and the octet where it begins.
    private record Carrier(Range range, int at) {
        static Carrier of(String text, int at) {
            return new Carrier(Range.of(text, NEVER), at);
        }

        Optional<InetAddress> carried(byte[] address) {
            return range.holds(address)
                    ? Optional.of(HostLiteral.address(Arrays.copyOfRange(address, at, at + 4)))
                    : Optional.empty();
        }
    }

    private static final List<Carrier> CARRIERS =
            List.of(
                    Carrier.of("::/96", 12), // IPv4-compatible; the mapped ones Java unwraps itself
                    Carrier.of("::ffff:0:0:0/96", 12), // translated, RFC 7915
                    Carrier.of("64:ff9b::/96", 12), // NAT64, RFC 6052
                    Carrier.of("2002::/16", 2)); // 6to4, RFC 3056

    private static final Range GLOBAL = Range.of("2000::/3", PUBLIC);

    static AddressKind of(InetAddress address) {
        byte[] octets = address.getAddress();
        for (Range range : RANGES) {
            if (range.holds(octets)) {
                return range.kind;
            }
        }
        if (address instanceof Inet4Address) {
            return PUBLIC;
        }
        for (Carrier carrier : CARRIERS) {
            Optional<InetAddress> carried = carrier.carried(octets);
            if (carried.isPresent()) {
                return of(carried.get());
            }
        }
        if (isIsatap(octets)) {
            AddressKind carried = of(HostLiteral.address(Arrays.copyOfRange(octets, 12, 16)));
            return carried == PUBLIC && !GLOBAL.holds(octets) ? NEVER : carried;
        }
        return GLOBAL.holds(octets) ? PUBLIC : NEVER;
    }

    /// RFC 5214 §6.1: an interface identifier `[02]00:5efe` followed by an IPv4 address.
    private static boolean isIsatap(byte[] octets) {
        return (octets[8] == 0 || octets[8] == 2)
                && octets[9] == 0
                && octets[10] == 0x5e
                && octets[11] == (byte) 0xfe;
    }
}
