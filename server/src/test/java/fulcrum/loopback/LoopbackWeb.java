package fulcrum.loopback;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import fulcrum.call.HttpAnswer;
import fulcrum.call.HttpAsk;
import fulcrum.sdk.Asked;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.Stage;
import fulcrum.sdk.WebPage;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The web server of a scenario, for real, under [Scenario#WEB]'s part of the world: its own address stands in place of
/// that one in everything that is sent, and the other way round in what is told of requests.
final class LoopbackWeb implements AutoCloseable {
    private final HttpServer server;
    private final List<Asked> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger thinking = new AtomicInteger();
    private final Map<String, Integer> counts = new HashMap<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Optional<Stage> stage = Optional.empty();

    LoopbackWeb() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException("no web server", e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /// `127.0.0.1:PORT`.
    String place() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private String base() {
        return "http://" + place();
    }

    synchronized void on(Stage next) {
        stage = Optional.of(next);
        requests.clear();
        counts.clear();
    }

    /// A text for the server under test.
    String outward(String text) {
        return text.replace(Scenario.WEB, base());
    }

    /// A text of the server under test, as the scenario has it.
    String inward(String text) {
        return text.replace(base(), Scenario.WEB).replace(place(), "handler.example");
    }

    List<Asked> requests() {
        return List.copyOf(requests);
    }

    /// Whether somebody waits for an answer.
    boolean isThinking() {
        return thinking.get() > 0;
    }

    private void handle(HttpExchange exchange) throws IOException {
        thinking.incrementAndGet();
        try {
            HttpAsk ask = ask(exchange);
            WebPage page = page(ask);
            requests.add(new Asked(Instant.now(), ask, page.answer()));
            Stage now = stage.orElseThrow();
            think(page.takes().isZero() ? now.handlerTakes() : page.takes());
            answer(exchange, page.answer());
        } finally {
            thinking.decrementAndGet();
        }
    }

    private void think(Duration takes) {
        try {
            if (!takes.isZero() && over.await(takes.toMillis(), TimeUnit.MILLISECONDS)) {
                Thread.currentThread().interrupt();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpAsk ask(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(sent(name), String.join(", ", values)));
        return new HttpAsk(
                exchange.getRequestMethod(),
                inward(base() + exchange.getRequestURI()),
                headers,
                body,
                Duration.ofSeconds(5),
                1_000_000);
    }

    /// The JDK's server writes all names of headers `Like-this`.
    private static String sent(String name) {
        return name.equalsIgnoreCase("Content-Type") ? "Content-Type" : name;
    }

    private synchronized WebPage page(HttpAsk ask) {
        String path = new Asked(Instant.EPOCH, ask, NOT_FOUND).path();
        List<WebPage> pages = stage.orElseThrow().pages();
        List<WebPage> own = pages.stream().filter(page -> page.path().equals(path)).toList();
        List<WebPage> fitting =
                own.isEmpty() ? pages.stream().filter(page -> page.path().isEmpty()).toList() : own;
        if (fitting.isEmpty()) {
            return new WebPage(path, NOT_FOUND, Duration.ZERO);
        }
        int count = counts.merge(own.isEmpty() ? "" : path, 1, Integer::sum);
        return fitting.get(Math.min(count, fitting.size()) - 1);
    }

    private static final HttpAnswer NOT_FOUND = new HttpAnswer.Response(404, Map.of(), "", "");

    private void answer(HttpExchange exchange, HttpAnswer answer) throws IOException {
        if (!(answer instanceof HttpAnswer.Response response)) {
            if (answer instanceof HttpAnswer.Unanswered none
                    && none.kind() == HttpAnswer.Kind.TIMEOUT) {
                think(Duration.ofSeconds(30)); // longer than anybody waits
            }
            exchange.close(); // no answer at all
            return;
        }
        response.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = outward(response.body()).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        over.countDown();
        server.stop(0);
    }
}
