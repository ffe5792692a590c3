package fulcrum.api;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes what must not be guessed, and digests.
final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /// Random bytes as lower-case hexadecimal digits.
    static String hex(int bytes) {
        byte[] chance = new byte[bytes];
        RANDOM.nextBytes(chance);
        return HexFormat.of().formatHex(chance);
    }

    /// A fresh document id: 32 digits.
    static String id() {
        return hex(16);
    }

    /// A digest of a text as lower-case hexadecimal digits; `algorithm` is one that every JDK has.
    static String digest(String algorithm, String text) {
        return digest(algorithm, text.getBytes(StandardCharsets.UTF_8));
    }

    static String digest(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no " + algorithm, missing);
        }
    }

    /// HMAC-SHA256 (RFC 2104).
    static byte[] sign(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no HmacSHA256", missing);
        }
    }

    /// Compares in a time that does not depend on where the texts differ.
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
