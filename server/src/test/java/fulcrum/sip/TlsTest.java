package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import fulcrum.secure.TestAuthority;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

@Timeout(60)
class TlsTest {
    private static final byte[] HOME = {127, 0, 0, 1};
    private static final Duration LONG = Duration.ofSeconds(20);

    private record Arrival(SipMessage message, Connection over) {}

    private final TestAuthority authority = new TestAuthority();
    private final AtomicReference<SSLContext> context =
            new AtomicReference<>(
                    authority.context(authority.issue("pbx", "sip.example", "127.0.0.1")));
    private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final List<Transports> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(Transports::close);
    }

    private Transports open(Duration handshakeTime) {
        return open(handshakeTime, 100);
    }

    private Transports open(Duration handshakeTime, int mostConnections) {
        return open(context::get, handshakeTime, mostConnections);
    }

    private Transports open(
            Supplier<SSLContext> with, Duration handshakeTime, int mostConnections) {
        var anywhere = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        var transports =
                Transports.open(
                        anywhere,
                        Optional.of(new TlsSettings(anywhere, with)),
                        (message, over) -> arrivals.add(new Arrival(message, over)),
                        new TransportLimits(mostConnections, LONG, LONG, handshakeTime, 1 << 20));
        opened.add(transports);
        return transports;
    }

    private SSLSocket connect(Transports transports, String... protocols) throws IOException {
        var server = transports.listening(Protocol.TLS);
        var socket =
                (SSLSocket)
                        authority
                                .context(authority.issue("phone"))
                                .getSocketFactory()
                                .createSocket(server.getAddress(), server.getPort());
        socket.setSoTimeout((int) LONG.toMillis());
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        socket.startHandshake();
        return socket;
    }

    private static byte[] options() {
        var text =
                """
                OPTIONS sip:x@example.com SIP/2.0
                Via: SIP/2.0/TLS 127.0.0.1;branch=z9hG4bK1
                Max-Forwards: 70
                From: <sip:a@example.com>;tag=1
                To: <sip:x@example.com>
                Call-ID: c
                CSeq: 1 OPTIONS
                Content-Length: 0

                """;
        return text.replace("\n", "\r\n").getBytes(UTF_8);
    }

    private Arrival arrival() throws InterruptedException {
        var arrival = arrivals.poll(LONG.toSeconds(), TimeUnit.SECONDS);
        assertThat(arrival).isNotNull();
        return arrival;
    }

    private static InetSocketAddress named(String name, int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByAddress(name, HOME), port);
    }

    private static X509Certificate shown(SSLSocket phone) throws IOException {
        return (X509Certificate) phone.getSession().getPeerCertificates()[0];
    }

    private void talks(SSLSocket phone) throws Exception {
        phone.getOutputStream().write(options());
        arrival().over().send("over here".getBytes(UTF_8));
        assertThat(phone.getInputStream().readNBytes(9)).isEqualTo("over here".getBytes(UTF_8));
    }

    @Test
    void a_message_and_its_answer_go_over_the_same_connection_with_tls_1_2_and_1_3()
            throws Exception {
        var transports = open(LONG);
        for (var protocol : List.of("TLSv1.2", "TLSv1.3")) {
            try (var phone = connect(transports, protocol)) {
                talks(phone);
                assertThat(phone.getSession().getProtocol()).isEqualTo(protocol);
            }
        }
    }

    @Test
    void an_older_tls_is_refused() {
        var transports = open(LONG);
        assertThatThrownBy(() -> connect(transports, "TLSv1.1").close())
                .isInstanceOf(IOException.class);
    }

    @Test
    void what_is_sent_before_the_handshake_is_over_waits_and_arrives() throws Exception {
        var server = open(LONG);
        var client = open(LONG);
        var port = server.listening(Protocol.TLS).getPort();

        var way = client.toward(Protocol.TLS, named("sip.example", port));
        way.send(options());

        assertThat(arrival().message()).isInstanceOf(SipRequest.class);
        assertThat(way.isOpen()).isTrue();
        assertThat(way.id()).startsWith("tls/127.0.0.1/" + port);
        assertThat(client.toward(Protocol.TLS, named("sip.example", port))).isSameAs(way);
        assertThat(client.toward(Protocol.TLS, named("other.example", port))).isNotSameAs(way);
    }

    private static void assertCloses(Connection way) {
        var end = System.nanoTime() + LONG.toNanos();
        while (way.isOpen() && System.nanoTime() < end) {
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(way.isOpen()).isFalse();
    }

    @Test
    void nothing_is_said_to_somebody_with_another_name() throws Exception {
        var server = open(LONG);
        var client = open(LONG);
        var way =
                client.toward(
                        Protocol.TLS,
                        named("bank.example", server.listening(Protocol.TLS).getPort()));
        way.send(options());
        assertCloses(way);
        assertThat(arrivals).isEmpty();
        assertThat(client.connectionCount()).isZero();
    }

    @Test
    void nothing_is_said_to_somebody_whom_a_stranger_vouches_for() throws Exception {
        var stranger = new TestAuthority();
        var impostor = stranger.context(stranger.issue("pbx", "sip.example"));
        var server = open(() -> impostor, LONG, 100);
        var way =
                open(LONG)
                        .toward(
                                Protocol.TLS,
                                named("sip.example", server.listening(Protocol.TLS).getPort()));
        way.send(options());
        assertCloses(way);
        assertThat(arrivals).isEmpty();
    }

    @Test
    void a_handshake_that_does_not_go_on_holds_up_nobody_and_is_cut_off() throws Exception {
        var transports = open(Duration.ofMillis(400));
        var server = transports.listening(Protocol.TLS);
        try (var slow = new Socket(server.getAddress(), server.getPort());
                var phone = connect(transports)) {
            slow.setSoTimeout((int) LONG.toMillis());
            slow.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1}); // the first octets of one
            talks(phone);
            assertThat(slow.getInputStream().read()).isEqualTo(-1);
            talks(phone);
        }
    }

    @Test
    void whoever_does_not_speak_tls_is_closed_and_others_go_on() throws Exception {
        var transports = open(LONG);
        var server = transports.listening(Protocol.TLS);
        try (var phone = connect(transports);
                var plain = new Socket(server.getAddress(), server.getPort())) {
            plain.getOutputStream().write(options());
            plain.setSoTimeout((int) LONG.toMillis());
            assertThat(plain.getInputStream().readAllBytes()).isNotEqualTo(options());
            talks(phone);
        }
        assertThat(arrivals).isEmpty();
    }

    @Test
    void a_new_certificate_is_for_new_connections_and_old_ones_go_on() throws Exception {
        var transports = open(LONG);
        var next = authority.issue("next", "sip.example");
        try (var old = connect(transports)) {
            var before = shown(old);
            context.set(authority.context(next));
            try (var fresh = connect(transports)) {
                assertThat(shown(fresh)).isEqualTo(next.certificate()).isNotEqualTo(before);
                talks(fresh);
                talks(old);
            }
        }
    }

    @Test
    void one_connection_too_many_is_closed_at_once() throws Exception {
        var transports = open(LONG, 1);
        try (var phone = connect(transports)) {
            talks(phone);
            assertThatThrownBy(() -> connect(transports).close()).isInstanceOf(IOException.class);
            talks(phone);
        }
    }

    @Test
    void a_taken_port_is_said() {
        var taken = open(LONG).listening(Protocol.TLS);
        var anywhere = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        assertThatThrownBy(
                        () ->
                                Transports.open(
                                        anywhere,
                                        Optional.of(new TlsSettings(taken, context::get)),
                                        (_, _) -> {},
                                        new TransportLimits()))
                .isInstanceOf(SipFailed.class)
                .hasMessageStartingWith("TLS 127.0.0.1:" + taken.getPort());
    }

    @Test
    void without_tls_nobody_is_reached_over_it() {
        var anywhere = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        try (var plain = Transports.open(anywhere, (_, _) -> {}, new TransportLimits())) {
            assertThat(plain.speaks(Protocol.TLS)).isFalse();
            assertThat(plain.toward(Protocol.TLS, anywhere).isOpen()).isFalse();
        }
    }

    @Test
    void a_domain_certificate_is_read_as_rfc_5922_says() {
        var dns = authority.issue("cn.example", "a.example", "*.w.example").certificate();
        assertThat(DomainCertificate.isFor(dns, "A.example")).isTrue();
        assertThat(DomainCertificate.isFor(dns, "x.w.example")).isFalse();
        assertThat(DomainCertificate.isFor(dns, "cn.example")).isFalse();
        var uri = authority.issue("cn", "sip:b.example", "c.example", "sip:u@d.example");
        assertThat(DomainCertificate.isFor(uri.certificate(), "b.example")).isTrue();
        assertThat(DomainCertificate.isFor(uri.certificate(), "c.example")).isFalse();
        assertThat(DomainCertificate.isFor(uri.certificate(), "d.example")).isFalse();
        var address = authority.issue("cn", "192.0.2.1").certificate();
        assertThat(DomainCertificate.isFor(address, "192.0.2.1")).isTrue();
        assertThat(DomainCertificate.isFor(address, "192.0.2.2")).isFalse();
    }

    @Test
    void a_log_never_shows_the_key_of_the_sound() {
        var secret = "d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj";
        var message =
                SipRequest.of("INVITE", SipUri.parse("sip:x@example.com"))
                        .withBody(
                                "application/sdp",
                                ("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:"
                                                + secret
                                                + "|2^20\r\n")
                                        .getBytes(UTF_8));
        assertThat(message.toString()).contains(secret);
        assertThat(new Veil(message).toString())
                .contains("inline:(hidden)|2^20")
                .doesNotContain(secret);
    }
}
