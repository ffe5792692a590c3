package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The sockets by themselves.
class TransportsTest {
    private static final String LOOPBACK = "127.0.0.1";

    private record Arrival(SipMessage message, Connection over) {}

    private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final List<Transports> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(Transports::close);
    }

    private Transports open(String host, TransportLimits limits) {
        var transports =
                Transports.open(
                        address(host, 0),
                        (message, over) -> arrivals.add(new Arrival(message, over)),
                        limits);
        opened.add(transports);
        return transports;
    }

    private Transports open() {
        return open(LOOPBACK, new TransportLimits());
    }

    private static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }

    private Arrival arrival() throws InterruptedException {
        var arrival = arrivals.poll(20, TimeUnit.SECONDS);
        assertThat(arrival).isNotNull();
        return arrival;
    }

    private static byte[] options(String via) {
        return ("OPTIONS sip:x@example.com SIP/2.0\r\nVia: "
                        + via
                        + "\r\nMax-Forwards: 70\r\n"
                        + "From: <sip:a@example.com>;tag=1\r\nTo: <sip:x@example.com>\r\nCall-ID: c\r\n"
                        + "CSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n")
                .getBytes(UTF_8);
    }

    @Test
    void with_rport_the_answer_goes_where_the_request_came_from() throws Exception {
        var transports = open();
        try (var phone = new DatagramSocket(0, InetAddress.ofLiteral(LOOPBACK))) {
            var bytes = options("SIP/2.0/UDP 10.9.8.7:5999;branch=z9hG4bK1;rport;received=1.2.3.4");
            phone.send(new DatagramPacket(bytes, bytes.length, transports.listening(Protocol.UDP)));
            var arrival = arrival();
            var via = arrival.message().topVia();
            assertThat(via.received()).hasValue(LOOPBACK);
            assertThat(via.rport()).isEqualTo(phone.getLocalPort());
            assertThat(arrival.over().remote()).isEqualTo(address(LOOPBACK, phone.getLocalPort()));
            arrival.over()
                    .send(SipResponse.to((SipRequest) arrival.message(), 200, "OK").toBytes());
            phone.setSoTimeout(20_000);
            var packet = new DatagramPacket(new byte[2000], 2000);
            phone.receive(packet);
            assertThat(SipParser.parse(packet.getData(), packet.getLength()))
                    .isInstanceOfSatisfying(
                            SipResponse.class,
                            response -> assertThat(response.status()).isEqualTo(200));
        }
    }

    @Test
    void without_rport_the_answer_goes_to_the_port_of_the_via() throws Exception {
        var transports = open();
        try (var phone = new DatagramSocket(0, InetAddress.ofLiteral(LOOPBACK))) {
            var bytes = options("SIP/2.0/UDP 10.9.8.7:5999;branch=z9hG4bK1");
            phone.send(new DatagramPacket(bytes, bytes.length, transports.listening(Protocol.UDP)));
            var arrival = arrival();
            assertThat(arrival.over().remote()).isEqualTo(address(LOOPBACK, 5999));
            assertThat(arrival.message().topVia().received()).hasValue(LOOPBACK);
            assertThat(arrival.message().topVia().hasRport()).isFalse();
            var noPort = options("SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK2");
            phone.send(
                    new DatagramPacket(noPort, noPort.length, transports.listening(Protocol.UDP)));
            var second = arrival();
            assertThat(second.over().remote()).isEqualTo(address(LOOPBACK, 5060));
            assertThat(second.message().topVia().received()).isEmpty();
        }
    }

    @Test
    void keep_alives_and_other_peoples_packets_are_dropped_and_reading_goes_on() throws Exception {
        var transports = open();
        try (var phone = new DatagramSocket(0, InetAddress.ofLiteral(LOOPBACK))) {
            for (var packet :
                    List.of(
                            "",
                            "\r\n\r\n",
                            "\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n",
                            "\0\1\0\0!\u0012\u00a4B1234567890")) {
                var bytes = packet.getBytes(UTF_8);
                phone.send(
                        new DatagramPacket(
                                bytes, bytes.length, transports.listening(Protocol.UDP)));
            }
            var bytes = options("SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK2");
            phone.send(new DatagramPacket(bytes, bytes.length, transports.listening(Protocol.UDP)));
            assertThat(((SipRequest) arrival().message()).method()).isEqualTo("OPTIONS");
            assertThat(arrivals).isEmpty();
            assertThat(transports.malformedCount()).isZero();
        }
    }

    @Test
    void bound_to_all_addresses_it_hears_ipv4_and_ipv6() throws Exception {
        var loopback6 = InetAddress.ofLiteral("::1");
        Assumptions.assumeTrue(hasIpv6(loopback6), "this machine has no IPv6");
        var transports = open("0.0.0.0", new TransportLimits());
        var port = transports.listening(Protocol.UDP).getPort();
        try (var phone4 = new DatagramSocket(0, InetAddress.ofLiteral(LOOPBACK));
                var phone6 = new DatagramSocket(0, loopback6)) {
            var four = options("SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK4;rport");
            phone4.send(new DatagramPacket(four, four.length, address(LOOPBACK, port)));
            assertThat(arrival().over().remote().getAddress())
                    .isEqualTo(InetAddress.ofLiteral(LOOPBACK));
            var six = options("SIP/2.0/UDP [::1]:1;branch=z9hG4bK6;rport");
            phone6.send(
                    new DatagramPacket(six, six.length, new InetSocketAddress(loopback6, port)));
            var arrival = arrival();
            assertThat(arrival.over().remote())
                    .isEqualTo(new InetSocketAddress(loopback6, phone6.getLocalPort()));
            arrival.over()
                    .send(SipResponse.to((SipRequest) arrival.message(), 200, "OK").toBytes());
            phone6.setSoTimeout(20_000);
            phone6.receive(new DatagramPacket(new byte[2000], 2000));
        }
    }

    private static boolean hasIpv6(InetAddress loopback6) {
        try (var socket = new DatagramSocket(0, loopback6)) {
            return socket.isBound();
        } catch (SocketException e) {
            return false;
        }
    }

    @Test
    void a_port_that_is_taken_is_said_in_words() throws Exception {
        var first = open();
        var taken = first.listening(Protocol.UDP);
        assertThatThrownBy(() -> Transports.open(taken, (_, _) -> {}, new TransportLimits()))
                .isInstanceOf(SipFailed.class)
                .hasMessageStartingWith("UDP 127.0.0.1:" + taken.getPort() + ": ")
                .hasMessageContaining("in use");
        try (var other = new ServerSocket(0, 1, InetAddress.ofLiteral(LOOPBACK))) {
            assertThatThrownBy(
                            () ->
                                    Transports.open(
                                            address(LOOPBACK, other.getLocalPort()),
                                            (_, _) -> {},
                                            new TransportLimits()))
                    .isInstanceOf(SipFailed.class)
                    .hasMessageStartingWith("TCP 127.0.0.1:" + other.getLocalPort() + ": ");
            try (var free =
                    new DatagramSocket(other.getLocalPort(), InetAddress.ofLiteral(LOOPBACK))) {
                assertThat(free.isBound()).isTrue();
            }
        }
    }

    @Test
    void udp_and_tcp_share_the_port_that_was_free() {
        var transports = open();
        assertThat(transports.listening(Protocol.TCP))
                .isEqualTo(transports.listening(Protocol.UDP));
        assertThat(transports.listening(Protocol.UDP).getPort()).isPositive();
    }

    @Test
    void a_ping_on_a_connection_gets_a_pong() throws Exception {
        var transports = open();
        try (var phone = connect(transports)) {
            phone.getOutputStream().write("\r\n\r\n".getBytes(UTF_8));
            assertThat(phone.getInputStream().readNBytes(2)).isEqualTo("\r\n".getBytes(UTF_8));
        }
    }

    @Test
    void a_connection_that_says_nothing_is_closed() throws Exception {
        var limits =
                new TransportLimits(
                        10,
                        Duration.ofHours(1),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(5),
                        1 << 20);
        var transports = open(LOOPBACK, limits);
        try (var phone = connect(transports)) {
            assertThat(phone.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void a_connection_that_only_pings_is_closed_as_well() throws Exception {
        var limits =
                new TransportLimits(
                        10,
                        Duration.ofHours(1),
                        Duration.ofMillis(300),
                        Duration.ofSeconds(5),
                        1 << 20);
        var transports = open(LOOPBACK, limits);
        try (var phone = connect(transports)) {
            phone.getOutputStream().write("\r\n\r\n".getBytes(UTF_8));
            assertThat(phone.getInputStream().readAllBytes()).isEqualTo("\r\n".getBytes(UTF_8));
        }
    }

    @Test
    void a_connection_that_has_spoken_may_be_silent_as_long_as_its_idle_time() throws Exception {
        var limits =
                new TransportLimits(
                        10,
                        Duration.ofMillis(300),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(5),
                        1 << 20);
        var transports = open(LOOPBACK, limits);
        try (var phone = connect(transports)) {
            phone.getOutputStream().write(options("SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK1"));
            assertThat(arrival().over().isOpen()).isTrue();
            assertThat(phone.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void one_connection_too_many_is_closed_at_once() throws Exception {
        var limits =
                new TransportLimits(
                        1,
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        Duration.ofSeconds(5),
                        1 << 20);
        var transports = open(LOOPBACK, limits);
        try (var first = connect(transports)) {
            first.getOutputStream().write(options("SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK1"));
            arrival();
            try (var second = connect(transports)) {
                assertThat(second.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(transports.connectionCount()).isEqualTo(1);
            assertThat(transports.toward(Protocol.TCP, address(LOOPBACK, 9)).isOpen()).isFalse();
        }
    }

    @Test
    void a_connection_whose_framing_is_lost_is_answered_and_closed() throws Exception {
        var transports = open();
        try (var phone = connect(transports)) {
            var bytes =
                    new String(options("SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK1"), UTF_8)
                            .replace("Content-Length: 0", "Content-Length: much");
            phone.getOutputStream().write((bytes + "and more").getBytes(UTF_8));
            var answer = new String(phone.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer).startsWith("SIP/2.0 400 ");
            assertThat(arrivals).isEmpty();
        }
    }

    @Test
    void two_messages_in_one_piece_and_one_in_many_pieces_arrive_whole() throws Exception {
        var transports = open();
        try (var phone = connect(transports)) {
            phone.setTcpNoDelay(true);
            var out = phone.getOutputStream();
            var one = options("SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK1");
            var two =
                    new String(one, UTF_8)
                            + new String(one, UTF_8).replace("1 OPTIONS", "2 OPTIONS");
            out.write(two.getBytes(UTF_8));
            assertThat(arrival().message().cseq().number()).isEqualTo(1);
            assertThat(arrival().message().cseq().number()).isEqualTo(2);
            for (var b : one) {
                out.write(b);
            }
            assertThat(arrival().message().cseq().number()).isEqualTo(1);
        }
    }

    @Test
    void a_peer_that_reads_nothing_costs_its_connection_and_no_memory() throws Exception {
        var limits =
                new TransportLimits(
                        5,
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        Duration.ofSeconds(5),
                        100_000);
        var transports = open(LOOPBACK, limits);
        try (var phone = connect(transports)) {
            phone.getOutputStream().write(options("SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK1"));
            var flow = arrival().over();
            for (var sent = 0; sent < 100_000 && flow.isOpen(); sent++) {
                flow.send(new byte[10_000]);
            }
            assertThat(flow.isOpen()).isFalse();
            assertThat(transports.connectionCount()).isZero();
        }
    }

    @Test
    void a_message_to_an_impossible_address_is_lost_and_counted() {
        var transports = open();
        transports.toward(Protocol.UDP, address("2001:db8::1", 5060)).send(new byte[] {1});
        transports.toward(Protocol.UDP, address(LOOPBACK, 0)).send(new byte[] {1});
        assertThat(transports.unsentCount()).isEqualTo(2);
        transports.close();
        assertThat(transports.toward(Protocol.UDP, address(LOOPBACK, 5060)).isOpen()).isFalse();
        transports.toward(Protocol.UDP, address(LOOPBACK, 5060)).send(new byte[] {1});
        assertThat(transports.unsentCount()).isEqualTo(3);
    }

    private static Socket connect(Transports transports) throws IOException {
        var socket = new Socket();
        socket.connect(transports.listening(Protocol.TCP));
        socket.setSoTimeout(20_000);
        return socket;
    }
}
