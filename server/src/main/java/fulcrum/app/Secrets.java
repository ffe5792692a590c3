package fulcrum.app;

import java.security.SecureRandom;
import java.util.HexFormat;

/// Makes what must not be guessed.
final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /// A fresh API key: 64 lower-case hexadecimal digits, 256 bits.
    static String apiKey() {
        return hex(32);
    }

    /// A fresh document id: 32 lower-case hexadecimal digits.
    static String id() {
        return hex(16);
    }

    static String hex(int bytes) {
        byte[] chance = new byte[bytes];
        RANDOM.nextBytes(chance);
        return HexFormat.of().formatHex(chance);
    }
}
