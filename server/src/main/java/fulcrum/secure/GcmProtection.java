package fulcrum.secure;

import java.security.GeneralSecurityException;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES in Galois counter mode (RFC 7714 §8, §9).
///
/// ```
///  RTP:   header, signed | payload, encrypted and signed | tag (16)
///  RTCP:  header, SSRC, signed | rest, encrypted and signed | tag (16) | E and index (4), signed
/// ```
final class GcmProtection implements Protection {
    private static final int TAG = 16;
    private static final int WORD = 4;
    private static final int NONCE = 12;
    private static final int ENCRYPTED = 0x8000_0000;

    private final Cipher cipher;
    private final Half rtp;
    private final Half rtcp;
    private final byte[] nonce = new byte[NONCE];
    private byte[] work = new byte[2048];

    /// The session key and salt of RTP or of reports.
    private static final class Half {
        private final SecretKeySpec key;
        private final byte[] salt;

        private Half(byte[] key, byte[] salt) {
            this.key = new SecretKeySpec(key, "AES");
            this.salt = salt.clone();
        }
    }

    private GcmProtection(Half rtp, Half rtcp) {
        this.rtp = rtp;
        this.rtcp = rtcp;
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES", impossible);
        }
    }

    static GcmProtection of(SrtpSuite suite, KeyDerivation keys) {
        return new GcmProtection(half(suite, keys, 0), half(suite, keys, KeyDerivation.RTCP));
    }

    /// From session keys that are the same for RTP and reports.
    static GcmProtection of(byte[] key, byte[] salt) {
        Half half = new Half(key, salt);
        return new GcmProtection(half, half);
    }

    private static Half half(SrtpSuite suite, KeyDerivation keys, int labels) {
        return new Half(
                keys.derive(labels + KeyDerivation.RTP_KEY, suite.keyOctets()),
                keys.derive(labels + KeyDerivation.RTP_SALT, suite.saltOctets()));
    }

    @Override
    public int sealRtp(byte[] packet, int payload, int length, int ssrc, long index) {
        begin(Cipher.ENCRYPT_MODE, rtp, ssrc, index);
        cipher.updateAAD(packet, 0, payload);
        return payload + finish(packet, payload, length, payload);
    }

    @Override
    public int openRtp(byte[] packet, int payload, int length, int ssrc, long index) {
        begin(Cipher.DECRYPT_MODE, rtp, ssrc, index);
        cipher.updateAAD(packet, 0, payload);
        int clear = finish(packet, payload, length, payload);
        return clear < 0 ? -1 : payload + clear;
    }

    @Override
    public int sealRtcp(byte[] packet, int length, int ssrc, int index) {
        begin(Cipher.ENCRYPT_MODE, rtcp, ssrc, index);
        Octets.int32(packet, length + TAG, index | ENCRYPTED);
        cipher.updateAAD(packet, 0, Octets.RTCP_HEADER);
        cipher.updateAAD(packet, length + TAG, WORD);
        return Octets.RTCP_HEADER
                + finish(packet, Octets.RTCP_HEADER, length, Octets.RTCP_HEADER)
                + WORD;
    }

    @Override
    public int openRtcp(byte[] packet, int length, int ssrc) {
        int word = rtcpWord(packet, length);
        int tagged = length - WORD;
        boolean isEncrypted = word < 0; // the flag is the highest bit
        int secret = isEncrypted ? Octets.RTCP_HEADER : tagged - TAG;
        begin(Cipher.DECRYPT_MODE, rtcp, ssrc, word & ~ENCRYPTED);
        cipher.updateAAD(packet, 0, secret);
        cipher.updateAAD(packet, tagged, WORD);
        int clear = finish(packet, secret, tagged, secret);
        return clear < 0 ? -1 : secret + clear;
    }

    /// The nonce is the salt, with `0 0 | SSRC (4) | index (6)` mixed in; for reports the index is shorter, which is
    /// the same number.
    private void begin(int mode, Half half, int ssrc, long index) {
        System.arraycopy(half.salt, 0, nonce, 0, NONCE);
        for (int i = 0; i < 4; i++) {
            nonce[2 + i] ^= (byte) (ssrc >>> (24 - 8 * i));
        }
        for (int i = 0; i < 6; i++) {
            nonce[6 + i] ^= (byte) (index >>> (40 - 8 * i));
        }
        try {
            cipher.init(mode, half.key, new GCMParameterSpec(8 * TAG, nonce));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("an AES key and a nonce always fit", impossible);
        }
    }

    /// Works beside the packet, so that one which is not genuine stays as it came.
    ///
    /// @return octets written at `to`; -1 when it is not genuine
    private int finish(byte[] packet, int from, int end, int to) {
        try {
            int most = cipher.getOutputSize(end - from);
            if (work.length < most) {
                work = new byte[most];
            }
            int made = cipher.doFinal(packet, from, end - from, work, 0);
            System.arraycopy(work, 0, packet, to, made);
            return made;
        } catch (AEADBadTagException notGenuine) {
            return -1;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the array is long enough", impossible);
        }
    }

    @Override
    public int rtcpWord(byte[] packet, int length) {
        return Octets.int32(packet, length - WORD);
    }

    @Override
    public int rtcpOctets() {
        return TAG + WORD;
    }

    @Override
    public int rtpOctets() {
        return TAG;
    }
}
