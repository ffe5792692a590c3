package fulcrum.interop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// The web server that is asked what to do with calls; each path has an answer of its own, and who asked is kept.
final class Handler implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Function<Map<String, String>, String>> answers =
            new ConcurrentHashMap<>();
    private final Map<String, BlockingQueue<Map<String, String>>> asked = new ConcurrentHashMap<>();

    Handler() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new AssertionError("no web server", failed);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /// `127.0.0.1:PORT`.
    String place() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /// Where a path of this server is.
    String url(String path) {
        return "http://" + place() + path;
    }

    /// Answers a path from now on; the answer may depend on the parameters of the request, and something may be done
    /// before it is given.
    void answer(String path, Function<Map<String, String>, String> answer) {
        answers.put(path, answer);
    }

    /// Waits for the next request for a path.
    ///
    /// @return its parameters
    Map<String, String> await(String path, Duration patience) {
        try {
            Map<String, String> parameters =
                    queue(path).poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (parameters != null) {
                return parameters;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("nobody asked for " + path + " within " + patience);
    }

    /// The requests for a path that nobody waited for.
    List<Map<String, String>> unseen(String path) {
        return List.copyOf(queue(path));
    }

    private BlockingQueue<Map<String, String>> queue(String path) {
        return asked.computeIfAbsent(path, fresh -> new LinkedBlockingQueue<>());
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Map<String, String> parameters = parameters(exchange.getRequestURI().getRawQuery());
        Function<Map<String, String>, String> answer = answers.get(path);
        byte[] body =
                answer == null
                        ? new byte[0]
                        : answer.apply(parameters).getBytes(StandardCharsets.UTF_8);
        queue(path).add(parameters);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(
                answer == null ? 404 : 200, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            parameters.put(
                    URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return parameters;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
