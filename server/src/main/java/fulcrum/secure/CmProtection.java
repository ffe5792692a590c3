package fulcrum.secure;

/// Counter mode and HMAC-SHA1 (RFC 3711 §3.1, §3.4).
///
/// ```
///  RTP:   header | payload, encrypted | signature of everything before and of the roll-over counter
///  RTCP:  header, SSRC | rest, encrypted | E and index (4) | signature of everything before
/// ```
final class CmProtection implements Protection {
    private static final int AUTH = 20;
    private static final int WORD = 4;
    private static final int ENCRYPTED = 0x8000_0000;

    private final CounterMode rtp;
    private final Signature rtpSignature;
    private final CounterMode rtcp;
    private final Signature rtcpSignature;

    CmProtection(
            CounterMode rtp, Signature rtpSignature, CounterMode rtcp, Signature rtcpSignature) {
        this.rtp = rtp;
        this.rtpSignature = rtpSignature;
        this.rtcp = rtcp;
        this.rtcpSignature = rtcpSignature;
    }

    static CmProtection of(SrtpSuite suite, KeyDerivation keys) {
        return new CmProtection(
                cipher(suite, keys, 0),
                new Signature(keys.derive(KeyDerivation.RTP_AUTH, AUTH), suite.rtpTagOctets()),
                cipher(suite, keys, KeyDerivation.RTCP),
                new Signature(
                        keys.derive(KeyDerivation.RTCP + KeyDerivation.RTP_AUTH, AUTH),
                        suite.rtcpTagOctets()));
    }

    private static CounterMode cipher(SrtpSuite suite, KeyDerivation keys, int labels) {
        return new CounterMode(
                keys.derive(labels + KeyDerivation.RTP_KEY, suite.keyOctets()),
                keys.derive(labels + KeyDerivation.RTP_SALT, suite.saltOctets()));
    }

    @Override
    public int sealRtp(byte[] packet, int payload, int length, int ssrc, long index) {
        rtp.apply(packet, payload, length, ssrc, index);
        rtpSignature.sign(packet, length, (int) (index >>> 16));
        return length + rtpSignature.octets();
    }

    @Override
    public int openRtp(byte[] packet, int payload, int length, int ssrc, long index) {
        int signed = length - rtpSignature.octets();
        if (!rtpSignature.isGenuine(packet, signed, (int) (index >>> 16))) {
            return -1;
        }
        rtp.apply(packet, payload, signed, ssrc, index);
        return signed;
    }

    @Override
    public int sealRtcp(byte[] packet, int length, int ssrc, int index) {
        rtcp.apply(packet, Octets.RTCP_HEADER, length, ssrc, index);
        Octets.int32(packet, length, index | ENCRYPTED);
        rtcpSignature.sign(packet, length + WORD);
        return length + WORD + rtcpSignature.octets();
    }

    @Override
    public int openRtcp(byte[] packet, int length, int ssrc) {
        int signed = length - rtcpSignature.octets();
        if (!rtcpSignature.isGenuine(packet, signed)) {
            return -1;
        }
        int word = rtcpWord(packet, length);
        if (word < 0) { // the flag is the highest bit
            rtcp.apply(packet, Octets.RTCP_HEADER, signed - WORD, ssrc, word & ~ENCRYPTED);
        }
        return signed - WORD;
    }

    @Override
    public int rtcpWord(byte[] packet, int length) {
        return Octets.int32(packet, length - rtcpSignature.octets() - WORD);
    }

    @Override
    public int rtcpOctets() {
        return WORD + rtcpSignature.octets();
    }

    @Override
    public int rtpOctets() {
        return rtpSignature.octets();
    }
}
