package fulcrum.sip;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// An address: a `sip:` or `sips:` URI taken apart (RFC 3261 §19.1), or the text of any other one. Immutable; two are
/// equal when their texts are, see [#matches] for what the RFC calls equivalent.
public final class SipUri {
    private static final String UNESCAPED_IN_USER = "-_.!~*'()&=+$,;?/";
    private static final String RESERVED = ";/?:@&=+$,%";

    private final String scheme;
    private final String userinfo;
    private final String host;
    private final int port;
    private final Parameters parameters;
    private final String headers;
    // Made when it is first asked for; a race only means that two threads make the same text.
    private @Nullable String text;

    private SipUri(
            String scheme,
            String userinfo,
            String host,
            int port,
            Parameters parameters,
            String headers) {
        this.scheme = scheme;
        this.userinfo = userinfo;
        this.host = host;
        this.port = port;
        this.parameters = parameters;
        this.headers = headers;
    }

    private SipUri(String scheme, String text) {
        this.scheme = scheme;
        this.text = text;
        userinfo = "";
        host = "";
        port = 0;
        parameters = Parameters.NONE;
        headers = "";
    }

    /// Reads a URI. Of a scheme other than `sip` and `sips` only the scheme is looked at.
    ///
    /// @throws BadSip with 400 when it is no URI
    public static SipUri parse(String text) {
        var colon = text.indexOf(':');
        if (colon <= 0 || !isScheme(text, colon)) {
            throw BadSip.badRequest("Bad URI: no scheme", 0);
        }
        refuseUnsafe(text);
        var scheme =
                text.startsWith("sip:") ? "sip" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        return scheme.equals("sip") || scheme.equals("sips")
                ? parseSip(scheme, text, colon + 1)
                : new SipUri(scheme, text);
    }

    /// A `sip:` URI; the user's characters are escaped as needed.
    ///
    /// @param user empty for none
    /// @param host name or address; brackets around IPv6 are added when they are missing
    /// @param port 0 for none
    public static SipUri of(String user, String host, int port) {
        return new SipUri("sip", escaped(user), bare(host), port, Parameters.NONE, "");
    }

    /// The `*` that a Contact may be in place of an address.
    static SipUri star() {
        return new SipUri("", "*");
    }

    private static SipUri parseSip(String scheme, String whole, int start) {
        var text = new Text("URI", whole);
        var userinfo = "";
        // The user part may hold ; and ? (RFC 3261 §19.1.1), so the @ decides where the host
        // begins.
        var at = whole.indexOf('@', start);
        if (at >= 0) {
            userinfo = whole.substring(start, at);
            checkEscapes(userinfo, start);
            if (userinfo.isEmpty() || userinfo.startsWith(":")) {
                throw BadSip.badRequest("Bad URI: empty user", start);
            }
            text.moveTo(at + 1);
        } else {
            text.moveTo(start);
        }
        var host = HostPort.host(text);
        var port = HostPort.port(text);
        var parameters = Parameters.ofUri(text);
        var headers = "";
        if (text.takes('?')) {
            headers = text.upTo("");
            checkEscapes(headers, text.at());
        }
        text.expectEnd();
        return new SipUri(scheme, userinfo, host, port, parameters, headers);
    }

    private static boolean isScheme(String text, int end) {
        for (var i = 0; i < end; i++) {
            var c = text.charAt(i);
            if (!Text.isLetter(c) && (i == 0 || (!Text.isDigit(c) && "+-.".indexOf(c) < 0))) {
                return false;
            }
        }
        return true;
    }

