package fulcrum.secure;

import java.util.Arrays;
import java.util.Optional;

/// The ways of protecting RTP that we know, under the names that SDP gives them.
///
/// Those with `CM` encrypt in counter mode and sign with HMAC-SHA1 (RFC 3711, RFC 4568 §6.2, RFC 6188); those with
/// `GCM` do both at once (RFC 7714). Everything is encrypted and signed, RTP and reports.
public enum SrtpSuite {
    AES_CM_128_HMAC_SHA1_80(16, 14, 10, 10),

    /// Short signatures on RTP save six octets a packet; reports keep the long ones (RFC 4568 §6.2.2).
    AES_CM_128_HMAC_SHA1_32(16, 14, 4, 10),
    AES_256_CM_HMAC_SHA1_80(32, 14, 10, 10),
    AES_256_CM_HMAC_SHA1_32(32, 14, 4, 10),

    /// Costs about 900 octets of garbage a packet, since the JDK has no cheaper way to begin one.
    AEAD_AES_128_GCM(16, 12, 16, 16),
    AEAD_AES_256_GCM(32, 12, 16, 16);

    private final int keyOctets;
    private final int saltOctets;
    private final int rtpTagOctets;
    private final int rtcpTagOctets;

    SrtpSuite(int keyOctets, int saltOctets, int rtpTagOctets, int rtcpTagOctets) {
        this.keyOctets = keyOctets;
        this.saltOctets = saltOctets;
        this.rtpTagOctets = rtpTagOctets;
        this.rtcpTagOctets = rtcpTagOctets;
    }

    /// The suite that SDP calls so; empty for one that we do not know. Names are compared as written (RFC 4568 §9.2).
    public static Optional<SrtpSuite> named(String name) {
        return Arrays.stream(values()).filter(suite -> suite.name().equals(name)).findFirst();
    }

    /// Octets of the master key.
    int keyOctets() {
        return keyOctets;
    }

    /// Octets of the master salt, and of the session salts.
    int saltOctets() {
        return saltOctets;
    }

    /// Octets of the signature of an RTP packet.
    int rtpTagOctets() {
        return rtpTagOctets;
    }

    /// Octets of the signature of a report.
    int rtcpTagOctets() {
        return rtcpTagOctets;
    }

    boolean isAead() {
        return this == AEAD_AES_128_GCM || this == AEAD_AES_256_GCM;
    }
}
