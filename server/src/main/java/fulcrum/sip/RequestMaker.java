package fulcrum.sip;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Makes the requests and identifiers that need no dialog. Cheap random numbers are enough for identifiers: they
/// must be unlikely to repeat, and nothing secret rests on them.
final class RequestMaker {
    /// How every branch after RFC 2543 begins.
    static final String MAGIC_COOKIE = "z9hG4bK";

    /// Every method that we serve, as the Allow header says it.
    static final String ALLOW =
            "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK, REFER, NOTIFY, MESSAGE, "
                    + "REGISTER, SUBSCRIBE";

    /// Every method that we serve inside the dialog of a call.
    static final String ALLOW_INSIDE =
            "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK, REFER, NOTIFY";

    /// Every extension that we understand.
    static final String SUPPORTED = "100rel, timer, replaces";

    /// What we support in requests inside a dialog: without 100rel, so that nobody waits for a PRACK there.
    static final String SUPPORTED_INSIDE = "timer, replaces";

    private static final byte[] DIGITS =
            "0123456789abcdefghijklmnopqrstuv".getBytes(StandardCharsets.US_ASCII);

    private RequestMaker() {}

    /// A new token of 13 letters and digits.
    static String token(LongSupplier random) {
        return token(random.getAsLong());
    }

    /// The 13 letters and digits that stand for this number.
    static String token(long number) {
        var digits = new byte[13];
        var rest = number;
        for (var i = 0; i < digits.length; i++) {
            digits[i] = DIGITS[(int) (rest & 31)];
            rest >>>= 5;
        }
        return new String(digits, StandardCharsets.ISO_8859_1);
    }

    static String branch(LongSupplier random) {
        return MAGIC_COOKIE + token(random);
    }

    /// The protocol as the `transport` parameter of a URI says it (RFC 3261 §19.1.1).
    static String transport(Protocol protocol) {
        return protocol.name().toLowerCase(Locale.ROOT);
    }

    /// The protocol that a URI wants; empty when it says none, or one that we do not know. `sips` is TLS also where the
    /// parameter says `tcp` (RFC 3261 §26.2.2).
    static Optional<Protocol> protocol(SipUri uri) {
        var wanted = uri.parameter("transport").orElse("");
        if (uri.isSecure()) {
            var isStream = wanted.isEmpty() || wanted.equalsIgnoreCase("tcp");
            return isStream || wanted.equalsIgnoreCase("tls")
                    ? Optional.of(Protocol.TLS)
                    : Optional.empty();
        }
        for (var protocol : Protocol.values()) {
            if (protocol.name().equalsIgnoreCase(wanted)) {
                return Optional.of(protocol);
            }
        }
        return Optional.empty();
    }

    /// The ACK to a refusal of an INVITE: same branch, same route, To of the response (RFC 3261 §17.1.1.3).
    static SipRequest ackOfRefusal(SipRequest invite, SipResponse response) {
        return sibling(invite, "ACK").with("To", response.to().toString());
    }

    /// The CANCEL of an INVITE (RFC 3261 §9.1).
    static SipRequest cancel(SipRequest invite, String reasonHeader) {
        var cancel = sibling(invite, "CANCEL").with("To", invite.to().toString());
        return reasonHeader.isEmpty() ? cancel : cancel.with("Reason", reasonHeader);
    }

    private static SipRequest sibling(SipRequest invite, String method) {
        var request =
                SipRequest.of(method, invite.uri())
                        .with("Via", invite.topVia().toString())
                        .with("Max-Forwards", "70")
                        .with("From", invite.from().toString())
                        .with("Call-ID", invite.callId())
                        .with("CSeq", invite.cseq().number() + " " + method);
        for (var route : invite.routes()) {
            request = request.plus("Route", route.toString());
        }
        return request;
    }
}
