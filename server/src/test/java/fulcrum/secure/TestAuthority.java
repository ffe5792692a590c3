package fulcrum.secure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// A certificate authority that nobody outside a test trusts: signs certificates for names, and writes them as PEM.
public final class TestAuthority {
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int OCTETS = 0x04;
    private static final int UTF8 = 0x0C;
    private static final int TIME = 0x18;
    private static final int EXPLICIT = 0xA0;
    private static final int DNS = 0x82;
    private static final int URI = 0x86;
    private static final int IP = 0x87;

    private static final byte[] COMMON_NAME = {0x06, 3, 0x55, 4, 3};
    private static final byte[] BASIC_CONSTRAINTS = {0x06, 3, 0x55, 0x1D, 19};
    private static final byte[] ALTERNATIVE_NAMES = {0x06, 3, 0x55, 0x1D, 17};
    private static final byte[] ECDSA_SHA256 = {
        0x06, 8, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 4, 3, 2
    };
    private static final byte[] YES = {0x01, 1, (byte) 0xFF};

    private final KeyPair keys = pair("EC", 256);
    private final X509Certificate certificate =
            certificate("Test Authority", keys, List.of(), Duration.ofDays(1), true);

    /// A certificate with its key.
    public record Issued(X509Certificate certificate, PrivateKey key) {
        /// Writes both, and the chain's other certificates behind the first.
        ///
        /// @return the files: certificates, key
        public Pair write(Path folder, X509Certificate... above) {
            Path chain = folder.resolve("chain.pem");
            Path secret = folder.resolve("key.pem");
            StringBuilder text = new StringBuilder(pem("CERTIFICATE", encoded(certificate)));
            for (X509Certificate one : above) {
                text.append(pem("CERTIFICATE", encoded(one)));
            }
            TestAuthority.write(chain, text.toString());
            TestAuthority.write(secret, pem("PRIVATE KEY", key.getEncoded()));
            return new Pair(chain, secret);
        }

        /// Where they are.
        public record Pair(Path chain, Path key) {}
    }

    /// A certificate with an EC key.
    ///
    /// @param names `example.org` for a DNS name, `sip:example.org` for a URI, `127.0.0.1` for an address
    public Issued issue(String commonName, String... names) {
        return issue("EC", commonName, Duration.ofDays(1), names);
    }

    /// A certificate.
    ///
    /// @param algorithm `EC`, `RSA` or `Ed25519`
    /// @param life from yesterday on; below zero for one that has ended
    public Issued issue(String algorithm, String commonName, Duration life, String... names) {
        KeyPair own = pair(algorithm, algorithm.equals("RSA") ? 2048 : 256);
        return new Issued(
                certificate(commonName, own, List.of(names), life, false), own.getPrivate());
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /// Trusts this authority alone.
    public TrustManager[] trust() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("test", certificate);
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException | IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// Trusts this authority, and shows that certificate.
    public SSLContext context(Issued shown) {
        try {
            char[] nothing = new char[0];
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, nothing);
            store.setKeyEntry("own", shown.key, nothing, new Certificate[] {shown.certificate});
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
            keyManagers.init(store, nothing);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), trust(), null);
            return context;
        } catch (GeneralSecurityException | IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// Writes its certificate as PEM, for programs that want a file.
    public void write(Path file) {
        write(file, pem("CERTIFICATE", encoded(certificate)));
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// One block of PEM.
    public static String pem(String kind, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
    }

    private static KeyPair pair(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (!algorithm.equals("Ed25519")) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private X509Certificate certificate(
            String name, KeyPair subject, List<String> names, Duration life, boolean isAuthority) {
        Instant begin = Instant.now().minus(Duration.ofDays(1));
        byte[] algorithm = der(SEQUENCE, ECDSA_SHA256);
        List<byte[]> extensions = new ArrayList<>();
        if (isAuthority) {
            extensions.add(der(SEQUENCE, BASIC_CONSTRAINTS, YES, der(OCTETS, der(SEQUENCE, YES))));
        }
        if (!names.isEmpty()) {
            byte[][] all = names.stream().map(TestAuthority::alternative).toArray(byte[][]::new);
            extensions.add(der(SEQUENCE, ALTERNATIVE_NAMES, der(OCTETS, der(SEQUENCE, all))));
        }
        byte[] toBeSigned =
                der(
                        SEQUENCE,
                        der(EXPLICIT, new byte[] {0x02, 1, 2}),
                        der(0x02, new BigInteger(62, new SecureRandom()).toByteArray()),
                        algorithm,
                        name("Test Authority"),
                        der(
                                SEQUENCE,
                                time(begin),
                                time(begin.plus(Duration.ofHours(12)).plus(life))),
                        name(name),
                        subject.getPublic().getEncoded(),
                        extensions.isEmpty()
                                ? new byte[0]
                                : der(
                                        EXPLICIT | 3,
                                        der(SEQUENCE, extensions.toArray(byte[][]::new))));
        return parsed(der(SEQUENCE, toBeSigned, algorithm, bits(signed(toBeSigned))));
    }

    private byte[] signed(byte[] content) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static X509Certificate parsed(byte[] encoded) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new java.io.ByteArrayInputStream(encoded));
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static byte[] alternative(String name) {
        if (name.matches("[0-9.]+")) {
            return der(IP, java.net.InetAddress.ofLiteral(name).getAddress());
        }
        return der(name.startsWith("sip:") ? URI : DNS, name.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] name(String commonName) {
        return der(
                SEQUENCE,
                der(
                        SET,
                        der(
                                SEQUENCE,
                                COMMON_NAME,
                                der(UTF8, commonName.getBytes(StandardCharsets.UTF_8)))));
    }

    private static byte[] time(Instant instant) {
        String text =
                DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'")
                        .withZone(ZoneOffset.UTC)
                        .format(instant);
        return der(TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] bits(byte[] content) {
        return der(0x03, new byte[1], content);
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length > 0xFF) {
            out.write(0x82);
            out.write(length >> 8);
        } else if (length > 0x7F) {
            out.write(0x81);
        }
        out.write(length);
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
