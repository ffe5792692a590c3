package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The table of [TortureMessage] over real sockets. Each message meets a stack of its own, since many of them claim
/// to be of the same transaction. An OPTIONS behind it shows that the stack goes on, and that what was not answered
/// before it never will be.
class TortureWireTest {
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger own = (Logger) LoggerFactory.getLogger("fulcrum.sip");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<Throwable> escaped = new CopyOnWriteArrayList<>();
    private Thread.UncaughtExceptionHandler handler = (_, _) -> {};
    private Office office = new Office();

    @BeforeEach
    void open() {
        log.start();
        root.addAppender(log);
        own.setLevel(Level.WARN);
        var before = Thread.getDefaultUncaughtExceptionHandler();
        handler = before == null ? handler : before;
        Thread.setDefaultUncaughtExceptionHandler((_, thrown) -> escaped.add(thrown));
    }

    @AfterEach
    void nothing_was_thrown_anywhere() {
        office.close();
        root.detachAppender(log);
        own.setLevel(null);
        Thread.setDefaultUncaughtExceptionHandler(handler);
        assertThat(escaped).isEmpty();
        assertThat(
                        log.list.stream()
                                .filter(event -> event.getLevel().isGreaterOrEqual(Level.ERROR)))
                .isEmpty();
    }

    static List<TortureMessage> messages() {
        return TortureMessage.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void over_udp_a_message_is_answered_as_the_table_says(TortureMessage message) {
        try (var phone = new UdpPhone(office.address())) {
            phone.send(phone.answeredHere(message.bytes()));
            assertThat(phone.answersUntilProbed()).isEqualTo(expected(message.treatment()));
        }
        keepsNothing(message);
    }

    static List<TortureMessage> framedMessages() {
        var special = List.of("clerr", "dblreq", "baddn", "inv2543");
        return messages().stream().filter(message -> !special.contains(message.name())).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("framedMessages")
    void over_tcp_a_message_is_answered_as_the_table_says(TortureMessage message) {
        try (var phone = new TcpPhone(office.address())) {
            phone.send(message.bytes());
            if (message.treatment() instanceof TortureMessage.Treatment.LosesFraming(var status)) {
                assertThat(phone.answersUntilClosed()).containsExactly(status);
            } else {
                assertThat(phone.answersUntilProbed()).isEqualTo(expected(message.treatment()));
            }
        }
        stillServes();
        keepsNothing(message);
    }

    @Test
    void over_tcp_the_rest_of_a_long_body_is_waited_for() {
        try (var phone = new TcpPhone(office.address())) {
            phone.send(TortureMessage.bytes("clerr"));
            stillServes();
            phone.send("\r\n".repeat((9999 - 154) / 2).getBytes(StandardCharsets.US_ASCII));
            phone.send(new byte[] {'\n'});
            assertThat(phone.answersUntilProbed()).containsExactly(486);
        }
    }

    /// What is noise behind the message in a datagram is the next message on a stream. Its description is broken, and
    /// its body is longer than it says, so that what remains is no message.
    @Test
    void over_tcp_two_messages_in_one_piece_are_both_answered() {
        try (var phone = new TcpPhone(office.address())) {
            phone.send(TortureMessage.bytes("dblreq"));
            assertThat(phone.answersUntilClosed()).containsExactly(200, 400);
        }
        stillServes();
    }

    /// The archive's copy ends before the empty line, which a stream cannot do without.
    @Test
    void over_tcp_a_message_is_waited_for_until_its_empty_line() {
        try (var phone = new TcpPhone(office.address())) {
            phone.send(TortureMessage.bytes("baddn"));
            stillServes();
            phone.send(new byte[] {'\r', '\n'});
            assertThat(phone.answersUntilProbed()).containsExactly(400);
        }
    }

    /// RFC 2543 let the end of the connection end the body; RFC 3261 §20.14 does not.
    @Test
    void over_tcp_a_message_without_content_length_loses_the_framing() {
        try (var phone = new TcpPhone(office.address())) {
            phone.send(TortureMessage.bytes("inv2543"));
            assertThat(phone.answersUntilClosed()).containsExactly(400);
        }
        stillServes();
    }

    /// However the network cuts them into pieces.
    @Test
    void over_tcp_messages_are_read_byte_by_byte() {
        try (var phone = new TcpPhone(office.address())) {
            for (var name : List.of("wsinv", "mpart01", "quotbal", "lwsdisp")) {
                for (var one : TortureMessage.bytes(name)) {
                    phone.send(new byte[] {one});
                }
            }
            assertThat(phone.answersUntilProbed()).containsExactly(481, 200, 400, 200);
        }
    }

    @Test
    void an_answer_says_what_would_have_been_right() {
        try (var phone = new UdpPhone(office.address())) {
            assertThat(phone.answerTo("bext01"))
                    .contains(
                            "\r\nUnsupported: nothingSupportsThis, nothingSupportsThisEither\r\n");
            assertThat(phone.answerTo("invut")).contains("\r\nAccept: application/sdp\r\n");
            assertThat(phone.answerTo("intmeth")).contains("\r\nAllow: INVITE, ACK, ");
            var challenge = phone.answerTo("regaut01");
            assertThat(challenge).containsSubsequence("algorithm=SHA-256", "algorithm=MD5");
            assertThat(challenge).contains("\r\nWWW-Authenticate: Digest realm=\"example.com\"");
            assertThat(phone.answerTo("badvers"))
                    .startsWith("SIP/2.0 505 ")
                    .contains("\r\nVia:     SIP/7.0/UDP ");
        }
    }

    private static List<Integer> expected(TortureMessage.Treatment treatment) {
        return switch (treatment) {
            case TortureMessage.Treatment.Accepted(var status) -> List.of(status);
            case TortureMessage.Treatment.Refused(var status) -> List.of(status);
            case TortureMessage.Treatment.LosesFraming(var status) -> List.of(status);
            case TortureMessage.Treatment.Unreadable(), TortureMessage.Treatment.Stray() ->
                    List.of();
        };
    }

    private void stillServes() {
        try (var other = new TcpPhone(office.address())) {
            assertThat(other.answersUntilProbed()).isEmpty();
        }
    }

    /// Only what was admitted may leave a transaction behind.
    private void keepsNothing(TortureMessage message) {
        var kept = new ArrayList<>(office.admitted());
        kept.removeIf(request -> request.method().equals("OPTIONS"));
        if (kept.isEmpty()) {
            assertThat(office.transactionCount()).as(message.name()).isZero();
        }
        assertThat(
                        office.admitted().stream()
                                .filter(request -> !request.method().equals("OPTIONS")))
                .as(message.name())
                .hasSizeLessThan(2);
    }
}
