package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Messages cut out of a stream.
class StreamFramerTest {
    private final StreamFramer framer = new StreamFramer();

    private static String message(String body) {
        return "INFO sip:x@example.com SIP/2.0\r\nVia: SIP/2.0/TCP h;branch=z9hG4bK1\r\nl: "
                + body.length()
                + "\r\n\r\n"
                + body;
    }

    private void add(String text) {
        var bytes = text.getBytes(UTF_8);
        framer.add(bytes, bytes.length);
    }

    /// Each frame in short: `ping`, the body of a message, or `broken` and the status.
    private List<String> frames() {
        var found = new ArrayList<String>();
        while (true) {
            switch (framer.next()) {
                case StreamFramer.Frame.Nothing() -> {
                    return found;
                }
                case StreamFramer.Frame.Ping() -> found.add("ping");
                case StreamFramer.Frame.Message(var raw) ->
                        found.add(new String(raw.body().copy(), UTF_8));
                case StreamFramer.Frame.Broken(var why, var head) -> {
                    found.add("broken " + why.status() + (head.isPresent() ? "" : " without head"));
                    return found;
                }
            }
        }
    }

    @Test
    void messages_come_out_however_the_stream_is_cut() {
        var bodies = List.of("", "one", "two\r\n\r\nthree", "x".repeat(9_000), "");
        var stream = new StringBuilder();
        bodies.forEach(body -> stream.append(message(body)));
        var random = new Random(4);
        for (var round = 0; round < 200; round++) {
            var found = new ArrayList<String>();
            for (var at = 0; at < stream.length(); ) {
                var end =
                        Math.min(
                                stream.length(), at + 1 + random.nextInt(round < 100 ? 40 : 4_000));
                add(stream.substring(at, end));
                found.addAll(frames());
                at = end;
            }
            assertThat(found).isEqualTo(bodies);
            assertThat(framer.isBetweenMessages()).isTrue();
        }
    }

    @Test
    void double_line_ends_between_messages_are_pings() {
        add("\r\n\r\n" + message("a") + "\r\n");
        assertThat(frames()).containsExactly("ping", "a");
        add("\r\n");
        assertThat(frames()).containsExactly("ping");
        add("\r\n\r\n\r\n\r\n");
        assertThat(frames()).containsExactly("ping", "ping");
        add("\r\n");
        add(message("b"));
        assertThat(frames()).containsExactly("b");
        add("\r");
        assertThat(frames()).isEmpty();
        add("\n\r\n");
        assertThat(frames()).containsExactly("ping");
    }

    @Test
    void lone_line_feeds_end_lines_too() {
        add("INFO sip:x@example.com SIP/2.0\nContent-Length: 2\n\nhi");
        assertThat(frames()).containsExactly("hi");
    }

    @Test
    void a_length_that_is_missing_wrong_or_contradictory_breaks_the_stream() {
        for (var length :
                List.of(
                        "X: y",
                        "l: -1",
                        "l: 1x",
                        "l: 99999999999",
                        "l: 1\r\nContent-Length: 2",
                        "l:")) {
            var broken = new StreamFramer();
            var bytes =
                    ("INFO sip:x@example.com SIP/2.0\r\n" + length + "\r\n\r\n").getBytes(UTF_8);
            broken.add(bytes, bytes.length);
            assertThat(broken.next())
                    .isInstanceOfSatisfying(
                            StreamFramer.Frame.Broken.class,
                            frame -> assertThat(frame.head()).isPresent());
        }
    }

    @Test
    void what_is_too_large_is_noticed_before_it_has_come() {
        add("INFO sip:x@example.com SIP/2.0\r\nl: 65000\r\nX: " + "y".repeat(600) + "\r\n\r\n");
        assertThat(frames()).containsExactly("broken 513");
        var endless = new StreamFramer();
        var chunk = "a: b\r\n".repeat(1000).getBytes(UTF_8);
        StreamFramer.Frame last = endless.next();
        for (var i = 0; i < 20 && !(last instanceof StreamFramer.Frame.Broken); i++) {
            endless.add(chunk, chunk.length);
            last = endless.next();
        }
        assertThat(last)
                .isInstanceOfSatisfying(
                        StreamFramer.Frame.Broken.class,
                        frame -> assertThat(frame.why().status()).isEqualTo(513));
    }

    @Test
    void headers_that_cannot_be_cut_break_the_stream() {
        add("INFO sip:x@example.com SIP/2.0\r\nno colon here\r\nl: 0\r\n\r\n");
        assertThat(frames()).hasSize(1).first().asString().startsWith("broken 400");
    }
}
