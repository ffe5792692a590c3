package fulcrum.sip;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Digest authentication's arithmetic for both sides (RFC 7616, RFC 8760, RFC 3261 §22). Holds no state; which
/// nonces are good is known by [Nonces]. Of the qualities of protection only `auth` is spoken: `auth-int` covers the
/// body alone, which proxies on the way may change.
public final class Digest {
    private Digest() {}

    /// The hash of user, realm and password that a server may keep in place of the password.
    public static String ha1(
            DigestAlgorithm algorithm, String username, String realm, String password) {
        return algorithm.hash(username + ':' + realm + ':' + password);
    }

    /// The response value that these fields must carry.
    ///
    /// @param ha1    see [#ha1]
    /// @param method of the request, in its own case
    public static String response(
            DigestAlgorithm algorithm, DigestFields fields, String ha1, String method) {
        var qop = fields.field("qop");
        var ha2 = algorithm.hash(method + ':' + fields.field("uri"));
        return algorithm.hash(
                qop.isEmpty()
                        ? ha1 + ':' + fields.nonce() + ':' + ha2
                        : String.join(
                                ":",
                                ha1,
                                fields.nonce(),
                                fields.field("nc"),
                                fields.field("cnonce"),
                                qop,
                                ha2));
    }

    /// True when the credentials prove the password for this very request: the response is right, and they were made
    /// for this request's address (compared without parameters, which some phones drop).
    public static boolean verify(SipRequest request, DigestFields credentials, String password) {
        var algorithm = DigestAlgorithm.named(credentials.field("algorithm"));
        if (algorithm.isEmpty()) {
            return false;
        }
        var ha1 = ha1(algorithm.get(), credentials.username(), credentials.realm(), password);
        return verifyHa1(request, credentials, algorithm.get(), ha1);
    }

    /// As [#verify], with the kept hash for the credentials' algorithm in place of the password.
    public static boolean verifyHa1(
            SipRequest request, DigestFields credentials, DigestAlgorithm algorithm, String ha1) {
        var wanted = response(algorithm, credentials, ha1, request.method());
        return isComplete(credentials)
                && isFor(credentials.field("uri"), request.requestUri())
                && MessageDigest.isEqual(
                        wanted.getBytes(StandardCharsets.US_ASCII),
                        credentials.field("response").getBytes(StandardCharsets.UTF_8));
    }

    /// With `qop` there must be a count and a nonce of the client's; without, the client is one from before RFC 2617,
    /// which had none of the three.
    private static boolean isComplete(DigestFields credentials) {
        var qop = credentials.field("qop");
        return qop.isEmpty()
                || (qop.equals("auth")
                        && !credentials.field("cnonce").isEmpty()
                        && !credentials.field("nc").isEmpty());
    }

    /// The credentials in a request for a realm of ours: those of `Authorization`, strongest algorithm first.
    public static Optional<DigestFields> credentials(SipRequest request, String realm) {
        Optional<DigestFields> best = Optional.empty();
        for (var header : request.headers("Authorization")) {
            var fields = DigestFields.parse(header).filter(found -> found.realm().equals(realm));
            if (fields.isPresent() && (best.isEmpty() || isSha256(fields.get()))) {
                best = fields;
            }
        }
        return best;
    }

    /// The values of the `WWW-Authenticate` headers of a 401, one for each algorithm, in that order (RFC 8760 §2.3).
    public static List<String> challenges(
            String realm, String nonce, boolean stale, List<DigestAlgorithm> algorithms) {
        var challenges = new ArrayList<String>();
        for (var algorithm : algorithms) {
            challenges.add(
                    "Digest "
                            + DigestFields.quoted("realm", realm)
                            + ", "
                            + DigestFields.quoted("nonce", nonce)
                            + (stale ? ", stale=true" : "")
                            + ", algorithm="
                            + algorithm.token()
                            + ", qop=\"auth\"");
        }
        return challenges;
    }

    /// The client's answer to a 401 or 407: the value for `Authorization` or `Proxy-Authorization`, made for the
    /// strongest algorithm that was offered and that we know; empty when there is none.
    ///
    /// @param nonceCount 1 for the first use of the nonce
    public static Optional<String> authorization(
            SipResponse challenge,
            SipRequest request,
            String username,
            String password,
            String cnonce,
            int nonceCount) {
        var name = challenge.status() == 407 ? "Proxy-Authenticate" : "WWW-Authenticate";
        Optional<DigestFields> best = Optional.empty();
        for (var header : challenge.headers(name)) {
            var fields = DigestFields.parse(header).filter(Digest::isUsable);
            if (fields.isPresent() && (best.isEmpty() || isSha256(fields.get()))) {
                best = fields;
            }
        }
        return best.map(
                fields -> authorize(fields, request, username, password, cnonce, nonceCount));
    }

    /// True when the server says that only the nonce was too old (RFC 7616 §3.3).
    public static boolean isStale(SipResponse challenge) {
        var name = challenge.status() == 407 ? "Proxy-Authenticate" : "WWW-Authenticate";
        for (var header : challenge.headers(name)) {
            var fields = DigestFields.parse(header);
            if (fields.isPresent() && fields.get().field("stale").equalsIgnoreCase("true")) {
                return true;
            }
        }
        return false;
    }

    private static String authorize(
            DigestFields challenge,
            SipRequest request,
            String username,
            String password,
            String cnonce,
            int nonceCount) {
        var algorithm = DigestAlgorithm.named(challenge.field("algorithm")).orElseThrow();
        var text = new StringBuilder("Digest ");
        text.append(DigestFields.quoted("username", username)).append(", ");
        text.append(DigestFields.quoted("realm", challenge.realm())).append(", ");
        text.append(DigestFields.quoted("nonce", challenge.nonce())).append(", ");
        text.append(DigestFields.quoted("uri", request.requestUri()));
        if (!challenge.field("algorithm").isEmpty()) {
            text.append(", algorithm=").append(algorithm.token());
        }
        if (!challenge.field("opaque").isEmpty()) {
            text.append(", ").append(DigestFields.quoted("opaque", challenge.field("opaque")));
        }
        if (!challenge.field("qop").isEmpty()) {
            var count = Integer.toHexString(nonceCount);
            text.append(", qop=auth, nc=").append("0".repeat(8 - count.length())).append(count);
            text.append(", ").append(DigestFields.quoted("cnonce", cnonce));
        }
        var fields = DigestFields.parse(text.toString()).orElseThrow();
        var ha1 = ha1(algorithm, username, challenge.realm(), password);
        var response = response(algorithm, fields, ha1, request.method());
        return text.append(", ").append(DigestFields.quoted("response", response)).toString();
    }

    private static boolean isUsable(DigestFields challenge) {
        if (DigestAlgorithm.named(challenge.field("algorithm")).isEmpty()) {
            return false;
        }
        var qop = challenge.field("qop");
        return qop.isEmpty() || List.of(qop.split("[ ,]+")).contains("auth");
    }

    private static boolean isSha256(DigestFields fields) {
        return fields.field("algorithm").equalsIgnoreCase(DigestAlgorithm.SHA_256.token());
    }

    private static boolean isFor(String said, String uri) {
        return bare(said).equalsIgnoreCase(bare(uri));
    }

    private static String bare(String uri) {
        var end = uri.length();
        for (var i = 0; i < end; i++) {
            if (uri.charAt(i) == ';' || uri.charAt(i) == '?') {
                end = i;
            }
        }
        return uri.substring(0, end);
    }
}
