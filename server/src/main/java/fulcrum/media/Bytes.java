package fulcrum.media;

/// Reads and writes numbers in network order (most significant octet first).
final class Bytes {
    private Bytes() {}

    static int uint16(byte[] from, int at) {
        return (from[at] & 0xFF) << 8 | (from[at + 1] & 0xFF);
    }

    static void uint16(byte[] to, int at, int value) {
        to[at] = (byte) (value >> 8);
        to[at + 1] = (byte) value;
    }

    static int int32(byte[] from, int at) {
        return uint16(from, at) << 16 | uint16(from, at + 2);
    }

    static void int32(byte[] to, int at, int value) {
        uint16(to, at, value >>> 16);
        uint16(to, at + 2, value);
    }

    /// Returns how far `later` is ahead of `earlier` on the circle of 16-bit sequence numbers, -32768..32767.
    static int sequenceDistance(int later, int earlier) {
        return (short) (later - earlier);
    }
}
