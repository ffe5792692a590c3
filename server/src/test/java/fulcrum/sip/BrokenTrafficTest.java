package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/// Broken messages against everything behind the sockets: nothing is thrown, nothing is logged as a defect of ours, and
/// what is answered is answered in SIP.
class BrokenTrafficTest {
    private static final int ROUNDS = 10_000;

    private final Logger own = (Logger) LoggerFactory.getLogger("fulcrum.sip");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        own.setLevel(Level.ERROR);
        log.start();
        own.addAppender(log);
    }

    @AfterEach
    void no_defect_was_logged() {
        own.detachAppender(log);
        own.setLevel(null);
        assertThat(log.list).isEmpty();
    }

    @Test
    void the_whole_stack_survives_broken_datagrams() {
        var clock = new VirtualClock();
        try (var office = new Office()) {
            var stack = new Stack(new SipSettings(), clock, new Random(7)::nextLong);
            stack.startOn(new NoWay(), office);
            var answers = new Answers();
            var inlet = new Inlet(stack.listener());
            var mutations = new Mutations(3261, requests());
            for (var round = 0; round < ROUNDS; round++) {
                inlet.take(mutations.next(), answers);
            }
            clock.passSeconds(300);
            assertThat(stack.transactions().size()).isZero();
            assertThat(stack.sessionCount()).isZero();
            assertThat(answers.sent).hasSizeGreaterThan(ROUNDS / 4);
            assertThat(answers.sent.stream().filter(Predicate.not(BrokenTrafficTest::isAnswer)))
                    .isEmpty();
        }
    }

    /// A stream that is cut in other places is cut into the same messages.
    @Test
    void a_broken_stream_is_read_the_same_however_it_is_cut() {
        var random = new Random(793);
        var mutations = new Mutations(5626, requests());
        for (var round = 0; round < ROUNDS / 5; round++) {
            var stream = new StringBuilder();
            for (var left = 1 + random.nextInt(3); left > 0; left--) {
                stream.append(new String(mutations.next(), StandardCharsets.ISO_8859_1));
            }
            var bytes = stream.toString().getBytes(StandardCharsets.ISO_8859_1);
            assertThat(frames(bytes, 1 + random.nextInt(100)))
                    .isEqualTo(frames(bytes, bytes.length));
        }
    }

    private static List<byte[]> requests() {
        return TortureMessage.all().stream().map(TortureMessage::bytes).toList();
    }

    private static boolean isAnswer(String answer) {
        return answer.matches("(?s)SIP/2\\.0 [1-6]\\d\\d .*\r\n\r\n.*");
    }

    private static List<String> frames(byte[] stream, int pieceBytes) {
        var framer = new StreamFramer();
        var found = new ArrayList<String>();
        for (var at = 0; at < stream.length; at += pieceBytes) {
            var piece = Arrays.copyOfRange(stream, at, Math.min(stream.length, at + pieceBytes));
            framer.add(piece, piece.length);
            for (var frame = framer.next();
                    !(frame instanceof StreamFramer.Frame.Nothing);
                    frame = framer.next()) {
                switch (frame) {
                    case StreamFramer.Frame.Message(var raw) ->
                            found.add(
                                    raw.startLine()
                                            + '|'
                                            + raw.lines().length
                                            + '|'
                                            + raw.body().length());
                    case StreamFramer.Frame.Broken(var why, var _) -> {
                        found.add(why.reason());
                        return found;
                    }
                    case StreamFramer.Frame.Ping() -> found.add("ping");
                    case StreamFramer.Frame.Nothing() -> {}
                }
            }
        }
        return found;
    }

    /// Where every message comes from, and where the answers go.
    private static final class Answers implements Inlet.Source, Connection {
        private final List<String> sent = new ArrayList<>();

        @Override
        public Connection replyBy(Via via) {
            return this;
        }

        @Override
        public Connection back() {
            return this;
        }

        @Override
        public Via seen(Via via) {
            return Seen.by(via, remote());
        }

        @Override
        public void send(byte[] message) {
            sent.add(new String(message, StandardCharsets.UTF_8));
        }

        @Override
        public InetSocketAddress remote() {
            return new InetSocketAddress(InetAddress.ofLiteral("192.0.2.77"), 5060);
        }

        @Override
        public InetSocketAddress local() {
            return NoWay.HERE;
        }

        @Override
        public Protocol protocol() {
            return Protocol.UDP;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public String id() {
            return "answers";
        }
    }

    /// Nobody is called.
    private static final class NoWay implements Flows {
        private static final InetSocketAddress HERE =
                new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 5060);

        @Override
        public Connection toward(Protocol protocol, InetSocketAddress remote) {
            throw new AssertionError("a message went to " + remote);
        }

        @Override
        public InetSocketAddress listening(Protocol protocol) {
            return HERE;
        }
    }
}
