package fulcrum.sip;

/// Makes messages of bytes. What a message must have to be acted on is checked here once: the start line, one each of
/// the mandatory headers, and the form of those that route it. All else stays bytes until somebody asks.
///
/// Left to the core, since a well-formed message may have them: unknown methods (405/501), unknown extensions in
/// Require (420), unknown body types (415).
public final class SipParser {
    private static final String VERSION = "SIP/2.0";

    private SipParser() {}

    /// Reads one message. The array is kept and must not be changed afterwards.
    ///
    /// @param length how much of the array is the message, up to 65 536
    /// @throws BadSip with 400, 406, 416, 501, 505 or 513; for a response the status has no meaning
    public static SipMessage parse(byte[] bytes, int length) {
        return parse(RawMessage.cut(bytes, length));
    }

    static SipMessage parse(RawMessage raw) {
        return isResponse(raw) ? response(raw) : request(raw);
    }

    static boolean isResponse(RawMessage raw) {
        return raw.startLine().regionMatches(true, 0, "SIP/", 0, 4);
    }

    private static SipResponse response(RawMessage raw) {
        var line = raw.startLine();
        if (!line.regionMatches(true, 0, VERSION + ' ', 0, VERSION.length() + 1)) {
            throw new BadSip(505, "Version Not Supported", 0);
        }
        var text = new Text("status line", line);
        text.moveTo(VERSION.length() + 1);
        var status = (int) text.number(699);
        if (status < 100 || text.at() != VERSION.length() + 4) {
            throw text.bad("status out of range");
        }
        // The space before an empty phrase is often missing.
        var reason = text.isAtEnd() ? "" : line.substring(text.at());
        if (!reason.isEmpty() && reason.charAt(0) != ' ') {
            throw text.bad("expected a space");
        }
        var response = new SipResponse(status, reason.strip(), raw.lines(), raw.body());
        MessageRules.check(response);
        return response;
    }

    private static SipRequest request(RawMessage raw) {
        var line = raw.startLine();
        var first = line.indexOf(' ');
        var last = line.lastIndexOf(' ');
        if (first <= 0 || last == first) {
            throw BadSip.badRequest("Bad request line", 0);
        }
        var method = line.substring(0, first);
        var uri = line.substring(first + 1, last);
        var version = line.substring(last + 1);
        if (!Text.isToken(method)) {
            throw BadSip.badRequest("Bad method", 0);
        }
        if (!version.equalsIgnoreCase(VERSION)) {
            throw version.regionMatches(true, 0, "SIP/", 0, 4)
                    ? new BadSip(505, "Version Not Supported", last + 1)
                    : BadSip.badRequest("Bad request line", last + 1);
        }
        if (uri.indexOf(' ') >= 0) {
            throw BadSip.badRequest("Bad request line", first + 1);
        }
        var request = new SipRequest(method, uri, raw.lines(), raw.body());
        MessageRules.check(request);
        return request;
    }
}
