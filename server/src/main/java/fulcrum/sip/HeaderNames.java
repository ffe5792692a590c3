package fulcrum.sip;

/// What is known of header names: their compact forms and which of them hold lists.
final class HeaderNames {
    /// Headers whose value is a list split at commas; any other keeps its commas.
    private static final String[] LISTS = {
        "via",
        "route",
        "record-route",
        "contact",
        "allow",
        "supported",
        "unsupported",
        "require",
        "proxy-require",
        "accept",
        "accept-encoding",
        "accept-language",
        "allow-events",
        "alert-info",
        "call-info",
        "content-encoding",
        "content-language",
        "error-info",
        "in-reply-to",
        "path",
        "service-route",
        "reason",
        "warning",
        "history-info",
        "diversion",
        "p-asserted-identity",
        "p-preferred-identity",
        "p-associated-uri"
    };

    private HeaderNames() {}

    /// The long name of a compact form (RFC 3261 §7.3.3 and the IANA table); the name itself when it is none.
    static String longName(String name) {
        return name.length() == 1 ? longName(name.charAt(0), name) : name;
    }

    static String longName(char compact, String otherwise) {
        return switch (compact | 0x20) {
            case 'a' -> "Accept-Contact";
            case 'b' -> "Referred-By";
            case 'c' -> "Content-Type";
            case 'd' -> "Request-Disposition";
            case 'e' -> "Content-Encoding";
            case 'f' -> "From";
            case 'i' -> "Call-ID";
            case 'j' -> "Reject-Contact";
            case 'k' -> "Supported";
            case 'l' -> "Content-Length";
            case 'm' -> "Contact";
            case 'n' -> "Identity-Info";
            case 'o' -> "Event";
            case 'r' -> "Refer-To";
            case 's' -> "Subject";
            case 't' -> "To";
            case 'u' -> "Allow-Events";
            case 'v' -> "Via";
            case 'x' -> "Session-Expires";
            case 'y' -> "Identity";
            default -> otherwise;
        };
    }

    static boolean isList(String longName) {
        for (var list : LISTS) {
            if (list.length() == longName.length() && list.equalsIgnoreCase(longName)) {
                return true;
            }
        }
        return false;
    }
}
