package fulcrum.sip;

/// Reads and writes `host[:port]`, the form that URIs and Via share (RFC 3261 §25.1; RFC 5954 for IPv6).
final class HostPort {
    private HostPort() {}

    /// The host at the cursor: a name, an IPv4 address, or an IPv6 address, of which the brackets are taken off.
    static String host(Text text) {
        if (text.takes('[')) {
            var address = text.until(']');
            text.expect(']');
            // The grammar of RFC 3261 had one colon too many before an embedded IPv4 address (RFC
            // 5118 §4.10).
            var mended = address.indexOf('.') > 0 ? address.replace(":::", "::") : address;
            if (!isIpv6(mended)) {
                throw text.bad("bad IPv6 address");
            }
            return mended;
        }
        var name = text.upTo(":;?, \t>");
        for (var i = 0; i < name.length(); i++) {
            var c = name.charAt(i);
            if (!Text.isLetter(c) && !Text.isDigit(c) && "-._".indexOf(c) < 0) {
                throw text.bad("bad host");
            }
        }
        if (name.isEmpty()) {
            throw text.bad("no host");
        }
        if (isNumeric(name) && !isIpv4(name)) {
            throw text.bad("bad IPv4 address");
        }
        return name;
    }

    /// The port behind a colon, 1 to 65535; 0 when there is no colon.
    static int port(Text text) {
        if (!text.takes(':')) {
            return 0;
        }
        text.skipSpace();
        var port = (int) text.number(65535);
        if (port == 0) {
            throw text.bad("port 0");
        }
        return port;
    }

    /// True for an IPv6 address without brackets and zone (RFC 4291 §2.2).
    static boolean isIpv6(String address) {
        var gap = address.indexOf("::");
        if (gap >= 0 && address.indexOf("::", gap + 1) >= 0) {
            return false;
        }
        if (gap < 0) {
            return groups(address, true) == 8;
        }
        var left = groups(address.substring(0, gap), false);
        var right = groups(address.substring(gap + 2), true);
        return left >= 0 && right >= 0 && left + right < 8;
    }

    /// How many groups of 16 bits are written here; -1 when one of them is none.
    ///
    /// @param isLast true at the end of the address, where an IPv4 address may stand for two groups
    private static int groups(String text, boolean isLast) {
        if (text.isEmpty()) {
            return 0;
        }
        var count = 0;
        var at = 0;
        while (at <= text.length()) {
            var colon = text.indexOf(':', at);
            var end = colon < 0 ? text.length() : colon;
            var group = text.substring(at, end);
            if (isLast && colon < 0 && isIpv4(group)) {
                return count + 2;
            }
            if (!isGroup(group)) {
                return -1;
            }
            count++;
            at = end + 1;
        }
        return count;
    }

    private static boolean isGroup(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i) | 0x20;
            if (!Text.isDigit(text.charAt(i)) && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= 4;
    }

    /// True for four numbers of at most 255 between dots.
    static boolean isIpv4(String text) {
        var dots = 0;
        var digits = 0;
        var number = 0;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '.' && digits > 0) {
                dots++;
                digits = 0;
                number = 0;
            } else if (Text.isDigit(c) && digits < 3) {
                digits++;
                number = number * 10 + (c - '0');
            } else {
                return false;
            }
            if (number > 255) {
                return false;
            }
        }
        return dots == 3 && digits > 0;
    }

    /// A host of digits and dots alone can only be an address: the last label of a name begins with a letter.
    private static boolean isNumeric(String host) {
        for (var i = 0; i < host.length(); i++) {
            if (!Text.isDigit(host.charAt(i)) && host.charAt(i) != '.') {
                return false;
            }
        }
        return true;
    }

    static void append(StringBuilder text, String host, int port) {
        if (host.indexOf(':') >= 0) {
            text.append('[').append(host).append(']');
        } else {
            text.append(host);
        }
        if (port > 0) {
            text.append(':').append(port);
        }
    }
}
