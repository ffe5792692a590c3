package fulcrum.exchange;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// Reads a key out of a SIP INFO, as phones send them: `application/dtmf-relay` with `Signal=` and `Duration=` lines,
/// or `application/dtmf` with the key alone. There is no RFC for either.
public final class InfoKeys {
    private static final Duration USUAL = Duration.ofMillis(100);
    private static final String KEYS = "0123456789*#ABCD";

    /// A key and how long it was held.
    public record Key(char digit, Duration length) {}

    private InfoKeys() {}

    /// @param contentType in small letters without parameters
    public static Optional<Key> read(String contentType, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        return switch (contentType) {
            case "application/dtmf" -> digit(text).map(key -> new Key(key, USUAL));
            case "application/dtmf-relay" ->
                    value(text, "signal")
                            .flatMap(InfoKeys::digit)
                            .map(key -> new Key(key, length(text)));
            default -> Optional.empty();
        };
    }

    /// The body of an INFO that sends a key, as `application/dtmf-relay`.
    public static byte[] body(char key, Duration length) {
        return ("Signal=" + key + "\r\nDuration=" + length.toMillis() + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Duration length(String text) {
        return value(text, "duration")
                .filter(millis -> millis.matches("\\d{1,5}"))
                .map(millis -> Duration.ofMillis(Long.parseLong(millis)))
                .orElse(USUAL);
    }

    private static Optional<String> value(String text, String name) {
        return text.lines()
                .map(line -> line.split("=", 2))
                .filter(parts -> parts.length == 2)
                .filter(parts -> parts[0].strip().equalsIgnoreCase(name))
                .map(parts -> parts[1].strip())
                .findFirst();
    }

    /// Some phones write the event's number (RFC 4733 §3.2) instead of the key.
    private static Optional<Character> digit(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        if (upper.length() == 1 && KEYS.contains(upper)) {
            return Optional.of(upper.charAt(0));
        }
        if (upper.matches("1[0-5]")) {
            return Optional.of(KEYS.charAt(Integer.parseInt(upper)));
        }
        return Optional.empty();
    }
}
