package fulcrum.flow;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Formats and regular expressions of schemas.
final class Formats {
    private static final Pattern EMAIL = Pattern.compile("^[^@\\s]+@[^@\\s]+$");
    private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

    private Formats() {}

    /// A schema's regular expression (PCRE; only POSIX classes differ from Java's). Only for our own schemas: the
    /// compiled ones are kept.
    static Pattern pattern(String pcre) {
        return COMPILED.computeIfAbsent(
                pcre, text -> Pattern.compile(text.replace("[:alnum:]", "\\p{Alnum}")));
    }

    /// Whether a text has a format; formats that schemas do not use hold for every text.
    static boolean holds(String format, String text) {
        return switch (format) {
            case "email" -> EMAIL.matcher(text).matches();
            case "uri" -> isUri(text);
            case "regex" -> isRegex(text);
            default -> true;
        };
    }

    static boolean isRegex(String text) {
        try {
            Pattern.compile(text);
            return true;
        } catch (PatternSyntaxException invalid) {
            return false;
        }
    }

    private static boolean isUri(String text) {
        try {
            new URI(text);
            return true;
        } catch (URISyntaxException invalid) {
            return false;
        }
    }
}
