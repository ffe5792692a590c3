package fulcrum.secure;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// The certificate of this server with its key, read from two PEM files, and whom it trusts in turn.
///
/// [#context] is what new connections are made with. [#reload] reads the files again; connections that are open keep
/// what they have. Safe for use by many threads.
public final class Certificates {
    private static final byte[] PROBE = {1, 2, 3, 4};

    private final Optional<Files> files;
    private final List<TrustManager> trusted;
    private volatile Loaded loaded;

    private record Files(Path chain, Path key) {}

    private record Loaded(SSLContext context, Instant validUntil) {}

    private Certificates(Optional<Files> files, List<TrustManager> trusted) {
        this.files = files;
        this.trusted = List.copyOf(trusted);
        loaded = load();
    }

    /// Reads a certificate and its key.
    ///
    /// @param chain PEM file: the server's certificate, then those that signed it, without the root
    /// @param key PEM file: the key, PKCS#8 without a password; RSA, EC or EdDSA
    /// @param trusted decides which certificates of others are believed; none: the JDK's own trust store
    /// @throws BadCertificate when they cannot be used
    public static Certificates read(Path chain, Path key, TrustManager... trusted) {
        return new Certificates(Optional.of(new Files(chain, key)), List.of(trusted));
    }

    /// No certificate of our own, for who only makes connections.
    ///
    /// @param trusted decides which certificates of others are believed; none: the JDK's own trust store
    public static Certificates none(TrustManager... trusted) {
        return new Certificates(Optional.empty(), List.of(trusted));
    }

    /// What new connections are to be made with; another one after each [#reload].
    public SSLContext context() {
        return loaded.context;
    }

    /// Until when the certificate is good; the far future without one.
    public Instant validUntil() {
        return loaded.validUntil;
    }

    /// Reads the files again. What was in force stays so when they cannot be used.
    ///
    /// @throws BadCertificate when they cannot be used
    public void reload() {
        loaded = load();
    }

    private Loaded load() {
        try {
            KeyManager[] keys = null;
            Instant until = Instant.MAX;
            if (files.isPresent()) {
                List<X509Certificate> chain = PemFile.read(files.get().chain).certificates();
                PrivateKey key = PemFile.read(files.get().key).privateKey();
                check(chain.getFirst(), key, files.get());
                keys = keys(chain, key);
                until = chain.getFirst().getNotAfter().toInstant();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keys,
                    trusted.isEmpty() ? null : trusted.toArray(TrustManager[]::new),
                    new SecureRandom());
            return new Loaded(context, until);
        } catch (GeneralSecurityException | java.io.IOException failed) {
            throw new BadCertificate("TLS cannot be begun with these certificates", failed);
        }
    }

    private static KeyManager[] keys(List<X509Certificate> chain, PrivateKey key)
            throws GeneralSecurityException, java.io.IOException {
        char[] nothing = new char[0];
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, nothing);
        store.setKeyEntry("own", key, nothing, chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, nothing);
        return factory.getKeyManagers();
    }

    private static void check(X509Certificate certificate, PrivateKey key, Files files) {
        if (!belongTogether(certificate.getPublicKey(), key)) {
            throw new BadCertificate(
                    "the key in %s does not belong to the first certificate in %s"
                            .formatted(files.key, files.chain));
        }
    }

    private static boolean belongTogether(PublicKey open, PrivateKey secret) {
        try {
            java.security.Signature signature =
                    java.security.Signature.getInstance(
                            switch (secret.getAlgorithm()) {
                                case "RSA" -> "SHA256withRSA";
                                case "EC" -> "SHA256withECDSA";
                                case String other -> other;
                            });
            signature.initSign(secret);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(open);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (InvalidKeyException | SignatureException otherKind) {
            return false;
        } catch (GeneralSecurityException failed) {
            throw new BadCertificate("the private key cannot sign", failed);
        }
    }
}
