package fulcrum.secure;

/// Protects what is sent under one key (RFC 3711 §3.3). For one thread at a time; it may move to another with its path.
/// No packet costs memory, except with GCM; one with 20 ms of G.711 costs 0.6 µs of CPU (AMD EPYC).
public final class SrtpSender {
    /// Room that must be left behind a packet: the longest signature, and flag and index of a report.
    public static final int OVERHEAD = 20;

    private static final long MOST_PACKETS = 1L << 48;

    private final SrtpKey key;
    private final Protection protection;
    private final SrtpStreams streams;

    /// @param key ours, which the other side was told
    public SrtpSender(SrtpKey key) {
        this(key, new SrtpStreams());
    }

    private SrtpSender(SrtpKey key, SrtpStreams streams) {
        this.key = key;
        this.streams = streams;
        protection = Protection.of(key);
    }

    /// The same with another key; this one must not be used any more. The same object when the key is the same.
    public SrtpSender with(SrtpKey other) {
        return key.equals(other) ? this : new SrtpSender(other, streams);
    }

    /// Encrypts and signs an RTP packet that begins at 0, in place; there must be room for [#OVERHEAD] octets more.
    ///
    /// @return its new length; -1 when it must not be sent: it is no RTP, or its number was used before under this key,
    ///     which would give both packets away
    public int protectRtp(byte[] packet, int length) {
        int payload = Octets.payload(packet, length);
        if (payload < 0 || packet.length - length < OVERHEAD) {
            return -1;
        }
        int ssrc = Octets.int32(packet, 8);
        SrtpStreams.Stream stream = streams.own(ssrc, this);
        long index = stream.guess(Octets.int16(packet, 2));
        if (index >= MOST_PACKETS || !stream.rtp.isNew(index)) {
            return -1;
        }
        stream.take(index);
        return protection.sealRtp(packet, payload, length, ssrc, index);
    }

    /// Encrypts and signs a report that begins at 0, in place; there must be room for [#OVERHEAD] octets more.
    ///
    /// @return its new length; -1 when it must not be sent: it is no report, or the key has served for 2^31 of them
    public int protectRtcp(byte[] packet, int length) {
        if (length < Octets.RTCP_HEADER || packet.length - length < OVERHEAD) {
            return -1;
        }
        int ssrc = Octets.int32(packet, 4);
        SrtpStreams.Stream stream = streams.own(ssrc, this);
        int index = stream.nextReport();
        if (index < 0) {
            return -1;
        }
        stream.reported();
        return protection.sealRtcp(packet, length, ssrc, index);
    }

    @Override
    public String toString() {
        return key.suite().name();
    }
}
