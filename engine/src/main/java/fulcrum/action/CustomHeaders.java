package fulcrum.action;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Which SIP headers documents and nodes may put into an INVITE, towards phones and carriers alike (resources.md §0.7).
public final class CustomHeaders {
    /// A single letter is another header's compact form (RFC 3261 §7.3.3).
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{2,64}");

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    /// What makes the INVITE what it is, or hides who calls.
    private static final Set<String> OURS =
            Set.of(
                    "via",
                    "from",
                    "to",
                    "call-id",
                    "cseq",
                    "contact",
                    "max-forwards",
                    "route",
                    "record-route",
                    "require",
                    "proxy-require",
                    "supported",
                    "allow",
                    "authorization",
                    "proxy-authorization",
                    "content-type",
                    "content-length",
                    "content-encoding",
                    "session-expires",
                    "min-se",
                    "privacy",
                    "replaces");

    private CustomHeaders() {}

    /// Whether it is the name of a header, and of none that is ours.
    public static boolean mayBeSet(String name) {
        return NAME.matcher(name).matches() && !OURS.contains(name.toLowerCase(Locale.ROOT));
    }

    /// A value that fits into a header line: a line break in it would begin another header.
    public static String line(String value) {
        return CONTROL.matcher(value).replaceAll(" ").strip();
    }
}
