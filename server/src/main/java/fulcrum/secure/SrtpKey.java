package fulcrum.secure;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/// A master key and its salt, for one direction (RFC 3711 §3.2.1). Immutable; its text hides it.
public final class SrtpKey {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SrtpSuite suite;
    private final byte[] keyAndSalt;

    private SrtpKey(SrtpSuite suite, byte[] keyAndSalt) {
        this.suite = suite;
        this.keyAndSalt = keyAndSalt;
    }

    /// A new one that nobody knows yet.
    public static SrtpKey fresh(SrtpSuite suite) {
        byte[] secret = new byte[suite.keyOctets() + suite.saltOctets()];
        RANDOM.nextBytes(secret);
        return new SrtpKey(suite, secret);
    }

    /// One that the other side made.
    ///
    /// @param keyAndSalt the key, the salt behind it
    /// @throws BadCrypto when it has not the suite's length
    public static SrtpKey of(SrtpSuite suite, byte[] keyAndSalt) {
        int wanted = suite.keyOctets() + suite.saltOctets();
        if (keyAndSalt.length != wanted) {
            throw new BadCrypto(
                    "the key of %s has %d octets instead of %d"
                            .formatted(suite, keyAndSalt.length, wanted));
        }
        return new SrtpKey(suite, keyAndSalt.clone());
    }

    public SrtpSuite suite() {
        return suite;
    }

    byte[] key() {
        return Arrays.copyOf(keyAndSalt, suite.keyOctets());
    }

    byte[] salt() {
        return Arrays.copyOfRange(keyAndSalt, suite.keyOctets(), keyAndSalt.length);
    }

    /// Key and salt in base64, as `inline:` has them.
    String inline() {
        return Base64.getEncoder().encodeToString(keyAndSalt);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SrtpKey key
                && suite == key.suite
                && MessageDigest.isEqual(keyAndSalt, key.keyAndSalt);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(keyAndSalt);
    }

    @Override
    public String toString() {
        return suite + " key";
    }
}
