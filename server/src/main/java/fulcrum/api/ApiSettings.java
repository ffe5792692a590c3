package fulcrum.api;

import java.time.Duration;
import java.util.Set;

/// How the API behaves.
///
/// @param version the server's version, shown to senders with a token
/// @param node an opaque name of this server
/// @param tokenLife how long a login is good, default 3600 s
/// @param bucketTokens requests a sender may save up per account, default 100; 0 switches the limit off
/// @param bucketRefill tokens added each second, default 10
/// @param bodyLimit bytes of a request body at most, default 8 000 000
/// @param bodyPatience how long a body may take to arrive, default 10 s
/// @param realmSuffix what made-up realms end with
/// @param trustedProxies addresses whose `X-Forwarded-For` is believed
/// @param sipHost the host phones register at, shown by `about`; empty: the host of the request
/// @param sipPort the port phones register at, shown by `about`
public record ApiSettings(
        String version,
        String node,
        Duration tokenLife,
        int bucketTokens,
        int bucketRefill,
        int bodyLimit,
        Duration bodyPatience,
        String realmSuffix,
        Set<String> trustedProxies,
        String sipHost,
        int sipPort) {
    public ApiSettings {
        trustedProxies = Set.copyOf(trustedProxies);
    }

    /// The defaults, for a server that takes SIP at this host and port.
    public static ApiSettings standard(String version, String sipHost, int sipPort) {
        return new ApiSettings(
                version,
                "fulcrum",
                Duration.ofHours(1),
                100,
                10,
                8_000_000,
                Duration.ofSeconds(10),
                "sip.fulcrum.local",
                Set.of("127.0.0.1"),
                sipHost,
                sipPort);
    }

    /// The same with another rate limit.
    public ApiSettings withBucket(int tokens, int refill) {
        return with(tokens, refill, bodyPatience);
    }

    /// The same with another patience for bodies.
    public ApiSettings withBodyPatience(Duration patience) {
        return with(bucketTokens, bucketRefill, patience);
    }

    private ApiSettings with(int tokens, int refill, Duration patience) {
        return new ApiSettings(
                version,
                node,
                tokenLife,
                tokens,
                refill,
                bodyLimit,
                patience,
                realmSuffix,
                trustedProxies,
                sipHost,
                sipPort);
    }
}
