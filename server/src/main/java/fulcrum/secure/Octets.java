package fulcrum.secure;

/// Reads and writes numbers in network order, and finds the parts of a packet.
final class Octets {
    /// Octets of an RTP header without more (RFC 3550 §5.1).
    private static final int RTP_HEADER = 12;

    /// Octets of a report that are never encrypted: the first header and its SSRC (RFC 3711 §3.4).
    static final int RTCP_HEADER = 8;

    private Octets() {}

    static int int16(byte[] from, int at) {
        return (from[at] & 0xFF) << 8 | (from[at + 1] & 0xFF);
    }

    static int int32(byte[] from, int at) {
        return int16(from, at) << 16 | int16(from, at + 2);
    }

    static void int32(byte[] to, int at, int value) {
        to[at] = (byte) (value >>> 24);
        to[at + 1] = (byte) (value >>> 16);
        to[at + 2] = (byte) (value >>> 8);
        to[at + 3] = (byte) value;
    }

    /// Where the payload of an RTP packet begins, behind contributing sources and extension; -1 when it is none.
    static int payload(byte[] packet, int length) {
        if (length < RTP_HEADER || (packet[0] & 0xC0) != 0x80) {
            return -1;
        }
        int at = RTP_HEADER + 4 * (packet[0] & 0x0F);
        if ((packet[0] & 0x10) != 0) {
            if (at + 4 > length) {
                return -1;
            }
            at += 4 + 4 * int16(packet, at + 2);
        }
        return at > length ? -1 : at;
    }
}
