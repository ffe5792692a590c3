package fulcrum.media;

/// Tells by its first octets what came in on a media port (RFC 7983 §7, RFC 5761 §4).
enum PacketKind {
    STUN,
    DTLS,
    RTP,
    RTCP,
    UNKNOWN;

    /// Looks at the first octets.
    static PacketKind of(byte[] packet, int length) {
        if (length < 2) {
            return UNKNOWN;
        }
        int first = packet[0] & 0xFF;
        if (first < 4) {
            return STUN;
        }
        if (first >= 20 && first < 64) {
            return DTLS;
        }
        if (first >= 128 && first < 192) {
            int second = packet[1] & 0xFF;
            return second >= 192 && second < 224 ? RTCP : RTP;
        }
        return UNKNOWN;
    }
}
