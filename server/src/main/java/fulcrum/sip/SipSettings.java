package fulcrum.sip;

import java.time.Duration;
import java.util.List;

/// What the stack must be told.
///
/// @param product       value of the `Server` and `User-Agent` headers
/// @param publicAddress address literal told to others outside the local networks in place of the machine's own;
///                      empty when the machine's own is right
/// @param nonceLife     how long a challenge may be answered; default 5 min
/// @param rememberedNonces how many nonces in use are remembered; default 100 000
/// @param challenges    the algorithms that a challenge offers, one header each, in this order; default MD5 alone. Many
///                      phones give up at a `SHA-256` that they do not know instead of passing it over: libre before
///                      3.12 wherever it stands, SIPp 3.6 and older PJSIP when it comes first
public record SipSettings(
        String product,
        String publicAddress,
        Duration nonceLife,
        int rememberedNonces,
        List<DigestAlgorithm> challenges) {
    public SipSettings {
        challenges = List.copyOf(challenges);
        if (challenges.isEmpty()) {
            throw new IllegalArgumentException("a challenge must offer something");
        }
    }

    /// As given, with challenges that every phone can answer.
    public SipSettings(
            String product, String publicAddress, Duration nonceLife, int rememberedNonces) {
        this(product, publicAddress, nonceLife, rememberedNonces, List.of(DigestAlgorithm.MD5));
    }

    /// The defaults.
    public SipSettings() {
        this("Fulcrum", "", Duration.ofMinutes(5), 100_000);
    }

    /// A copy with another public address.
    public SipSettings withPublicAddress(String address) {
        return new SipSettings(product, address, nonceLife, rememberedNonces, challenges);
    }

    /// A copy whose challenges offer these algorithms.
    public SipSettings challengingWith(List<DigestAlgorithm> algorithms) {
        return new SipSettings(product, publicAddress, nonceLife, rememberedNonces, algorithms);
    }
}
