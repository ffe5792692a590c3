package fulcrum.sip;

/// What every message must have and keep to before anybody acts on it (RFC 3261 §8.1.1, §16.3). Where RFC 4475 leaves
/// a choice we refuse: a sender hears of its mistake, and nobody downstream has to guess what was meant.
final class MessageRules {
    private static final String[] SINGLE = {
        "From",
        "To",
        "Call-ID",
        "CSeq",
        "Max-Forwards",
        "Content-Type",
        "Expires",
        "Event",
        "Refer-To"
    };

    private MessageRules() {}

    /// @throws BadSip with 400, 406, 416 or 501
    static void check(SipRequest request) {
        checkHeaders(request);
        checkMethod(request);
        request.maxForwards();
        if (!request.uri().isSip()) {
            throw new BadSip(416, "Unsupported URI Scheme", 0);
        }
        if (!request.uri().headers().isEmpty()) {
            throw BadSip.badRequest("Headers in the Request-URI", 0);
        }
        if (request.topVia().branch().equalsIgnoreCase(RequestMaker.MAGIC_COOKIE)) {
            // Such branches of all clients of its kind would be one and the same transaction (RFC
            // 4475 §3.2.1).
            throw BadSip.badRequest("Bad Via: branch without identifier", 0);
        }
        request.routes();
        if (request.method().equals("REGISTER") && !request.to().uri().isSip()) {
            throw BadSip.badRequest("Bad To: an address of record is a SIP URI", 0);
        }
        if (request.method().equals("INVITE") && !acceptsDescriptions(request)) {
            throw new BadSip(406, "Not Acceptable", 0);
        }
    }

    /// An unknown method is answered before the mismatch is looked at, since its rules may differ (RFC 4475
    /// §3.1.2.18).
    private static void checkMethod(SipRequest request) {
        if (request.cseq().method().equals(request.method())) {
            return;
        }
        throw HeaderList.split(RequestMaker.ALLOW).contains(request.method())
                ? BadSip.badRequest("CSeq and request line name different methods", 0)
                : new BadSip(501, "Not Implemented", 0);
    }

    /// A session is agreed in session descriptions, so who accepts none cannot be answered (RFC 3261 §20.1). An empty
    /// header, which would say that nothing at all is acceptable, is taken for none.
    private static boolean acceptsDescriptions(SipRequest request) {
        var ranges = request.headers("Accept");
        for (var range : ranges) {
            switch (Content.bare(range)) {
                case SessionDescription.CONTENT_TYPE, "application/*", "*/*" -> {
                    return true;
                }
                default -> {}
            }
        }
        return ranges.isEmpty();
    }

    /// @throws BadSip of which the status has no meaning
    static void check(SipResponse response) {
        checkHeaders(response);
    }

    private static void checkHeaders(SipMessage message) {
        for (var name : SINGLE) {
            if (message.count(name) > 1) {
                throw BadSip.badRequest("More than one " + name, 0);
            }
        }
        if (message.vias().isEmpty()) {
            throw BadSip.badRequest("Missing Via", 0);
        }
        message.topVia().rport();
        refuseStar(message.from(), "From");
        refuseStar(message.to(), "To");
        message.callId();
        message.cseq();
        message.contacts();
        message.recordRoutes();
    }

    private static void refuseStar(NameAddress address, String name) {
        if (address.isStar()) {
            throw BadSip.badRequest("Bad " + name, 0);
        }
    }
}