    private static void refuseUnsafe(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c <= ' ' || c == 0x7f || c == '<' || c == '>' || c == '"') {
                throw BadSip.badRequest("Bad URI: forbidden character", i);
            }
        }
    }

    private static void checkEscapes(String text, int offset) {
        for (var i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 1)) {
            if (i + 2 >= text.length() || hex(text, i + 1) < 0) {
                throw BadSip.badRequest("Bad URI: bad escape", offset + i);
            }
        }
    }

    /// The scheme in lower case, such as `sip` or `tel`.
    public String scheme() {
        return scheme;
    }

    /// True for `sip` and `sips`; of any other URI the parts are empty and only the text is known.
    public boolean isSip() {
        return scheme.equals("sip") || scheme.equals("sips");
    }

    /// True for `sips`.
    public boolean isSecure() {
        return scheme.equals("sips");
    }

    /// The user without password, escapes decoded; empty for none.
    public String user() {
        var colon = userinfo.indexOf(':');
        return unescaped(colon < 0 ? userinfo : userinfo.substring(0, colon));
    }

    /// The host as written, an IPv6 address without its brackets.
    public String host() {
        return host;
    }

    /// The port, 1 to 65535; 0 when none is written.
    public int port() {
        return port;
    }

    /// The decoded value of a parameter; empty text for one without value.
    public Optional<String> parameter(String name) {
        return parameters.value(name).map(SipUri::unescaped);
    }

    /// True when the parameter is there, with or without value.
    public boolean hasParameter(String name) {
        return parameters.has(name);
    }

    /// What is behind the question mark, as written; empty for nothing.
    public String headers() {
        return headers;
    }

    /// A copy with this user.
    public SipUri withUser(String user) {
        return new SipUri(scheme, escaped(user), host, port, parameters, headers);
    }

    /// A copy with this host and port.
    ///
    /// @param newPort 0 for none
    public SipUri withHost(String newHost, int newPort) {
        return new SipUri(scheme, userinfo, bare(newHost), newPort, parameters, headers);
    }

    /// A copy in which a parameter has this value.
    ///
    /// @param value as written; empty for a parameter without value
    public SipUri withParameter(String name, String value) {
        return new SipUri(scheme, userinfo, host, port, parameters.with(name, value), headers);
    }

    /// A copy with neither parameters nor headers, fit for comparing and for logs.
    public SipUri plain() {
        return isSip() ? new SipUri(scheme, userinfo, host, port, Parameters.NONE, "") : this;
    }

    /// True when both are equivalent by RFC 3261 §19.1.4, as a registrar compares contacts.
    public boolean matches(SipUri other) {
        if (!isSip() || !other.isSip()) {
            return toString().equals(other.toString());
        }
        return scheme.equals(other.scheme)
                && comparable(userinfo).equals(comparable(other.userinfo))
                && host.equalsIgnoreCase(other.host)
                && port == other.port
                && comparableHeaders().equals(other.comparableHeaders())
                && agrees(other)
                && other.agrees(this);
    }

    /// The headers in one order for all, as theirs does not count.
    private List<String> comparableHeaders() {
        return Arrays.stream(headers.split("&"))
                .map(header -> comparable(header).toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
    }

    private boolean agrees(SipUri other) {
        for (var name : parameters.names()) {
            var theirs = other.parameter(name);
            var isDecisive =
                    switch (name.toLowerCase(Locale.ROOT)) {
                        case "user", "ttl", "method", "maddr", "transport" -> true;
                        default -> false;
                    };
            if (theirs.isEmpty()
                    ? isDecisive
                    : !theirs.get().equalsIgnoreCase(parameter(name).orElse(""))) {
                return false;
            }
        }
        return true;
    }

    private String written() {
        var written = new StringBuilder(48).append(scheme).append(':');
        if (!userinfo.isEmpty()) {
            written.append(userinfo).append('@');
        }
        HostPort.append(written, host, port);
        parameters.appendTo(written);
        if (!headers.isEmpty()) {
            written.append('?').append(headers);
        }
        return written.toString();
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }

    private static String escaped(String plain) {
        var escaped = new StringBuilder(plain.length());
        for (var b : plain.getBytes(StandardCharsets.UTF_8)) {
            var c = (char) (b & 0xff);
            if (Text.isLetter(c) || Text.isDigit(c) || UNESCAPED_IN_USER.indexOf(c) >= 0) {
                escaped.append(c);
            } else {
                escaped.append('%')
                        .append("0123456789ABCDEF".charAt(c >> 4))
                        .append("0123456789ABCDEF".charAt(c & 15));
            }
        }
        return escaped.toString();
    }

    /// The text with every escape decoded that means the same as its character: those of the reserved set and the
    /// percent sign do not (RFC 3261 §19.1.4).
    private static String comparable(String text) {
        return unescaped(text, RESERVED);
    }

    static String unescaped(String text) {
        return unescaped(text, "");
    }

    private static String unescaped(String text, String kept) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        var source = text.getBytes(StandardCharsets.UTF_8);
        var plain = new byte[source.length];
        var length = 0;
        for (var i = 0; i < source.length; i++) {
            var value =
                    source[i] == '%' && i + 2 < source.length
                            ? hex(source[i + 1], source[i + 2])
                            : -1;
            if (value < 0) {
                plain[length++] = source[i];
                continue;
            }
            if (kept.indexOf(value) < 0) {
                plain[length++] = (byte) value;
            } else {
                plain[length++] = '%';
                plain[length++] = (byte) Character.toUpperCase(source[i + 1]);
                plain[length++] = (byte) Character.toUpperCase(source[i + 2]);
            }
            i += 2;
        }
        return new String(plain, 0, length, StandardCharsets.UTF_8);
    }

    private static int hex(String text, int at) {
        return hex(text.charAt(at), text.charAt(at + 1));
    }

    private static int hex(int high, int low) {
        var left = Character.digit(high, 16);
        var right = Character.digit(low, 16);
        return left < 0 || right < 0 ? -1 : left << 4 | right;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SipUri uri && toString().equals(uri.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /// The URI as it is written in a message.
    @Override
    public String toString() {
        var known = text;
        if (known == null) {
            known = written();
            text = known;
        }
        return known;
    }
}
