package fulcrum.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/// Reads a URL's host as an IP address in every spelling that some resolver or browser understands: dotted with one to
/// four parts, each decimal, octal (`0177`) or hexadecimal (`0x7f`), and IPv6 in brackets, also with an IPv4 tail.
final class HostLiteral {
    private HostLiteral() {}

    /// @param host as written in the URL, IPv6 with its brackets
    /// @return empty when it is a name
    static Optional<InetAddress> parse(String host) {
        if (host.startsWith("[") && host.endsWith("]")) {
            return sixth(host.substring(1, host.length() - 1));
        }
        String dotted = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        String[] parts = dotted.split("\\.", -1);
        if (parts.length > 4) {
            return Optional.empty();
        }
        long value = 0;
        for (int i = 0; i < parts.length; i++) {
            long part = number(parts[i]);
            boolean last = i == parts.length - 1;
            int octets = last ? 4 - i : 1;
            if (part < 0 || part >= 1L << (8 * octets)) {
                return Optional.empty();
            }
            value = (value << (8 * octets)) | part;
        }
        return Optional.of(
                address(
                        new byte[] {
                            (byte) (value >> 24),
                            (byte) (value >> 16),
                            (byte) (value >> 8),
                            (byte) value
                        }));
    }

    /// Whether the last label is a number: such a host is an IP address or nothing (WHATWG URL, "ends in a number").
    static boolean looksNumeric(String host) {
        String dotted = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        String last = dotted.substring(dotted.lastIndexOf('.') + 1);
        boolean hexadecimal = isHexadecimal(last);
        String digits = hexadecimal ? last.substring(2) : last;
        return (hexadecimal || !digits.isEmpty()) && all(digits, hexadecimal ? 16 : 10);
    }

    private static boolean isHexadecimal(String part) {
        return part.startsWith("0x") || part.startsWith("0X");
    }

    /// Whether there are only ASCII digits of a radix.
    static boolean all(String digits, int radix) {
        for (int i = 0; i < digits.length(); i++) {
            if (digit(digits.charAt(i), radix) < 0) {
                return false;
            }
        }
        return true;
    }

    /// @return -1 when it is no number below 2^32
    private static long number(String part) {
        boolean hexadecimal = isHexadecimal(part);
        boolean octal = part.length() > 1 && part.startsWith("0");
        int radix = hexadecimal ? 16 : octal ? 8 : 10;
        long number = part.isEmpty() ? -1 : 0;
        for (int i = hexadecimal ? 2 : 0; i < part.length() && number >= 0; i++) {
            int digit = digit(part.charAt(i), radix);
            number = digit < 0 ? -1 : number * radix + digit;
            number = number < 1L << 32 ? number : -1;
        }
        return number;
    }

    private static int digit(char letter, int radix) {
        return letter < 128 ? Character.digit(letter, radix) : -1; // other scripts have digits, too
    }

    private static Optional<InetAddress> sixth(String text) {
        if (!text.contains(":") || !all(text.replace(":", "").replace(".", ""), 16)) {
            return Optional.empty();
        }
        try {
            // a text with a colon is an address or an error, never looked up
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException("not 4 or 16 octets", impossible);
        }
    }
}
