package fulcrum.sip;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The fields of a challenge or of credentials with the scheme `Digest` (RFC 7616 §3.3, §3.4): names in small
/// letters, values without quotes.
public record DigestFields(Map<String, String> fields) {
    public DigestFields {
        fields = Map.copyOf(fields);
    }

    /// Reads a header's value; empty when its scheme is another one or its fields cannot be read.
    public static Optional<DigestFields> parse(String header) {
        var text = header.strip();
        if (!text.regionMatches(true, 0, "Digest", 0, 6)
                || text.length() < 8
                || text.charAt(6) > ' ') {
            return Optional.empty();
        }
        var fields = new LinkedHashMap<String, String>();
        var at = 7;
        while (at < text.length()) {
            at = readField(text, at, fields);
            if (at < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(new DigestFields(fields));
    }

    /// The field's value, empty when absent.
    public String field(String name) {
        return fields.getOrDefault(name, "");
    }

    /// The `username` field.
    public String username() {
        return field("username");
    }

    /// The `realm` field.
    public String realm() {
        return field("realm");
    }

    /// The `nonce` field.
    public String nonce() {
        return field("nonce");
    }

    /// The nonce count; 1 when there is none, as with clients from before RFC 2617, so that their nonce serves once;
    /// -1 when it is not hexadecimal.
    public long nonceCount() {
        var digits = field("nc");
        if (digits.isEmpty()) {
            return 1;
        }
        try {
            return digits.length() > 8 ? -1 : Long.parseLong(digits, 16);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /// One field as text, quoted, with quotes and backslashes in it escaped.
    static String quoted(String name, String value) {
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static int readField(String text, int from, Map<String, String> fields) {
        var start = from;
        while (start < text.length() && (text.charAt(start) <= ' ' || text.charAt(start) == ',')) {
            start++;
        }
        if (start == text.length()) {
            return start;
        }
        var equals = text.indexOf('=', start);
        if (equals < 0) {
            return -1;
        }
        var name = text.substring(start, equals).strip().toLowerCase(Locale.ROOT);
        var at = equals + 1;
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '"') {
            return readQuoted(text, at + 1, name, fields);
        }
        var comma = text.indexOf(',', at);
        var end = comma < 0 ? text.length() : comma;
        fields.put(name, text.substring(at, end).strip());
        return end;
    }

    private static int readQuoted(String text, int from, String name, Map<String, String> fields) {
        var value = new StringBuilder();
        var at = from;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at++));
        }
        if (at >= text.length()) {
            return -1;
        }
        fields.put(name, value.toString());
        return at + 1;
    }
}
