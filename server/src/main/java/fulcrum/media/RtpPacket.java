package fulcrum.media;

/// Reads an RTP packet in place: a view over somebody else's bytes that is used again for the next packet.
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|X|  CC   |M|     PT      |       sequence number         |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                           timestamp                           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                 synchronization source (SSRC)                 |
/// +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
/// |                 contributing sources (CSRC) × CC              |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// Numbers are as on the wire: sequence 0..65535, timestamp and sources as 32 bits in an `int` (RFC 3550 §5.1).
public final class RtpPacket {
    /// Octets of the header that every packet has.
    public static final int HEADER = 12;

    private byte[] bytes = new byte[0];
    private int start;
    private int extension = -1;
    private int payload;
    private int payloadLength;
    private boolean valid;

    /// Looks at other bytes from now on and returns this view; ask [#isValid()] before anything else.
    public RtpPacket wrap(byte[] array, int offset, int length) {
        bytes = array;
        start = offset;
        extension = -1;
        valid = length >= HEADER && (array[offset] & 0xC0) == 0x80 && measure(length);
        return this;
    }

    private boolean measure(int length) {
        int at = HEADER + 4 * csrcCount();
        if ((bytes[start] & 0x10) != 0) {
            if (at + 4 > length) {
                return false;
            }
            extension = start + at;
            at += 4 + 4 * uint16(extension + 2);
        }
        int end = length;
        if ((bytes[start] & 0x20) != 0) {
            int padding = bytes[start + length - 1] & 0xFF;
            if (padding == 0) {
                return false;
            }
            end -= padding;
        }
        payload = start + at;
        payloadLength = end - at;
        return payloadLength >= 0;
    }

    /// Tells whether the bytes are an RTP packet of version 2 whose lengths fit together.
    public boolean isValid() {
        return valid;
    }

    /// Returns the marker bit: for audio, the first packet after silence (RFC 3551 §4.1).
    public boolean isMarked() {
        return (bytes[start + 1] & 0x80) != 0;
    }

    /// Returns the payload type, 0..127.
    public int payloadType() {
        return bytes[start + 1] & 0x7F;
    }

    /// Returns the sequence number, 0..65535.
    public int sequence() {
        return uint16(start + 2);
    }

    /// Returns the timestamp in ticks of the payload's clock.
    public int timestamp() {
        return int32(start + 4);
    }

    /// Returns the synchronisation source.
    public int ssrc() {
        return int32(start + 8);
    }

    /// Returns how many contributing sources are listed, 0..15.
    public int csrcCount() {
        return bytes[start] & 0x0F;
    }

    /// Returns a contributing source.
    ///
    /// @param index 0 to [#csrcCount()] - 1
    public int csrc(int index) {
        return int32(start + HEADER + 4 * index);
    }

    /// Tells whether there is a header extension (RFC 3550 §5.3.1).
    public boolean hasExtension() {
        return extension >= 0;
    }

    /// Returns the 16 bits that name the kind of extension; only when there is one.
    public int extensionProfile() {
        return uint16(extension);
    }

    /// Returns where the content of the extension begins in [#bytes()]; only when there is one.
    public int extensionOffset() {
        return extension + 4;
    }

    /// Returns the octets of the extension's content, a multiple of four; only when there is one.
    public int extensionLength() {
        return 4 * uint16(extension + 2);
    }

    /// Returns the array this view looks at.
    public byte[] bytes() {
        return bytes;
    }

    /// Returns where the payload begins in [#bytes()].
    public int payloadOffset() {
        return payload;
    }

    /// Returns the octets of payload, without padding.
    public int payloadLength() {
        return payloadLength;
    }

    /// Writes a header without contributing sources, extension or padding, and returns its 12 octets.
    public static int writeHeader(
            byte[] out,
            int offset,
            boolean marked,
            int payloadType,
            int sequence,
            int timestamp,
            int ssrc) {
        out[offset] = (byte) 0x80;
        out[offset + 1] = (byte) (payloadType | (marked ? 0x80 : 0));
        out[offset + 2] = (byte) (sequence >> 8);
        out[offset + 3] = (byte) sequence;
        Bytes.int32(out, offset + 4, timestamp);
        Bytes.int32(out, offset + 8, ssrc);
        return HEADER;
    }

    private int uint16(int at) {
        return Bytes.uint16(bytes, at);
    }

    private int int32(int at) {
        return Bytes.int32(bytes, at);
    }

    @Override
    public String toString() {
        return valid
                ? "rtp pt=%d seq=%d ts=%08x ssrc=%08x%s %d octets"
                        .formatted(
                                payloadType(),
                                sequence(),
                                timestamp(),
                                ssrc(),
                                isMarked() ? " marked" : "",
                                payloadLength)
                : "not rtp";
    }
}
