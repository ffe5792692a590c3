package fulcrum.secure;

/// Checks and opens what the other side protected with its key (RFC 3711 §3.3). For one thread at a time; it may move
/// to another with its path. No packet costs memory, except with GCM, and the first of a source.
public final class SrtpReceiver {
    private final SrtpKey key;
    private final Protection protection;
    private final SrtpStreams streams;

    /// @param key theirs
    public SrtpReceiver(SrtpKey key) {
        this(key, new SrtpStreams());
    }

    private SrtpReceiver(SrtpKey key, SrtpStreams streams) {
        this.key = key;
        this.streams = streams;
        protection = Protection.of(key);
    }

    /// The same with another key; this one must not be used any more. The same object when the key is the same.
    public SrtpReceiver with(SrtpKey other) {
        return key.equals(other) ? this : new SrtpReceiver(other, streams);
    }

    /// Checks and decrypts an RTP packet that begins at 0, in place.
    ///
    /// @return its new length; -1 when it is not genuine, or was received before
    public int unprotectRtp(byte[] packet, int length) {
        int payload = Octets.payload(packet, length);
        if (payload < 0 || length < payload + protection.rtpOctets()) {
            return -1;
        }
        int ssrc = Octets.int32(packet, 8);
        int sequence = Octets.int16(packet, 2);
        SrtpStreams.Stream known = streams.find(ssrc);
        long index = known == null ? sequence : known.guess(sequence);
        boolean isRekeyed = known != null && !known.isOf(this);
        if (known != null && !isRekeyed && !known.rtp.isNew(index)) {
            return -1;
        }
        int clear = protection.openRtp(packet, payload, length, ssrc, index);
        if (clear < 0 && isRekeyed && index != sequence) {
            return restarted(packet, payload, length, ssrc, sequence);
        }
        if (clear >= 0) {
            streams.own(ssrc, this).take(index);
        }
        return clear;
    }

    /// The roll-over counter goes on when the key changes (RFC 3711 §3.3.1), but some start it again.
    private int restarted(byte[] packet, int payload, int length, int ssrc, int sequence) {
        int clear = protection.openRtp(packet, payload, length, ssrc, sequence);
        if (clear >= 0) {
            SrtpStreams.Stream stream = streams.own(ssrc, this);
            stream.restart(sequence);
            stream.take(sequence);
        }
        return clear;
    }

    /// Checks and decrypts a report that begins at 0, in place.
    ///
    /// @return its new length; -1 when it is not genuine, or was received before
    public int unprotectRtcp(byte[] packet, int length) {
        if (length < Octets.RTCP_HEADER + protection.rtcpOctets()) {
            return -1;
        }
        int ssrc = Octets.int32(packet, 4);
        int index = protection.rtcpWord(packet, length) & 0x7FFF_FFFF;
        SrtpStreams.Stream known = streams.find(ssrc);
        if (known != null && known.isOf(this) && !known.rtcp.isNew(index)) {
            return -1;
        }
        int clear = protection.openRtcp(packet, length, ssrc);
        if (clear >= 0) {
            streams.own(ssrc, this).rtcp.take(index);
        }
        return clear;
    }

    @Override
    public String toString() {
        return key.suite().name();
    }
}
