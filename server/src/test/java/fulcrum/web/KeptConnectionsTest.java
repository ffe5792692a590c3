package fulcrum.web;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.HttpAnswer;
import fulcrum.call.HttpAsk;

import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ProtocolException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/// What keeps a connection, what ends it, and what is sent over it.
class KeptConnectionsTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final List<AutoCloseable> open = new ArrayList<>();
    private final GuardedClient client = client(GuardedClient.Settings.of("Fulcrum/test"));

    private GuardedClient client(GuardedClient.Settings settings) {
        GuardedClient made = new GuardedClient(new AddressGuard(LocalUrls.ALL), settings);
        open.add(made);
        return made;
    }

    private OddServer serve(OddServer.Answering answering) {
        OddServer server = OddServer.answering(answering);
        open.add(server);
        return server;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private static HttpAsk get(String url) {
        return new HttpAsk("GET", url, Map.of(), "", LONG, 1000);
    }

    private static CompletableFuture<HttpAnswer> fetch(GuardedClient client, HttpAsk ask) {
        CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
        client.fetch(ask, answer::complete);
        return answer;
    }

    private static String body(CompletableFuture<HttpAnswer> answer) throws Exception {
        HttpAnswer got = answer.get(30, TimeUnit.SECONDS);
        assertThat(got).isInstanceOf(HttpAnswer.Response.class);
        return ((HttpAnswer.Response) got).body();
    }

    private String body(String url) throws Exception {
        return body(fetch(client, get(url)));
    }

    private HttpAnswer.Unanswered failure(String url) throws Exception {
        HttpAnswer got = fetch(client, get(url)).get(30, TimeUnit.SECONDS);
        assertThat(got).isInstanceOf(HttpAnswer.Unanswered.class);
        return (HttpAnswer.Unanswered) got;
    }

    @Test
    void of_many_kept_connections_that_are_closed_each_is_replaced_by_a_fresh_one()
            throws Exception {
        CountDownLatch together = new CountDownLatch(3);
        OddServer server =
                serve(
                        (request, connection) -> {
                            together.countDown();
                            await(together);
                            connection.send(OddServer.ok("", "x"));
                            return false; // without having said so
                        });
        List<CompletableFuture<HttpAnswer>> first = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            first.add(fetch(client, get(server.url("/"))));
        }
        for (CompletableFuture<HttpAnswer> each : first) {
            assertThat(body(each)).isEqualTo("x");
        }
        for (int i = 0; i < 5; i++) {
            assertThat(body(server.url("/"))).isEqualTo("x");
        }
        assertThat(server.requests()).hasSize(8);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void an_answer_that_breaks_off_on_a_kept_connection_is_not_asked_for_again() throws Exception {
        OddServer server =
                serve(
                        (request, connection) -> {
                            boolean whole = request.line().startsWith("GET /whole ");
                            connection.send(
                                    whole ? OddServer.ok("", "x") : "HTTP/1.1 200 OK\r\nConte");
                            return whole;
                        });
        assertThat(body(server.url("/whole"))).isEqualTo("x");
        assertThat(failure(server.url("/half")).kind()).isEqualTo(HttpAnswer.Kind.BROKEN);
        assertThat(server.requests()).hasSize(2);
        assertThat(server.connections()).isEqualTo(1);
        assertThat(body(server.url("/whole"))).isEqualTo("x");
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void requests_to_a_host_with_no_free_connection_wait_for_one() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        OddServer server =
                serve(
                        (request, connection) -> {
                            await(asked);
                            connection.send(OddServer.ok("", "x"));
                            return true;
                        });
        GuardedClient narrow = client(new GuardedClient.Settings("Fulcrum/test", 10, 1, 5));
        List<CompletableFuture<HttpAnswer>> answers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            answers.add(fetch(narrow, get(server.url("/"))));
        }
        asked.countDown();
        for (CompletableFuture<HttpAnswer> each : answers) {
            assertThat(body(each)).isEqualTo("x");
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void compressed_answers_keep_their_connection_whether_chunked_or_not() throws Exception {
        AtomicInteger number = new AtomicInteger();
        OddServer server =
                serve(
                        (request, connection) -> {
                            int which = number.getAndIncrement();
                            byte[] packed = packed(which % 2 == 0);
                            connection.send(
                                    "HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\n"
                                            .formatted(which % 2 == 0 ? "GZip" : "deflate"));
                            if (which < 2) {
                                connection.send("Content-Length: " + packed.length + "\r\n\r\n");
                                connection.send(packed);
                            } else {
                                connection.send("Transfer-Encoding: chunked\r\n\r\n");
                                connection.send("%x\r\n".formatted(packed.length));
                                connection.send(packed);
                                connection.send("\r\n0\r\n\r\n");
                            }
                            return true;
                        });
        for (int i = 0; i < 4; i++) {
            assertThat(body(server.url("/"))).isEqualTo("hello");
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    private static byte[] packed(boolean gzip) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream to =
                gzip ? new GZIPOutputStream(bytes) : new DeflaterOutputStream(bytes)) {
            to.write("hello".getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    @Test
    void an_answer_packed_in_a_way_that_was_not_asked_for_is_broken() throws Exception {
        OddServer server =
                serve(
                        (request, connection) -> {
                            connection.send(OddServer.ok("Content-Encoding: br\r\n", "x"));
                            return true;
                        });
        HttpAnswer.Unanswered broken = failure(server.url("/"));
        assertThat(broken.kind()).isEqualTo(HttpAnswer.Kind.BROKEN);
        assertThat(broken.reason()).isEqualTo("the answer is packed as br");
    }

    @Test
    void an_answer_of_http_1_0_and_one_that_says_close_end_their_connection() throws Exception {
        OddServer server =
                serve(
                        (request, connection) -> {
                            connection.send(
                                    request.line().startsWith("GET /old ")
                                            ? "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx"
                                            : OddServer.ok("Connection: close\r\n", "x"));
                            return true;
                        });
        for (String path : List.of("/old", "/old", "/closes", "/closes")) {
            assertThat(body(server.url(path))).isEqualTo("x");
        }
        assertThat(server.connections()).isEqualTo(4);
    }

    @Test
    void a_connection_with_an_unread_rest_is_not_used_again() throws Exception {
        OddServer server =
                serve(
                        (request, connection) -> {
                            boolean large = request.line().startsWith("GET /large ");
                            connection.send(OddServer.ok("", "x".repeat(large ? 100_000 : 1)));
                            return true;
                        });
        assertThat(failure(server.url("/large")).kind()).isEqualTo(HttpAnswer.Kind.TOO_LARGE);
        assertThat(body(server.url("/small"))).isEqualTo("x");
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void how_the_message_is_framed_is_not_the_askers_to_say() throws Exception {
        OddServer server =
                serve(
                        (request, connection) -> {
                            connection.send(OddServer.ok("", "x"));
                            return true;
                        });
        Map<String, String> headers =
                Map.of(
                        "Content-Length", "999",
                        "Transfer-Encoding", "chunked",
                        "Connection", "close",
                        "User-Agent", "Mine/1",
                        "Content-Type", "text/plain");
        HttpAsk ask = new HttpAsk("POST", server.url("//twice"), headers, "abc", LONG, 1000);
        assertThat(body(fetch(client, ask))).isEqualTo("x");
        OddServer.Request request = server.requests().getFirst();
        assertThat(request.line()).isEqualTo("POST //twice HTTP/1.1");
        assertThat(request.body()).isEqualTo("abc");
        assertThat(request.header("content-length")).isEqualTo("3");
        assertThat(request.headers()).doesNotContainKey("transfer-encoding");
        assertThat(request.header("connection")).isEqualTo("keep-alive");
        assertThat(request.header("user-agent")).isEqualTo("Mine/1");
    }

    @Test
    void the_host_is_named_with_its_port_unless_that_is_the_usual_one() throws Exception {
        assertThat(host("http://example.com:80/")).isEqualTo("example.com");
        assertThat(host("https://example.com/")).isEqualTo("example.com");
        assertThat(host("https://example.com:80/")).isEqualTo("example.com:80");
        assertThat(host("http://[::1]:8080/")).isEqualTo("[0:0:0:0:0:0:0:1]:8080");
    }

    private static String host(String url) throws BadFetch, ProtocolException {
        ClassicHttpRequest request = Hop.first(get(url)).request("Fulcrum/test");
        return request.getHeader("Host").getValue();
    }
}
