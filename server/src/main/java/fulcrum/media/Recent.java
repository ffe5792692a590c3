package fulcrum.media;

/// Keeps the last packets of a stream, so that whoever begins to listen has what a jitter buffer would have waited for.
///
/// A relay does this for every packet it passes on, so it is a copy of some hundred octets into memory that stays warm,
/// and nothing else. Belongs to one media thread.
final class Recent {
    /// As many as an [Ear] waits for.
    private static final int MOST = Ear.DEPTH;

    private static final int PADDED = 0x20;

    private final byte[][] packets = new byte[MOST][];
    private final int[] lengths = new int[MOST];
    private int newest;
    private int count;

    /// Keeps a copy of a packet in place of the oldest.
    void keep(RtpPacket packet) {
        int length = packet.payloadOffset() + packet.payloadLength();
        newest = (newest + 1) % MOST;
        byte[] place = packets[newest];
        if (place == null || place.length < length) {
            place = new byte[Math.max(length, 256)];
            packets[newest] = place;
        }
        System.arraycopy(packet.bytes(), 0, place, 0, length);
        place[0] &= ~PADDED; // the padding was not copied
        lengths[newest] = length;
        count = Math.min(count + 1, MOST);
    }

    /// Lets an ear hear them, oldest first, and forgets them.
    void tell(Ear ear, RtpPacket reader) {
        for (int i = count - 1; i >= 0; i--) {
            int at = Math.floorMod(newest - i, MOST);
            ear.put(reader.wrap(packets[at], 0, lengths[at]));
        }
        clear();
    }

    void clear() {
        count = 0;
    }
}
