package fulcrum.loopback;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A handler in every mood: it answers with flows, with errors, with half a document, or not at all.
final class MoodyWeb implements AutoCloseable {
    private static final String TONE =
            "{ \"module\": \"play\", \"data\": { \"id\": \"tone_stream://%(200,50,900)\" } }";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Random chance;

    MoodyWeb(long seed) {
        chance = new Random(seed);
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private synchronized int mood() {
        return chance.nextInt(8);
    }

    private void handle(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        switch (mood()) {
            case 0 -> answer(exchange, 500, "no");
            case 1 -> answer(exchange, 200, TONE.substring(0, 30));
            case 2 -> exchange.close(); // no answer at all
            case 3 -> answer(exchange, 200, "");
            case 4 -> answer(exchange, 200, "{ \"module\": \"hangup\", \"data\": {} }");
            case 5 ->
                    answer(
                            exchange,
                            200,
                            "{ \"module\": \"pivot\", \"data\": { \"voice_url\": \""
                                    + url()
                                    + "\" } }");
            default -> answer(exchange, 200, TONE);
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
