package fulcrum.exchange;

import fulcrum.sip.SipRequest;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Calls from one account of this server to another: a call of ours to our own address, so that it comes in as every
/// other call does. A token of ours in the INVITE says which account it is for, so that nobody else can claim that.
/// For use by many threads.
final class Within {
    /// Not one of the `X-` headers, which are passed on.
    static final String HEADER = "P-Fulcrum-Within";

    /// A token is good for one call, which begins at once or never.
    private static final long LIFE_MILLIS = 40_000;

    private record Pass(String accountId, long until) {}

    private final Map<String, Pass> passes = new ConcurrentHashMap<>();
    private final SecureRandom chance = new SecureRandom();

    /// A token for a call to this account.
    String pass(String accountId, long nowMillis) {
        passes.values().removeIf(pass -> pass.until <= nowMillis);
        byte[] bytes = new byte[16];
        chance.nextBytes(bytes);
        String token = HexFormat.of().formatHex(bytes);
        passes.put(token, new Pass(accountId, nowMillis + LIFE_MILLIS));
        return token;
    }

    /// The account that an INVITE is for, when it carries a token of ours.
    Optional<String> accountOf(SipRequest request, long nowMillis) {
        return request.method().equals("INVITE")
                ? request.header(HEADER)
                        .flatMap(token -> Optional.ofNullable(passes.get(token)))
                        .filter(pass -> pass.until > nowMillis)
                        .map(Pass::accountId)
                : Optional.empty();
    }
}
