package fulcrum.web;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.HttpAnswer;
import fulcrum.call.HttpAsk;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

class RedirectTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private final List<AutoCloseable> open = new ArrayList<>();

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

    private static HttpAnswer answer(GuardedClient client, HttpAsk ask) throws Exception {
        CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
        client.fetch(ask, answer::complete);
        return answer.get(30, TimeUnit.SECONDS);
    }

    private static HttpAsk get(String url) {
        return new HttpAsk("GET", url, Map.of(), "", LONG, 1000);
    }

    private static String redirect(int status, String location) {
        return "HTTP/1.1 %d Moved\r\nLocation: %s\r\nContent-Length: 4\r\n\r\nthat"
                .formatted(status, location);
    }

    /// Redirects `/old` and answers everything else.
    private OddServer moving(int status, String location) {
        return serve(
                OddServer.answering(
                        (request, connection) -> {
                            boolean old = request.line().contains(" /old");
                            connection.send(
                                    old ? redirect(status, location) : OddServer.ok("", "here"));
                            return true;
                        }));
    }

    @ParameterizedTest
    @CsvSource({
        "301, POST, GET",
        "302, POST, GET",
        "303, POST, GET",
        "307, POST, POST",
        "308, POST, POST",
        "301, GET, GET",
        "307, GET, GET",
        "303, PUT, GET"
    })
    void the_method_follows_the_status(int status, String method, String then) throws Exception {
        OddServer server = moving(status, "/new?x=1");
        String body = method.equals("GET") ? "" : "a=1";
        Map<String, String> headers =
                body.isEmpty() ? Map.of() : Map.of("Content-Type", "text/plain", "X-Key", "k");
        HttpAsk ask = new HttpAsk(method, server.url("/old"), headers, body, LONG, 1000);
        HttpAnswer.Response response =
                (HttpAnswer.Response) answer(client(new AddressGuard(LocalUrls.ALL)), ask);
        assertThat(response.body()).isEqualTo("here");
        assertThat(response.url()).isEqualTo(server.url("/new?x=1"));
        OddServer.Request second = server.requests().get(1);
        assertThat(second.line()).isEqualTo(then + " /new?x=1 HTTP/1.1");
        assertThat(second.body()).isEqualTo(then.equals("GET") ? "" : body);
        assertThat(second.headers().containsKey("content-type")).isEqualTo(!then.equals("GET"));
        assertThat(second.header("x-key")).isEqualTo(body.isEmpty() ? "" : "k");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void secrets_do_not_follow_to_another_host() throws Exception {
        OddServer there = serve(OddServer.sending(OddServer.ok("", "here")));
        OddServer server = moving(307, there.url("/new"));
        String url = "http://ann:secret@127.0.0.1:" + server.port() + "/old";
        Map<String, String> headers = Map.of("Content-Type", "text/plain", "X-Key", "k");
        answer(
                client(new AddressGuard(LocalUrls.ALL)),
                new HttpAsk("POST", url, headers, "a=1", LONG, 1000));
        OddServer.Request first = server.requests().getFirst();
        assertThat(first.headers()).containsKeys("authorization", "x-key");
        OddServer.Request second = there.requests().getFirst();
        assertThat(second.body()).isEqualTo("a=1");
        assertThat(second.headers())
                .doesNotContainKeys("authorization", "x-key")
                .containsEntry("content-type", "text/plain");
    }

    @Test
    void a_circle_ends_after_five_redirects() throws Exception {
        OddServer server = moving(302, "/old");
        HttpAnswer answer =
                answer(client(new AddressGuard(LocalUrls.ALL)), get(server.url("/old")));
        assertThat(((HttpAnswer.Unanswered) answer).kind())
                .isEqualTo(HttpAnswer.Kind.TOO_MANY_REDIRECTS);
        assertThat(server.requests()).hasSize(6);
    }

    @Test
    void a_3xx_that_leads_nowhere_is_an_answer() throws Exception {
        OddServer server = serve(OddServer.sending("HTTP/1.1 304 Same\r\nLocation: /x\r\n\r\n"));
        HttpAnswer answer = answer(client(new AddressGuard(LocalUrls.ALL)), get(server.url("/")));
        assertThat(((HttpAnswer.Response) answer).status()).isEqualTo(304);
        OddServer silent =
                serve(OddServer.sending("HTTP/1.1 302 Moved\r\nContent-Length: 0\r\n\r\n"));
        answer = answer(client(new AddressGuard(LocalUrls.ALL)), get(silent.url("/")));
        assertThat(((HttpAnswer.Response) answer).status()).isEqualTo(302);
    }

    @Test
    void a_redirect_to_something_else_than_http_is_a_bad_url() throws Exception {
        OddServer server = moving(302, "file:///etc/passwd");
        HttpAnswer answer =
                answer(client(new AddressGuard(LocalUrls.ALL)), get(server.url("/old")));
        assertThat(((HttpAnswer.Unanswered) answer).kind()).isEqualTo(HttpAnswer.Kind.BAD_URL);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:%d/x", "http://2130706433:%d/x", "http://[::ffff:127.0.0.1]:%d/x",
        "http://169.254.169.254/latest", "http://10.0.0.1/x", "//0x7f.1:%d/x"
    })
    void a_redirect_to_a_forbidden_address_is_not_followed(String location) throws Exception {
        OddServer inside = serve(OddServer.sending(OddServer.ok("", "secret")));
        OddServer server = moving(302, location.formatted(inside.port()));
        AddressGuard guard = new AddressGuard(LocalUrls.of("127.0.0.1:" + server.port()));
        HttpAnswer answer = answer(client(guard), get(server.url("/old")));
        assertThat(((HttpAnswer.Unanswered) answer).kind())
                .isEqualTo(HttpAnswer.Kind.FORBIDDEN_ADDRESS);
        assertThat(inside.connections()).isZero();
    }

    @Test
    void a_local_address_is_refused_before_anything_is_sent() throws Exception {
        OddServer inside = serve(OddServer.sending(OddServer.ok("", "secret")));
        GuardedClient strict = client(new AddressGuard(LocalUrls.NONE));
        HttpAnswer answer = answer(strict, get(inside.url("/")));
        assertThat(((HttpAnswer.Unanswered) answer).kind())
                .isEqualTo(HttpAnswer.Kind.FORBIDDEN_ADDRESS);
        assertThat(((HttpAnswer.Unanswered) answer).reason()).contains("--allow-local-urls");
        assertThat(inside.connections()).isZero();
    }

    @Test
    void a_name_that_changes_its_address_is_judged_again_for_each_new_connection()
            throws Exception {
        String last = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx";
        OddServer server =
                serve(
                        OddServer.answering(
                                (request, connection) -> {
                                    connection.send(last);
                                    return false;
                                }));
        AtomicInteger lookUps = new AtomicInteger();
        Resolver rebinding =
                host -> {
                    boolean first = lookUps.incrementAndGet() == 1;
                    return List.of(InetAddress.ofLiteral(first ? "127.0.0.1" : "169.254.169.254"));
                };
        GuardedClient client = client(new AddressGuard(LocalUrls.ALL, rebinding));
        String url = "http://rebinding.example:" + server.port() + "/";
        assertThat(((HttpAnswer.Response) answer(client, get(url))).body()).isEqualTo("x");
        HttpAnswer second = answer(client, get(url));
        assertThat(((HttpAnswer.Unanswered) second).kind())
                .isEqualTo(HttpAnswer.Kind.FORBIDDEN_ADDRESS);
        assertThat(lookUps).hasValue(2);
    }

    @Test
    void one_look_up_serves_judging_and_connecting_and_the_name_stays_in_the_host_header()
            throws Exception {
        OddServer server = serve(OddServer.sending(OddServer.ok("", "here")));
        AtomicInteger lookUps = new AtomicInteger();
        Resolver counting =
                host -> {
                    lookUps.incrementAndGet();
                    if (!host.equals("app.example")) {
                        throw new UnknownHostException(host);
                    }
                    return List.of(InetAddress.ofLiteral("127.0.0.1"));
                };
        GuardedClient client = client(new AddressGuard(LocalUrls.ALL, counting));
        String url = "http://app.example:" + server.port() + "/";
        assertThat(((HttpAnswer.Response) answer(client, get(url))).body()).isEqualTo("here");
        assertThat(((HttpAnswer.Response) answer(client, get(url))).body()).isEqualTo("here");
        assertThat(lookUps).hasValue(1);
        assertThat(server.requests().getFirst().header("host"))
                .isEqualTo("app.example:" + server.port());
    }
}
