package fulcrum.app;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.secure.Certificates;
import fulcrum.secure.TestAuthority;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLSocket;

/// The server's certificate, from its files to what connections show.
@Timeout(180)
class TlsServeTest {
    private static final String KEY = "0a".repeat(32);
    private static final Pattern PORTS =
            Pattern.compile("with TLS: SIP \\S*:(\\d+), API on port (\\d+)");

    private final TestAuthority authority = new TestAuthority();
    private final Path data;
    private final Path files;

    TlsServeTest(@TempDir Path folder) throws IOException {
        data = folder.resolve("data");
        files = Files.createDirectory(folder.resolve("files"));
    }

    private ServerProcess serve() {
        return serve("127.0.0.1:0", "127.0.0.1:0");
    }

    private ServerProcess serve(String sipTls, String https) {
        return ServerProcess.serve(
                data,
                KEY,
                "--tls-cert",
                files.resolve("chain.pem").toString(),
                "--tls-key",
                files.resolve("key.pem").toString(),
                "--sip-tls",
                sipTls,
                "--https",
                https);
    }

    private SSLSocket connect(int port) throws IOException {
        SSLSocket socket =
                (SSLSocket)
                        Certificates.none(authority.trust())
                                .context()
                                .getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), port);
        socket.startHandshake();
        return socket;
    }

    private Certificate shown(int port) throws IOException {
        try (SSLSocket socket = connect(port)) {
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    @Test
    void sighup_shows_the_new_certificate_on_both_ports_and_leaves_connections_alone()
            throws IOException {
        TestAuthority.Issued first = authority.issue("first", "127.0.0.1");
        first.write(files);
        try (ServerProcess server = serve()) {
            server.awaitReady();
            Matcher ports = server.awaitLine(PORTS);
            int sip = Integer.parseInt(ports.group(1));
            int https = Integer.parseInt(ports.group(2));
            assertThat(shown(sip)).isEqualTo(first.certificate());
            assertThat(shown(https)).isEqualTo(first.certificate());
            try (SSLSocket open = connect(sip)) {
                TestAuthority.Issued second = authority.issue("second", "127.0.0.1");
                second.write(files);
                server.hangUp();
                server.awaitLine(Pattern.compile("the certificate was read again"));
                assertThat(shown(sip)).isEqualTo(second.certificate());
                assertThat(shown(https)).isEqualTo(second.certificate());
                open.getOutputStream().write(new byte[] {'\r', '\n', '\r', '\n'});
                assertThat(open.getInputStream().readNBytes(2)).containsExactly('\r', '\n');

                Files.writeString(files.resolve("chain.pem"), "nonsense");
                server.hangUp();
                server.awaitLine(Pattern.compile("the certificate in force stays.*no certificate"));
                assertThat(shown(sip)).isEqualTo(second.certificate());
            }
        }
    }

    private void assertRefused(Pattern words, ServerProcess server) {
        try (server) {
            assertThat(server.awaitExit()).isEqualTo(2);
            assertThat(server.lines()).filteredOn(line -> words.matcher(line).find()).hasSize(1);
            assertThat(server.lines()).noneMatch(line -> line.startsWith("\tat "));
        }
    }

    @Test
    void a_bad_certificate_ends_the_start_with_one_line_that_says_why() throws IOException {
        assertRefused(Pattern.compile("chain.pem does not exist"), serve());
        authority.issue("one").write(files);
        Files.writeString(files.resolve("key.pem"), "nonsense");
        assertRefused(Pattern.compile("key.pem holds no private key"), serve());
    }

    @Test
    void a_certificate_without_its_key_is_refused() {
        assertRefused(
                Pattern.compile("--tls-cert and --tls-key go together"),
                ServerProcess.serve(data, KEY, "--tls-cert", "some.pem"));
    }

    @Test
    void taken_ports_are_said_with_the_option_that_chooses_another() throws IOException {
        authority.issue("one").write(files);
        try (java.net.ServerSocket taken =
                new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String place = "127.0.0.1:" + taken.getLocalPort();
            assertRefused(
                    Pattern.compile("TLS " + place + ".*--sip-tls HOST:PORT"),
                    serve(place, "127.0.0.1:0"));
            assertRefused(
                    Pattern.compile("HTTPS .*" + place + ".*--https HOST:PORT"),
                    serve("127.0.0.1:0", place));
        }
    }
}
