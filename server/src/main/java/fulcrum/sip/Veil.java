package fulcrum.sip;

import java.util.regex.Pattern;

/// A message as a log may show it: without the keys of the sound (RFC 4568 §7.1.4 wants them kept secret).
final class Veil {
    private static final Pattern KEY = Pattern.compile("(?i)(inline:)[^\\s|]+");

    private final SipMessage message;

    Veil(SipMessage message) {
        this.message = message;
    }

    @Override
    public String toString() {
        return KEY.matcher(message.toString()).replaceAll("$1(hidden)");
    }
}
