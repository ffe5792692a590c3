package fulcrum.secure;

/// What a suite does to a packet, in place: it leaves the packet alone when the packet is not genuine. For one thread.
interface Protection {
    /// Encrypts and signs an RTP packet, and returns its new length.
    ///
    /// @param payload where it begins
    /// @param index roll-over counter and sequence number, 48 bits
    int sealRtp(byte[] packet, int payload, int length, int ssrc, long index);

    /// Checks and decrypts an RTP packet, and returns its new length; -1 when it is not genuine.
    int openRtp(byte[] packet, int payload, int length, int ssrc, long index);

    /// Encrypts and signs a report, and returns its new length.
    ///
    /// @param index 31 bits
    int sealRtcp(byte[] packet, int length, int ssrc, int index);

    /// Checks and decrypts a report, and returns its new length; -1 when it is not genuine.
    int openRtcp(byte[] packet, int length, int ssrc);

    /// Reads the flag and the index of a protected report that has at least [#rtcpOctets] behind its header.
    int rtcpWord(byte[] packet, int length);

    /// How much longer a report becomes.
    int rtcpOctets();

    /// How much longer an RTP packet becomes.
    int rtpOctets();

    static Protection of(SrtpKey key) {
        KeyDerivation keys = new KeyDerivation(key.key(), key.salt());
        SrtpSuite suite = key.suite();
        return suite.isAead() ? GcmProtection.of(suite, keys) : CmProtection.of(suite, keys);
    }
}
