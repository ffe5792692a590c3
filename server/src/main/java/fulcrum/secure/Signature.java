package fulcrum.secure;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// HMAC-SHA1, cut to the length of a suite (RFC 3711 §4.2.1, RFC 2104). Built of the digest, since the JDK's own makes
/// garbage for every packet. For one thread.
final class Signature {
    private static final int BLOCK = 64;
    private static final int SHA1 = 20;

    private final MessageDigest sha1;
    private final byte[] inner = new byte[BLOCK];
    private final byte[] outer = new byte[BLOCK];
    private final byte[] digest = new byte[SHA1];
    private final byte[] behind = new byte[4];
    private final int octets;

    /// @param key 20 octets
    /// @param octets of it that are sent, 4 or 10
    Signature(byte[] key, int octets) {
        this.octets = octets;
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-1", impossible);
        }
        Arrays.fill(inner, (byte) 0x36);
        Arrays.fill(outer, (byte) 0x5C);
        for (int i = 0; i < key.length; i++) {
            inner[i] ^= key[i];
            outer[i] ^= key[i];
        }
    }

    int octets() {
        return octets;
    }

    /// Writes the signature of the octets before `length` behind them.
    void sign(byte[] packet, int length) {
        compute(packet, length);
        System.arraycopy(digest, 0, packet, length, octets);
    }

    /// Writes the signature of the octets before `length`, and of a number that is not sent.
    void sign(byte[] packet, int length, int number) {
        compute(packet, length, number);
        System.arraycopy(digest, 0, packet, length, octets);
    }

    /// Tells whether the signature at `length` is that of the octets before.
    boolean isGenuine(byte[] packet, int length) {
        compute(packet, length);
        return matches(packet, length);
    }

    /// Tells whether the signature at `length` is that of the octets before, and of a number that was not sent.
    boolean isGenuine(byte[] packet, int length, int number) {
        compute(packet, length, number);
        return matches(packet, length);
    }

    /// Takes the same time wherever the first difference is.
    private boolean matches(byte[] packet, int at) {
        int different = 0;
        for (int i = 0; i < octets; i++) {
            different |= digest[i] ^ packet[at + i];
        }
        return different == 0;
    }

    private void compute(byte[] packet, int length) {
        sha1.update(inner, 0, BLOCK);
        sha1.update(packet, 0, length);
        finish();
    }

    private void compute(byte[] packet, int length, int number) {
        sha1.update(inner, 0, BLOCK);
        sha1.update(packet, 0, length);
        Octets.int32(behind, 0, number);
        sha1.update(behind, 0, behind.length);
        finish();
    }

    private void finish() {
        try {
            sha1.digest(digest, 0, SHA1);
            sha1.update(outer, 0, BLOCK);
            sha1.update(digest, 0, SHA1);
            sha1.digest(digest, 0, SHA1);
        } catch (DigestException impossible) {
            throw new IllegalStateException("the array is as long as the digest", impossible);
        }
    }
}
