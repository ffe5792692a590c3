package fulcrum.web;

import java.net.IDN;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An `http` or `https` URL, taken apart once so that whoever judges it and whoever connects see the same host.
///
/// @param scheme `http` or `https`
/// @param userInfo percent-decoded `user:password`; empty for none
/// @param host lower case and ASCII; an IP address, however it was spelled, in its usual form without brackets
/// @param port the written one, else the scheme's
/// @param target path and query as written, with what a request line cannot carry percent-encoded; without the fragment
record WebUrl(String scheme, String userInfo, String host, int port, String target) {
    /// Kazoo's own spelling, `user@password:host:port` (pivot.md §3.4): the last part but the port is no number.
    private static final Pattern KAZOO =
            Pattern.compile("([^@:]+)@([^@:]+):([^@:]*[^@:\\d][^@:]*)(?::(\\d{1,5}))?");

    private static final List<String> SCHEMES = List.of("http", "https");

    private static final Pattern NAME = Pattern.compile("[a-z0-9_]([a-z0-9._-]*[a-z0-9_.-])?");

    /// @return empty when the text is no URL that could be fetched
    static Optional<WebUrl> parse(String text) {
        String scheme = schemeOf(text);
        if (scheme.isEmpty()) {
            return Optional.empty();
        }
        int from = scheme.length() + "://".length();
        int end = from;
        while (end < text.length() && "/?#\\".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        int fragment = text.indexOf('#', end);
        if (text.startsWith("\\", end) || (fragment >= 0 && !isOneLine(text, fragment))) {
            return Optional.empty();
        }
        String target = text.substring(end, fragment < 0 ? text.length() : fragment);
        String rooted = target.startsWith("/") ? target : "/" + target;
        return of(scheme, standardised(text.substring(from, end)), sendable(rooted));
    }

    private static String schemeOf(String text) {
        for (String scheme : SCHEMES) {
            String beginning = scheme + "://";
            if (text.regionMatches(true, 0, beginning, 0, beginning.length())) {
                return scheme;
            }
        }
        return "";
    }

    private static boolean isOneLine(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if ("\n\r\u0085\u2028\u2029".indexOf(text.charAt(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    /// Takes `user@host:port` apart; the host may be an IPv6 address in brackets.
    private static Optional<WebUrl> of(String scheme, String authority, String target) {
        int at = authority.indexOf('@');
        String user = authority.substring(0, Math.max(at, 0));
        String place = authority.substring(at + 1);
        int end = place.startsWith("[") ? place.indexOf(']') + 1 : place.indexOf(':');
        String written = end < 0 ? place : place.substring(0, end);
        int port = end < 0 ? usualPort(scheme) : port(scheme, place.substring(end));
        boolean odd = hasAny(user, "[]") || (!written.startsWith("[") && hasAny(written, "@[]"));
        if (odd || written.isEmpty() || port < 1 || port > 65535) {
            return Optional.empty();
        }
        return host(written)
                .map(host -> new WebUrl(scheme, percentDecoded(user), host, port, target));
    }

    private static boolean hasAny(String text, String letters) {
        for (int i = 0; i < text.length(); i++) {
            if (letters.indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static String standardised(String authority) {
        if (authority.indexOf('@') < 0) {
            return authority; // nearly every one
        }
        Matcher kazoo = KAZOO.matcher(authority);
        if (!kazoo.matches()) {
            return authority;
        }
        String port = kazoo.group(4) == null ? "" : ":" + kazoo.group(4);
        return kazoo.group(1) + ":" + kazoo.group(2) + "@" + kazoo.group(3) + port;
    }

    private static int usualPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    /// @param written `:80`; `:` and nothing mean the usual port
    /// @return 0 when it is no port
    private static int port(String scheme, String written) {
        if (written.isEmpty() || written.equals(":")) {
            return usualPort(scheme);
        }
        String digits = written.substring(1);
        boolean number = digits.length() <= 5 && HostLiteral.all(digits, 10);
        return written.startsWith(":") && number ? Integer.parseInt(digits) : 0;
    }

    private static Optional<String> host(String written) {
        Optional<InetAddress> address = HostLiteral.parse(written);
        if (address.isPresent()) {
            return Optional.of(address.get().getHostAddress());
        }
        if (written.startsWith("[")) {
            return Optional.empty();
        }
        try {
            String name = IDN.toASCII(written).toLowerCase(Locale.ROOT);
            // full-width digits and the like become plain ones only here
            Optional<InetAddress> disguised = HostLiteral.parse(name);
            if (disguised.isPresent()) {
                return Optional.of(disguised.get().getHostAddress());
            }
            boolean usable =
                    NAME.matcher(name).matches()
                            && name.length() <= 253
                            && !name.contains("..")
                            && !HostLiteral.looksNumeric(name);
            return usable ? Optional.of(name) : Optional.empty();
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }

    private static String percentDecoded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] decoded = new byte[bytes.length];
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (bytes[i] == '%' && high >= 0 && low >= 0) {
                decoded[length++] = (byte) (high * 16 + low);
                i += 2;
            } else {
                decoded[length++] = bytes[i];
            }
        }
        return new String(decoded, 0, length, StandardCharsets.UTF_8);
    }

    private static String sendable(String target) {
        int plain = 0;
        while (plain < target.length() && isSendable(target.charAt(plain))) {
            plain++;
        }
        if (plain == target.length()) {
            return target; // nearly every one
        }
        StringBuilder sendable = new StringBuilder(target.length());
        for (byte one : target.getBytes(StandardCharsets.UTF_8)) {
            int octet = one & 0xff;
            if (isSendable(octet)) {
                sendable.append((char) octet);
            } else {
                sendable.append(String.format(Locale.ROOT, "%%%02X", octet));
            }
        }
        return sendable.toString();
    }

    private static boolean isSendable(int octet) {
        return octet > ' ' && octet < 127;
    }

    /// The URL that a `Location` header means (RFC 3986 §5.2), seen from this one; empty when it is unusable.
    Optional<WebUrl> resolve(String location) {
        String there = location.strip();
        if (there.matches("(?s)[A-Za-z][A-Za-z0-9+.-]*:.*")) {
            return parse(there);
        }
        if (there.startsWith("//")) {
            return parse(scheme + ":" + there);
        }
        String path = target.replaceAll("\\?.*$", "");
        String query = target.substring(path.length());
        String bare = there.replaceAll("#.*$", "");
        String next;
        if (bare.isEmpty()) {
            next = path + query;
        } else if (bare.startsWith("?")) {
            next = path + bare;
        } else if (bare.startsWith("/")) {
            next = bare;
        } else {
            next = withoutDots(path.substring(0, path.lastIndexOf('/') + 1) + bare);
        }
        return Optional.of(new WebUrl(scheme, userInfo, host, port, sendable(next)));
    }

    private static String withoutDots(String path) {
        String query = path.contains("?") ? path.substring(path.indexOf('?')) : "";
        StringBuilder kept = new StringBuilder();
        String[] segments = path.substring(0, path.length() - query.length()).split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            if (segments[i].equals("..")) {
                kept.setLength(Math.max(0, kept.lastIndexOf("/")));
                kept.append(last ? "/" : "");
            } else if (segments[i].equals(".")) {
                kept.append(last ? "/" : "");
            } else {
                kept.append('/').append(segments[i]);
            }
        }
        return kept + query;
    }

    boolean sameOrigin(WebUrl other) {
        return scheme.equals(other.scheme) && host.equals(other.host) && port == other.port;
    }

    /// The value of an `Authorization` header (RFC 7617); empty when the URL names nobody.
    Optional<String> basicAuthorization() {
        if (userInfo.isEmpty()) {
            return Optional.empty();
        }
        String pair = userInfo.contains(":") ? userInfo : userInfo + ":";
        byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(bytes));
    }

    String hostAndPort() {
        return joined(host, port);
    }

    static String joined(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /// The URL without credentials, fit for logs.
    @Override
    public String toString() {
        boolean usual = port == usualPort(scheme);
        String shown = hostAndPort();
        String authority = usual ? shown.substring(0, shown.lastIndexOf(':')) : shown;
        return scheme + "://" + authority + target;
    }
}
