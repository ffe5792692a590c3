package fulcrum.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

@Timeout(60)
class CertificatesTest {
    private final TestAuthority authority = new TestAuthority();

    @TempDir private Path folder = Path.of("");

    /// What a client sees of a server with that context.
    private X509Certificate shownBy(SSLContext context, String protocol) throws Exception {
        SSLContext client = Certificates.none(authority.trust()).context();
        try (SSLServerSocket server =
                (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0)) {
            CompletableFuture<Void> served =
                    CompletableFuture.runAsync(
                            () -> {
                                try (SSLSocket accepted = (SSLSocket) server.accept()) {
                                    accepted.startHandshake();
                                    accepted.getInputStream().read();
                                } catch (IOException failed) {
                                    throw new IllegalStateException(failed);
                                }
                            });
            try (SSLSocket socket =
                    (SSLSocket)
                            client.getSocketFactory()
                                    .createSocket("127.0.0.1", server.getLocalPort())) {
                socket.setEnabledProtocols(new String[] {protocol});
                socket.startHandshake();
                socket.getOutputStream().write(1);
                served.join();
                return (X509Certificate) socket.getSession().getPeerCertificates()[0];
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519"})
    void a_pair_of_pem_files_serves_tls_1_2_and_1_3(String algorithm) throws Exception {
        TestAuthority.Issued issued =
                authority.issue(algorithm, "pbx", Duration.ofDays(1), "pbx.example");
        TestAuthority.Issued.Pair files = issued.write(folder, authority.certificate());
        Certificates certificates = Certificates.read(files.chain(), files.key());

        assertThat(shownBy(certificates.context(), "TLSv1.3")).isEqualTo(issued.certificate());
        assertThat(shownBy(certificates.context(), "TLSv1.2")).isEqualTo(issued.certificate());
        assertThat(certificates.validUntil())
                .isEqualTo(issued.certificate().getNotAfter().toInstant());
    }

    @Test
    void a_reload_shows_the_new_certificate() throws Exception {
        TestAuthority.Issued.Pair files = authority.issue("old").write(folder);
        Certificates certificates = Certificates.read(files.chain(), files.key());
        TestAuthority.Issued next = authority.issue("new");
        next.write(folder);

        certificates.reload();

        assertThat(shownBy(certificates.context(), "TLSv1.3")).isEqualTo(next.certificate());
    }

    @Test
    void a_reload_of_broken_files_leaves_what_is_in_force() throws Exception {
        TestAuthority.Issued issued = authority.issue("old");
        TestAuthority.Issued.Pair files = issued.write(folder);
        Certificates certificates = Certificates.read(files.chain(), files.key());
        Files.writeString(files.chain(), "nothing");

        assertThatThrownBy(certificates::reload).isInstanceOf(BadCertificate.class);

        assertThat(shownBy(certificates.context(), "TLSv1.3")).isEqualTo(issued.certificate());
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(
                        () ->
                                Certificates.read(
                                        folder.resolve("chain.pem"), folder.resolve("key.pem")))
                .isInstanceOf(BadCertificate.class)
                .hasMessageContaining(reason)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void what_cannot_be_used_is_said_in_one_line() throws IOException {
        assertRefused("chain.pem does not exist");
        Path chain = authority.issue("one").write(folder).chain();
        String good = Files.readString(chain);
        Files.writeString(chain, "hello");
        assertRefused("chain.pem holds no certificate");
        Files.writeString(chain, TestAuthority.pem("CERTIFICATE", new byte[] {1, 2, 3}));
        assertRefused("chain.pem holds a broken certificate");
        Files.writeString(chain, good);
        Path key = folder.resolve("key.pem");
        Files.writeString(key, good);
        assertRefused("key.pem holds no private key");
        Files.writeString(key, TestAuthority.pem("PRIVATE KEY", new byte[] {1, 2, 3}));
        assertRefused("key.pem holds a broken private key");
        Files.writeString(key, TestAuthority.pem("RSA PRIVATE KEY", new byte[] {1, 2, 3}));
        assertRefused("openssl pkcs8 -topk8 -nodes");
        Files.writeString(key, TestAuthority.pem("ENCRYPTED PRIVATE KEY", new byte[] {1}));
        assertRefused("is protected by a password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void a_key_of_another_certificate_is_refused(String algorithm) throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        authority.issue("one").write(folder);
        Path key = authority.issue(algorithm, "two", Duration.ofDays(1)).write(other).key();
        Files.copy(
                key, folder.resolve("key.pem"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertRefused("does not belong to the first certificate");
    }
}
