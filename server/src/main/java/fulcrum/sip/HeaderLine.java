package fulcrum.sip;

import java.nio.charset.StandardCharsets;

/// One header line, folds included, as a piece of the array it was read from. Nothing is decoded until asked for.
final class HeaderLine {
    private static final byte[] NONE = {};

    private final byte[] bytes;
    private final int start;
    private final int nameEnd;
    private final int valueStart;
    private final int end;

    /// @param end after the last byte of the value, before its CRLF
    HeaderLine(byte[] bytes, int start, int nameEnd, int valueStart, int end) {
        this.bytes = bytes;
        this.start = start;
        this.nameEnd = nameEnd;
        this.valueStart = valueStart;
        this.end = end;
    }

    /// A line of our own. Line ends and NUL in the value become spaces, so that no value can smuggle in a header.
    static HeaderLine of(String name, String value) {
        if (!Text.isToken(name)) {
            throw new IllegalArgumentException("not a header name: " + name);
        }
        var bytes = plain(name, value);
        if (bytes.length == 0) {
            var clean = value.replace('\r', ' ').replace('\n', ' ').replace('\0', ' ').strip();
            bytes = (name + ": " + clean).getBytes(StandardCharsets.UTF_8);
        }
        return new HeaderLine(bytes, 0, name.length(), name.length() + 2, bytes.length);
    }

    /// The bytes of a line without anything to clean or to encode, as nearly all are; none for any other.
    private static byte[] plain(String name, String value) {
        var nameLength = name.length();
        var bytes = new byte[nameLength + 2 + value.length()];
        for (var i = 0; i < nameLength; i++) {
            bytes[i] = (byte) name.charAt(i);
        }
        bytes[nameLength] = ':';
        bytes[nameLength + 1] = ' ';
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            var isEdge = i == 0 || i == value.length() - 1;
            if (c < ' ' || c > '~' || (c == ' ' && isEdge)) {
                return NONE;
            }
            bytes[nameLength + 2 + i] = (byte) c;
        }
        return bytes;
    }

    /// True when this is the line of that header, by its long or compact name in any case.
    boolean isNamed(String longName) {
        var length = nameEnd - start;
        if (length == 1) {
            var own = String.valueOf((char) (bytes[start] & 0xff));
            return HeaderNames.longName(own.charAt(0), own).equalsIgnoreCase(longName);
        }
        if (length != longName.length()) {
            return false;
        }
        for (var i = 0; i < length; i++) {
            if (!isSameLetter(bytes[start + i], longName.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// Names are tokens: where two characters differ in this bit only, both being letters, they are one letter.
    private static boolean isSameLetter(byte own, char wanted) {
        return own == wanted
                || ((own | 0x20) == (wanted | 0x20) && Text.isLetter((char) (own & 0xff)));
    }

    /// The name as written.
    String name() {
        return new String(bytes, start, nameEnd - start, StandardCharsets.US_ASCII);
    }

    /// The value: UTF-8, trimmed, each fold as one space (RFC 3261 §7.3.1).
    String value() {
        var from = valueStart;
        var to = end;
        while (from < to && isBlank(bytes[from])) {
            from++;
        }
        while (to > from && isBlank(bytes[to - 1])) {
            to--;
        }
        var text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        return text.indexOf('\n') < 0 ? text : unfolded(text);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    private static String unfolded(String text) {
        var flat = new StringBuilder(text.length());
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c != '\r' && c != '\n') {
                flat.append(c);
                continue;
            }
            while (!flat.isEmpty() && Text.isSpace(flat.charAt(flat.length() - 1))) {
                flat.setLength(flat.length() - 1);
            }
            while (i + 1 < text.length() && isBlank((byte) text.charAt(i + 1))) {
                i++;
            }
            flat.append(' ');
        }
        return flat.toString();
    }

    int length() {
        return end - start;
    }

    /// Writes the line into an array and returns the index after it.
    int writeTo(byte[] out, int at) {
        System.arraycopy(bytes, start, out, at, end - start);
        return at + end - start;
    }
}
