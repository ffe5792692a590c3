package fulcrum.secure;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file of PEM blocks (RFC 7468): certificates, or a private key.
final class PemFile {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
    private static final long MOST_BYTES = 1 << 20;

    private final Path file;
    private final List<Block> blocks = new ArrayList<>();

    /// @param kind such as `CERTIFICATE`
    private record Block(String kind, String base64) {}

    private PemFile(Path file, String text) {
        this.file = file;
        Matcher found = BLOCK.matcher(text);
        while (found.find()) {
            blocks.add(new Block(found.group(1), found.group(2)));
        }
    }

    /// Reads a file.
    ///
    /// @throws BadCertificate when it cannot be read
    static PemFile read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new BadCertificate(file + " is too large for a PEM file");
            }
            return new PemFile(file, Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException missing) {
            throw new BadCertificate(file + " does not exist", missing);
        } catch (AccessDeniedException denied) {
            throw new BadCertificate("permission denied for " + file, denied);
        } catch (IOException failed) {
            throw new BadCertificate(file + " cannot be read", failed);
        }
    }

    /// The certificates in their order, the server's own first.
    ///
    /// @throws BadCertificate when there is none, or one is broken
    List<X509Certificate> certificates() {
        List<X509Certificate> chain = new ArrayList<>();
        for (Block block : blocks) {
            if (block.kind.equals("CERTIFICATE")) {
                chain.add(certificate(block));
            }
        }
        if (chain.isEmpty()) {
            throw new BadCertificate(file + " holds no certificate in PEM (BEGIN CERTIFICATE)");
        }
        return chain;
    }

    private X509Certificate certificate(Block block) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(bytes(block)));
        } catch (CertificateException broken) {
            throw new BadCertificate(file + " holds a broken certificate", broken);
        }
    }

    /// The private key.
    ///
    /// @throws BadCertificate when there is none that we can read
    PrivateKey privateKey() {
        for (Block block : blocks) {
            if (block.kind.equals("PRIVATE KEY")) {
                return privateKey(bytes(block));
            }
        }
        for (Block block : blocks) {
            if (block.kind.equals("ENCRYPTED PRIVATE KEY")) {
                throw new BadCertificate(file + " is protected by a password; " + mend());
            }
            if (block.kind.endsWith(" PRIVATE KEY")) {
                throw new BadCertificate(file + " is not in PKCS#8; " + mend());
            }
        }
        throw new BadCertificate(file + " holds no private key in PEM (BEGIN PRIVATE KEY)");
    }

    private String mend() {
        return "write it anew with: openssl pkcs8 -topk8 -nodes -in " + file + " -out key.pem";
    }

    private PrivateKey privateKey(byte[] encoded) {
        GeneralSecurityException last = new InvalidKeySpecException("no algorithm");
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (GeneralSecurityException another) {
                last = another; // the next algorithm may know it
            }
        }
        throw new BadCertificate(
                file + " holds a broken private key, or one that is not RSA, EC or EdDSA", last);
    }

    private byte[] bytes(Block block) {
        try {
            return Base64.getMimeDecoder().decode(block.base64.strip());
        } catch (IllegalArgumentException broken) {
            throw new BadCertificate(file + " holds broken base64", broken);
        }
    }
}
