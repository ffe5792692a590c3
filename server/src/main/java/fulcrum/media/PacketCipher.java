package fulcrum.media;

/// Protects packets on the wire, as SRTP does (RFC 3711); works in place and belongs to one path.
public interface PacketCipher {
    /// Leaves packets as they are: plain RTP.
    PacketCipher PLAIN =
            new PacketCipher() {
                @Override
                public int protect(byte[] packet, int length) {
                    return length;
                }

                @Override
                public int unprotect(byte[] packet, int length) {
                    return length;
                }

                @Override
                public String toString() {
                    return "plain";
                }
            };

    /// Protects an RTP or RTCP packet that begins at 0, and returns its new length; there is room for 64 octets more.
    /// -1 when it must not be sent.
    int protect(byte[] packet, int length);

    /// Checks and opens an RTP or RTCP packet that begins at 0, and returns its new length; -1 when it is not genuine.
    int unprotect(byte[] packet, int length);
}
