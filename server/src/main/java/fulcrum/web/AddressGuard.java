package fulcrum.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Says where Fulcrum may fetch from (pivot.md §13, Target). Immutable; from any thread.
///
/// Loopback, private and carriers' NAT addresses are refused unless [LocalUrls] allows them; link-local, metadata,
/// multicast and reserved addresses always. A host's name is resolved once, every address it has is judged, and the
/// connection goes to exactly those addresses, so a name that changes its mind between judging and connecting gains
/// nothing.
public final class AddressGuard {
    private static final String HINT = "; --allow-local-urls permits such addresses";

    /// Names that mean this machine wherever they are looked up (RFC 6761 §6.3, /etc/hosts of common systems).
    private static final Set<String> THIS_MACHINE =
            Set.of("localhost.localdomain", "ip6-localhost", "ip6-loopback", "loopback");

    private static final Set<String> METADATA =
            Set.of(
                    "metadata.google.internal",
                    "metadata",
                    "instance-data",
                    "metadata.azure.internal");

    private final LocalUrls local;
    private final Resolver resolver;

    public AddressGuard(LocalUrls local, Resolver resolver) {
        this.local = local;
        this.resolver = resolver;
    }

    /// A guard that asks the operating system for addresses.
    public AddressGuard(LocalUrls local) {
        this(local, Resolver.SYSTEM);
    }

    /// Judges a URL by what is written in it, without looking anything up.
    ///
    /// @return why it may not be fetched; empty when nothing speaks against it
    public Optional<String> judge(String url) {
        Optional<WebUrl> parsed = WebUrl.parse(url);
        if (parsed.isEmpty()) {
            return Optional.of("not an http or https URL with a usable host");
        }
        return judge(parsed.get().host(), parsed.get().port());
    }

    /// @param host as [WebUrl] has it
    private Optional<String> judge(String host, int port) {
        Optional<InetAddress> literal = literal(host);
        if (literal.isPresent()) {
            return judge(host, literal.get(), port);
        }
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (METADATA.contains(name)) {
            return Optional.of(host + " is a cloud's metadata service");
        }
        boolean here =
                name.equals("localhost")
                        || name.endsWith(".localhost")
                        || THIS_MACHINE.contains(name);
        return here && !local.allow(name, port)
                ? Optional.of(host + " is this machine" + HINT)
                : Optional.empty();
    }

    private static Optional<InetAddress> literal(String host) {
        return HostLiteral.parse(host.contains(":") ? "[" + host + "]" : host);
    }

    private Optional<String> judge(String host, InetAddress address, int port) {
        String shown = address.getHostAddress();
        String what = host.equals(shown) ? shown : host + " has the address " + shown + ", which";
        return switch (AddressKind.of(address)) {
            case PUBLIC -> Optional.empty();
            case NEVER -> Optional.of(what + " is link-local or reserved");
            case LOCAL ->
                    local.allow(host, port)
                            ? Optional.empty()
                            : Optional.of(what + " is local or private" + HINT);
        };
    }

    /// Resolves a host and judges every address.
    ///
    /// @return the addresses to connect to, in the resolver's order; never empty
    /// @throws ForbiddenAddress when one of them may not be connected to
    /// @throws UnknownHostException when there are none
    List<InetAddress> addresses(String host, int port) throws UnknownHostException {
        Optional<String> refusal = judge(host, port);
        if (refusal.isPresent()) {
            throw new ForbiddenAddress(refusal.get());
        }
        Optional<InetAddress> literal = literal(host);
        List<InetAddress> found =
                literal.isPresent() ? List.of(literal.get()) : resolver.resolve(host);
        if (found.isEmpty()) {
            throw new UnknownHostException(host);
        }
        for (InetAddress address : found) {
            refusal = judge(host, address, port);
            if (refusal.isPresent()) {
                throw new ForbiddenAddress(refusal.get());
            }
        }
        return found;
    }
}
