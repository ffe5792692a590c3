package fulcrum.web;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.HttpAnswer;
import fulcrum.call.HttpAsk;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

class GuardedClientTest {
    private static final Duration SOON = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final List<AutoCloseable> open = new ArrayList<>();
    private final GuardedClient client = client(new AddressGuard(LocalUrls.ALL));

    private GuardedClient client(AddressGuard guard) {
        GuardedClient made = new GuardedClient(guard, GuardedClient.Settings.of("Fulcrum/test"));
        open.add(made);
        return made;
    }

    private OddServer serve(OddServer server) {
        open.add(server);
        return server;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private static HttpAsk get(String url, Duration deadline) {
        return new HttpAsk("GET", url, Map.of(), "", deadline, 1000);
    }

    private static HttpAnswer answer(GuardedClient client, HttpAsk ask) throws Exception {
        CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
        client.fetch(ask, answer::complete);
        return answer.get(30, TimeUnit.SECONDS);
    }

    private HttpAnswer.Response response(HttpAsk ask) throws Exception {
        HttpAnswer answer = answer(client, ask);
        assertThat(answer).isInstanceOf(HttpAnswer.Response.class);
        return (HttpAnswer.Response) answer;
    }

    private HttpAnswer.Unanswered failure(HttpAsk ask) throws Exception {
        HttpAnswer answer = answer(client, ask);
        assertThat(answer).isInstanceOf(HttpAnswer.Unanswered.class);
        return (HttpAnswer.Unanswered) answer;
    }

    @Test
    void a_get_arrives_with_its_query_as_written_and_without_a_body() throws Exception {
        OddServer server = serve(OddServer.sending(OddServer.ok("X-A: 1\r\nx-a: 2\r\n", "hi")));
        String url = server.url("/answer?a=1&Digits[pin]=12&name=Ann+Lee#there");
        HttpAnswer.Response response = response(get(url, LONG));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("hi");
        assertThat(response.header("x-a")).isEqualTo("1, 2");
        assertThat(response.url()).isEqualTo(url.replace("#there", ""));
        OddServer.Request request = server.requests().getFirst();
        assertThat(request.line())
                .isEqualTo("GET /answer?a=1&Digits[pin]=12&name=Ann+Lee HTTP/1.1");
        assertThat(request.header("user-agent")).isEqualTo("Fulcrum/test");
        assertThat(request.header("host")).isEqualTo("127.0.0.1:" + server.port());
        assertThat(request.headers()).doesNotContainKeys("content-length", "content-type");
    }

    @Test
    void a_post_carries_its_body_and_exactly_its_content_type() throws Exception {
        OddServer server = serve(OddServer.sending(OddServer.ok("", "")));
        Map<String, String> headers =
                Map.of("Content-Type", "application/x-www-form-urlencoded", "X-Key", "k");
        response(new HttpAsk("POST", server.url("/p?x=1"), headers, "a=é", LONG, 1000));
        OddServer.Request request = server.requests().getFirst();
        assertThat(request.line()).isEqualTo("POST /p?x=1 HTTP/1.1");
        assertThat(request.header("content-type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(request.header("x-key")).isEqualTo("k");
        assertThat(request.body()).isEqualTo("a=é");
    }

    @Test
    void connections_are_used_again() throws Exception {
        OddServer server = serve(OddServer.sending(OddServer.ok("", "x")));
        for (int i = 0; i < 5; i++) {
            response(get(server.url("/"), LONG));
        }
        assertThat(server.requests()).hasSize(5);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void a_kept_connection_that_was_closed_meanwhile_costs_no_answer() throws Exception {
        // says nothing of closing, and closes
        OddServer server =
                serve(
                        OddServer.answering(
                                (request, connection) -> {
                                    connection.send(OddServer.ok("", "x"));
                                    return false;
                                }));
        Map<String, String> form = Map.of("Content-Type", "application/x-www-form-urlencoded");
        for (int i = 0; i < 4; i++) {
            response(new HttpAsk("POST", server.url("/"), form, "n=" + i, LONG, 1000));
        }
        assertThat(server.requests().stream().map(OddServer.Request::body))
                .containsExactly("n=0", "n=1", "n=2", "n=3");
    }

    @Test
    void a_request_on_a_fresh_connection_is_never_repeated() throws Exception {
        OddServer server = serve(OddServer.answering((request, connection) -> false));
        assertThat(failure(get(server.url("/"), LONG)).kind()).isEqualTo(HttpAnswer.Kind.BROKEN);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void a_503_with_retry_after_is_an_answer_like_any_other() throws Exception {
        OddServer server =
                serve(
                        OddServer.sending(
                                "HTTP/1.1 503 Later\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"));
        assertThat(response(get(server.url("/"), LONG)).status()).isEqualTo(503);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void a_server_that_says_nothing_is_a_time_out_at_the_deadline() throws Exception {
        OddServer server =
                serve(
                        OddServer.answering(
                                (request, connection) -> {
                                    connection.hang();
                                    return false;
                                }));
        HttpAnswer.Unanswered late = failure(get(server.url("/"), SOON));
        assertThat(late.kind()).isEqualTo(HttpAnswer.Kind.TIMEOUT);
        assertThat(late.reason()).isEqualTo("no complete answer within 300 ms");
    }

    @Test
    void a_server_that_stops_in_the_middle_of_the_body_is_a_time_out() throws Exception {
        OddServer server =
                serve(
                        OddServer.answering(
                                (request, connection) -> {
                                    connection.send(
                                            "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf");
                                    connection.hang();
                                    return false;
                                }));
        assertThat(failure(get(server.url("/"), SOON)).kind()).isEqualTo(HttpAnswer.Kind.TIMEOUT);
    }

    @Test
    void a_body_that_trickles_on_beyond_the_deadline_is_a_time_out() throws Exception {
        OddServer server =
                serve(
                        OddServer.answering(
                                (request, connection) -> {
                                    connection.send("HTTP/1.1 200 OK\r\n\r\n");
                                    for (int i = 0; i < 20; i++) {
                                        connection.send("x");
                                    }
                                    connection.hang();
                                    return false;
                                }));
        assertThat(failure(get(server.url("/"), SOON)).kind()).isEqualTo(HttpAnswer.Kind.TIMEOUT);
    }

    @Test
    void a_name_that_is_looked_up_for_too_long_is_a_time_out() throws Exception {
        CompletableFuture<List<InetAddress>> never = new CompletableFuture<>();
        GuardedClient slow = client(new AddressGuard(LocalUrls.ALL, host -> never.join()));
        HttpAnswer answer = answer(slow, get("http://slow.example/", SOON));
        assertThat(((HttpAnswer.Unanswered) answer).kind()).isEqualTo(HttpAnswer.Kind.TIMEOUT);
        never.complete(List.of());
    }

    @Test
    void whoever_waits_for_a_free_place_waits_within_the_deadline() throws Exception {
        OddServer server =
                serve(
                        OddServer.answering(
                                (request, connection) -> {
                                    connection.hang();
                                    return false;
                                }));
        GuardedClient narrow =
                new GuardedClient(
                        new AddressGuard(LocalUrls.ALL),
                        new GuardedClient.Settings("Fulcrum/test", 1, 1, 5));
        open.add(narrow);
        CompletableFuture<HttpAnswer> first = new CompletableFuture<>();
        narrow.fetch(get(server.url("/first"), Duration.ofSeconds(2)), first::complete);
        HttpAnswer second = answer(narrow, get(server.url("/second"), SOON));
        assertThat(((HttpAnswer.Unanswered) second).kind()).isEqualTo(HttpAnswer.Kind.TIMEOUT);
        assertThat(((HttpAnswer.Unanswered) first.get(30, TimeUnit.SECONDS)).kind())
                .isEqualTo(HttpAnswer.Kind.TIMEOUT);
        assertThat(server.requests().stream().map(OddServer.Request::line))
                .doesNotContain("GET /second HTTP/1.1");
    }

    @Test
    void a_closed_port_is_refused() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(failure(get("http://127.0.0.1:" + port + "/", LONG)).kind())
                .isEqualTo(HttpAnswer.Kind.REFUSED);
    }

    @Test
    void a_reset_and_a_truncated_body_are_broken() throws Exception {
        OddServer resetting =
                serve(
                        OddServer.answering(
                                (request, connection) -> {
                                    connection.reset();
                                    return false;
                                }));
        assertThat(failure(get(resetting.url("/"), LONG)).kind()).isEqualTo(HttpAnswer.Kind.BROKEN);
        for (String beginning :
                List.of(
                        "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\nhalf",
                        "HTTP/1.1 200 OK\r\nContent-Le")) {
            OddServer cutting =
                    serve(
                            OddServer.answering(
                                    (request, connection) -> {
                                        connection.send(beginning);
                                        return false;
                                    }));
            assertThat(failure(get(cutting.url("/"), LONG)).kind())
                    .as(beginning)
                    .isEqualTo(HttpAnswer.Kind.BROKEN);
        }
    }

    @Test
    void what_is_no_http_is_broken() throws Exception {
        OddServer server =
                serve(
                        OddServer.answering(
                                (request, connection) -> {
                                    connection.send("SSH-2.0-OpenSSH_9.6\r\n\r\n");
                                    return false;
                                }));
        assertThat(failure(get(server.url("/"), LONG)).kind()).isEqualTo(HttpAnswer.Kind.BROKEN);
    }

    @Test
    void what_is_no_tls_is_a_tls_failure() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try (var socket = plain.accept()) {
                                    socket.getOutputStream()
                                            .write(
                                                    "no TLS here\r\n"
                                                            .getBytes(StandardCharsets.US_ASCII));
                                    socket.getInputStream().read(new byte[4096]);
                                } catch (IOException gone) {
                                    // the client has seen enough
                                }
                            });
            String url = "https://127.0.0.1:" + plain.getLocalPort() + "/";
            assertThat(failure(get(url, LONG)).kind()).isEqualTo(HttpAnswer.Kind.TLS);
        }
    }

    @Test
    void an_unknown_host_and_a_bad_url_are_told_apart() throws Exception {
        GuardedClient lost =
                client(
                        new AddressGuard(
                                LocalUrls.ALL,
                                host -> {
                                    throw new java.net.UnknownHostException(host);
                                }));
        HttpAnswer unknown = answer(lost, get("http://nowhere.example/", LONG));
        assertThat(((HttpAnswer.Unanswered) unknown).kind())
                .isEqualTo(HttpAnswer.Kind.UNKNOWN_HOST);
        assertThat(((HttpAnswer.Unanswered) unknown).reason()).contains("nowhere.example");
        assertThat(failure(get("http://no where/", LONG)).kind())
                .isEqualTo(HttpAnswer.Kind.BAD_URL);
    }

    @Test
    void a_body_longer_than_allowed_is_too_large_whether_it_is_announced_or_not() throws Exception {
        String long1001 = "x".repeat(1001);
        OddServer announced = serve(OddServer.sending(OddServer.ok("", long1001)));
        assertThat(failure(get(announced.url("/"), LONG)).kind())
                .isEqualTo(HttpAnswer.Kind.TOO_LARGE);
        OddServer silent =
                serve(
                        OddServer.answering(
                                (request, connection) -> {
                                    connection.send("HTTP/1.1 200 OK\r\n\r\n" + long1001);
                                    return false;
                                }));
        assertThat(failure(get(silent.url("/"), LONG)).kind()).isEqualTo(HttpAnswer.Kind.TOO_LARGE);
        OddServer exact = serve(OddServer.sending(OddServer.ok("", "x".repeat(1000))));
        assertThat(response(get(exact.url("/"), LONG)).body()).hasSize(1000);
    }

    @Test
    void compression_is_undone_and_its_result_is_what_is_capped() throws Exception {
        AtomicInteger size = new AtomicInteger(900);
        OddServer server =
                serve(
                        OddServer.answering(
                                (request, connection) -> {
                                    assertThat(request.header("accept-encoding")).contains("gzip");
                                    byte[] body = gzipped(size.get());
                                    connection.send(
                                            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
                                                    + "Content-Length: "
                                                    + body.length
                                                    + "\r\n\r\n");
                                    connection.send(body);
                                    return true;
                                }));
        assertThat(response(get(server.url("/"), LONG)).body()).isEqualTo("x".repeat(900));
        size.set(50_000_000);
        assertThat(failure(get(server.url("/"), LONG)).kind()).isEqualTo(HttpAnswer.Kind.TOO_LARGE);
    }

    private static byte[] gzipped(int length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write("x".repeat(length).getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    @Test
    void credentials_in_the_url_are_sent_as_basic_and_not_told_on() throws Exception {
        OddServer server = serve(OddServer.sending(OddServer.ok("", "x")));
        String url = "http://ann:secret@127.0.0.1:" + server.port() + "/";
        HttpAnswer.Response response = response(get(url, LONG));
        assertThat(server.requests().getFirst().header("authorization"))
                .isEqualTo("Basic YW5uOnNlY3JldA==");
        assertThat(response.url()).doesNotContain("secret");
    }
}
