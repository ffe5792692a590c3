package fulcrum.sip;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// A hash for digest authentication, strongest first (RFC 8760 §2.1).
public enum DigestAlgorithm {
    SHA_256("SHA-256"),
    MD5("MD5");

    private static final HexFormat HEX = HexFormat.of();

    private final String token;

    DigestAlgorithm(String token) {
        this.token = token;
    }

    /// The value of the `algorithm` parameter.
    public String token() {
        return token;
    }

    /// The algorithm of that token, whatever its case; MD5 when the token is empty (RFC 7616 §3.3). The `-sess`
    /// variants, which no phone needs, are none of them.
    public static Optional<DigestAlgorithm> named(String token) {
        if (token.isEmpty()) {
            return Optional.of(MD5);
        }
        for (var algorithm : values()) {
            if (algorithm.token.equalsIgnoreCase(token)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /// The hash of the text's UTF-8 bytes in small hexadecimal digits.
    public String hash(String text) {
        try {
            var digest = MessageDigest.getInstance(token);
            return HEX.formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java lacks " + token, e);
        }
    }
}
