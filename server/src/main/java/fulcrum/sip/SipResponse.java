package fulcrum.sip;

import java.util.ArrayList;

/// A response (RFC 3261 §7.2).
public final class SipResponse extends SipMessage {
    private final int status;
    private final String reason;

    SipResponse(int status, String reason, HeaderLine[] lines, Body body) {
        super(lines, body);
        this.status = status;
        this.reason = reason;
    }

    /// A response to a request, with what RFC 3261 §8.2.6.2 has copied: Via, From, To, Call-ID and CSeq; also
    /// Timestamp for a 100 (§8.2.6.1), and Record-Route for a provisional or successful one (§12.1.1). A tag is not
    /// added to To; the transaction user does that.
    ///
    /// @param status 100 to 699
    public static SipResponse to(SipRequest request, int status, String reason) {
        var kept = new ArrayList<HeaderLine>(8);
        for (var line : request.lines()) {
            if (isCopied(line, status)) {
                kept.add(line);
            }
        }
        var response =
                new SipResponse(status, clean(reason), kept.toArray(HeaderLine[]::new), Body.NONE);
        response.remember(request, "");
        return response;
    }

    private static boolean isCopied(HeaderLine line, int status) {
        return line.isNamed("Via")
                || line.isNamed("From")
                || line.isNamed("To")
                || line.isNamed("Call-ID")
                || line.isNamed("CSeq")
                || (status == 100 && line.isNamed("Timestamp"))
                || (status > 100 && status < 300 && line.isNamed("Record-Route"));
    }

    private static String clean(String reason) {
        return reason.replace('\r', ' ').replace('\n', ' ');
    }

    /// The status code, 100 to 699.
    public int status() {
        return status;
    }

    /// The reason phrase; may be empty.
    public String reason() {
        return reason;
    }

    /// True from 200 on.
    public boolean isFinal() {
        return status >= 200;
    }

    /// A copy in which this is the only value of that header, in the place of the first old one or at the end.
    public SipResponse with(String name, String value) {
        return (SipResponse) replaced(name, value);
    }

    /// A copy with one more line of that header, after all others.
    public SipResponse plus(String name, String value) {
        return (SipResponse) appended(name, value);
    }

    /// A copy with one more line of that header, before all others.
    public SipResponse plusFirst(String name, String value) {
        return (SipResponse) prepended(name, value);
    }

    /// A copy without that header.
    public SipResponse without(String name) {
        return (SipResponse) removed(name);
    }

    /// A copy with this body; an empty one takes the Content-Type away.
    public SipResponse withBody(String contentType, byte[] body) {
        return (SipResponse) carrying(contentType, body);
    }

    /// The same response without what was decoded of it, to be kept for a while.
    SipResponse bare() {
        return copy(lines(), bodyPart());
    }

    @Override
    SipResponse copy(HeaderLine[] newLines, Body newBody) {
        return new SipResponse(status, reason, newLines, newBody);
    }

    @Override
    String startLine() {
        return "SIP/2.0 " + status + ' ' + reason;
    }
}
