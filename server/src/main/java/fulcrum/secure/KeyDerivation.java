package fulcrum.secure;

import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// Makes the session keys of a master key: AES in counter mode as a source of pseudo-random octets, once for the whole
/// life of the key, as SDES says unless it names a rate (RFC 3711 §4.3, RFC 6188 §3, RFC 7714 §11).
final class KeyDerivation {
    static final int RTP_KEY = 0;
    static final int RTP_AUTH = 1;
    static final int RTP_SALT = 2;

    /// Added to the labels of RTP for those of RTCP.
    static final int RTCP = 3;

    private static final int BLOCK = 16;
    private static final int SALT = 14;
    private static final int LABEL_AT = 7;

    private final Cipher aes;
    private final byte[] salt;

    KeyDerivation(byte[] masterKey, byte[] masterSalt) {
        aes = aes(masterKey);
        // the salt of GCM is two octets shorter and filled up behind (RFC 7714 §11)
        salt = Arrays.copyOf(masterSalt, SALT);
    }

    /// AES that encrypts single blocks, which counter mode is built of.
    static Cipher aes(byte[] key) {
        try {
            Cipher made = Cipher.getInstance("AES/ECB/NoPadding");
            made.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
            return made;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES", impossible);
        }
    }

    /// So many octets for that label.
    byte[] derive(int label, int octets) {
        byte[] counters = new byte[(octets + BLOCK - 1) / BLOCK * BLOCK];
        for (int at = 0; at < counters.length; at += BLOCK) {
            System.arraycopy(salt, 0, counters, at, SALT);
            counters[at + LABEL_AT] ^= (byte) label;
            counters[at + BLOCK - 1] = (byte) (at / BLOCK);
        }
        return Arrays.copyOf(aes.update(counters), octets);
    }
}
