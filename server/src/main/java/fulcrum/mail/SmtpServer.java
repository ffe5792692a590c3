package fulcrum.mail;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/// The mail server that mails are handed to, as one setting:
/// `smtp://[USER:PASSWORD@]HOST[:PORT][?from=ADDRESS]`, or `smtps://` for TLS from the first byte.
///
/// `smtp` turns to TLS (STARTTLS, RFC 3207) where the server offers it. With a password it must offer it, except on
/// this machine. Ports when none is given: `smtp` 25, with a password 587 (RFC 6409), `smtps` 465 (RFC 8314).
///
/// @param user empty: nobody logs in
/// @param from the sender of all mails
public record SmtpServer(
        String host, int port, boolean isTls, String user, String password, String from) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    /// @throws IllegalArgumentException with one line that says what to write instead
    public static SmtpServer of(String url) {
        URI uri = uri(url);
        boolean tls = "smtps".equals(uri.getScheme());
        if (!tls && !"smtp".equals(uri.getScheme())) {
            throw bad();
        }
        if (uri.getHost() == null || !(uri.getPath().isEmpty() || uri.getPath().equals("/"))) {
            throw bad();
        }
        String raw = Optional.ofNullable(uri.getRawUserInfo()).orElse("");
        int colon = raw.indexOf(':');
        if (!raw.isEmpty() && colon < 1) {
            throw new IllegalArgumentException("USER:PASSWORD is wanted in front of the @");
        }
        String user = raw.isEmpty() ? "" : decoded(raw.substring(0, colon));
        String password = raw.isEmpty() ? "" : decoded(raw.substring(colon + 1));
        int usual = tls ? 465 : user.isEmpty() ? 25 : 587;
        int port = uri.getPort() > 0 ? uri.getPort() : usual;
        return new SmtpServer(uri.getHost(), port, tls, user, password, from(uri, user));
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException broken) {
            throw bad(); // without the text: it may have a password
        }
    }

    private static IllegalArgumentException bad() {
        return new IllegalArgumentException(
                "smtp://[USER:PASSWORD@]HOST[:PORT][?from=ADDRESS] or smtps://… is wanted");
    }

    private static String from(URI uri, String user) {
        String query = Optional.ofNullable(uri.getRawQuery()).orElse("");
        String from = query.startsWith("from=") ? decoded(query.substring(5)) : "";
        if (!query.isEmpty() && from.isEmpty()) {
            throw bad();
        }
        String sender = from.isEmpty() ? user : from;
        if (!sender.matches("[^@\\s<>\\p{Cntrl}]+@[^@\\s<>\\p{Cntrl}]+")) {
            throw new IllegalArgumentException("the sender of mails is missing: add ?from=ADDRESS");
        }
        return sender;
    }

    /// `%` escapes only: a `+` is itself in an address.
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /// Whether a server that does not turn to TLS is not talked to.
    boolean mustTurnToTls() {
        return !isTls && !user.isEmpty() && !LOOPBACK.contains(host);
    }

    /// Without the password.
    @Override
    public String toString() {
        return (isTls ? "smtps" : "smtp") + "://" + host + ":" + port + " as " + from;
    }
}
