package fulcrum.sip;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Says for which SIP domain a certificate stands (RFC 5922 §7.1, §7.2): the URIs of the form `sip:domain` among its
/// alternative names; without one its DNS names. Wildcards mean nothing there, and neither does the common name, which
/// no authority has used alone for many years. Addresses have to be written as such (RFC 5280 §4.2.1.6).
final class DomainCertificate {
    private static final int DNS = 2;
    private static final int URI = 6;
    private static final int ADDRESS = 7;

    private DomainCertificate() {}

    /// @param host a name, or an address literal without brackets
    static boolean isFor(X509Certificate certificate, String host) {
        List<List<?>> names = alternatives(certificate);
        Optional<InetAddress> address = address(host);
        if (address.isPresent()) {
            return names.stream()
                    .filter(name -> isKind(name, ADDRESS))
                    .flatMap(name -> address(text(name)).stream())
                    .anyMatch(address.get()::equals);
        }
        List<String> domains =
                names.stream()
                        .filter(name -> isKind(name, URI))
                        .flatMap(name -> domain(text(name)).stream())
                        .toList();
        if (domains.isEmpty()) {
            domains =
                    names.stream()
                            .filter(name -> isKind(name, DNS))
                            .map(DomainCertificate::text)
                            .toList();
        }
        return domains.stream().anyMatch(host::equalsIgnoreCase);
    }

    private static boolean isKind(List<?> name, int kind) {
        return name.getFirst() instanceof Integer found && found == kind;
    }

    private static String text(List<?> name) {
        return String.valueOf(name.get(1));
    }

    private static List<List<?>> alternatives(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : List.copyOf(names);
        } catch (CertificateParsingException broken) {
            return List.of();
        }
    }

    private static Optional<InetAddress> address(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException name) {
            return Optional.empty();
        }
    }

    /// The host of a SIP URI that names no user; one with a user stands for a person (RFC 5922 §7.1).
    private static Optional<String> domain(String uri) {
        if (!uri.toLowerCase(Locale.ROOT).startsWith("sip:")) {
            return Optional.empty();
        }
        try {
            SipUri parsed = SipUri.parse(uri);
            return parsed.user().isEmpty() ? Optional.of(parsed.host()) : Optional.empty();
        } catch (BadSip bad) {
            return Optional.empty();
        }
    }
}
