package fulcrum.sip;

/// Reads the Reason header (RFC 3326 §2).
final class Reasons {
    private Reasons() {}

    /// The whole header as one text; empty for none.
    static String text(SipMessage message) {
        var values = message.headers("Reason");
        return values.isEmpty() ? "" : String.join(", ", values);
    }

    /// The cause of the first value of the protocol `Q.850`, 1 to 127; 0 when there is none.
    static int q850(SipMessage message) {
        for (var value : message.headers("Reason")) {
            var cause = cause(value);
            if (cause > 0) {
                return cause;
            }
        }
        return 0;
    }

    private static int cause(String value) {
        var text = new Text("Reason", value);
        try {
            if (!text.skipSpace().token().equalsIgnoreCase("Q.850")) {
                return 0;
            }
            var cause = new Text("Reason", Parameters.ofHeader(text).value("cause").orElse("0"));
            return (int) cause.number(127);
        } catch (BadSip unreadable) {
            // A call must not go on because the reason for its end cannot be read.
            return 0;
        }
    }
}
