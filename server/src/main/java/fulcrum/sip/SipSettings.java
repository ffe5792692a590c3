package fulcrum.sip;

import java.time.Duration;

/// What the stack must be told.
///
/// @param product       value of the `Server` and `User-Agent` headers
/// @param publicAddress address literal told to others outside the local networks in place of the machine's own;
///                      empty when the machine's own is right
/// @param nonceLife     how long a challenge may be answered; default 5 min
/// @param rememberedNonces how many nonces in use are remembered; default 100 000
public record SipSettings(
        String product, String publicAddress, Duration nonceLife, int rememberedNonces) {
    /// The defaults.
    public SipSettings() {
        this("Fulcrum", "", Duration.ofMinutes(5), 100_000);
    }

    /// A copy with another public address.
    public SipSettings withPublicAddress(String address) {
        return new SipSettings(product, address, nonceLife, rememberedNonces);
    }
}
