package fulcrum.sip;

import org.jspecify.annotations.Nullable;

/// A request (RFC 3261 §7.1).
public final class SipRequest extends SipMessage {
    private static final HeaderLine[] NO_LINES = {};

    private final String method;
    private final String requestUri;
    private @Nullable SipUri uri;

    SipRequest(String method, String requestUri, HeaderLine[] lines, Body body) {
        super(lines, body);
        this.method = method;
        this.requestUri = requestUri;
    }

    /// A request without any header.
    ///
    /// @param method in upper case, as in RFC 3261 §7.1
    public static SipRequest of(String method, SipUri uri) {
        return new SipRequest(method, uri.toString(), NO_LINES, Body.NONE);
    }

    /// The method in its own case; methods are compared with case.
    public String method() {
        return method;
    }

    /// The Request-URI; a received one is `sip` or `sips`, as others are refused with 416 before they get here.
    public SipUri uri() {
        var known = uri;
        if (known == null) {
            known = SipUri.parse(requestUri);
            uri = known;
        }
        return known;
    }

    /// The Request-URI letter for letter.
    public String requestUri() {
        return requestUri;
    }

    /// A copy to another address.
    public SipRequest withUri(SipUri newUri) {
        return new SipRequest(method, newUri.toString(), lines(), bodyPart());
    }

    /// A copy in which this is the only value of that header, in the place of the first old one or at the end.
    public SipRequest with(String name, String value) {
        return (SipRequest) replaced(name, value);
    }

    /// A copy with one more line of that header, after all others.
    public SipRequest plus(String name, String value) {
        return (SipRequest) appended(name, value);
    }

    /// A copy with one more line of that header, before all others.
    public SipRequest plusFirst(String name, String value) {
        return (SipRequest) prepended(name, value);
    }

    /// A copy without that header.
    public SipRequest without(String name) {
        return (SipRequest) removed(name);
    }

    /// A copy with this body; an empty one takes the Content-Type away.
    public SipRequest withBody(String contentType, byte[] body) {
        return (SipRequest) carrying(contentType, body);
    }

    /// A copy with this Via on top in place of the old top one.
    public SipRequest withTopVia(Via via) {
        return (SipRequest) rerouted(via);
    }

    @Override
    SipRequest copy(HeaderLine[] newLines, Body newBody) {
        var copy = new SipRequest(method, requestUri, newLines, newBody);
        copy.uri = uri;
        return copy;
    }

    @Override
    String startLine() {
        return method + ' ' + requestUri + " SIP/2.0";
    }
}
