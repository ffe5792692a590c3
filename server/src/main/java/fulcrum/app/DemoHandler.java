package fulcrum.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The web server of the demonstration: what somebody would write to try pivot out. Each path answers with the flow
/// that comes next.
final class DemoHandler implements AutoCloseable {
    private static final Pattern DIGITS = Pattern.compile("Digits\\[pin]=([^&]*)");

    private static final String WELCOME =
            """
            { "module": "tts",
              "data": { "text": "Welcome to Fulcrum. Your own web server is in charge of this call." },
              "children": { "_": {
                "module": "play", "data": { "id": "tone_stream://%(200,100,660);%(200,100,880)" },
                "children": { "_": {
                  "module": "tts", "data": { "text": "Please press four digits." },
                  "children": { "_": {
                    "module": "collect_dtmf", "data": { "max_digits": 4, "collection_name": "pin" },
                    "children": { "_": {
                      "module": "pivot", "data": { "voice_url": "URL/digits", "debug": true } } } } } } } } } }
            """;

    private static final String REPEAT =
            """
            { "module": "tts", "data": { "text": "You pressed DIGITS. Goodbye." },
              "children": { "_": { "module": "hangup", "data": {} } } }
            """;

    private final HttpServer server;
    private final List<String> collected = new CopyOnWriteArrayList<>();

    DemoHandler() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(
                java.util.concurrent.Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("demo-handler-", 0).factory()));
        server.start();
    }

    /// Where calls begin.
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// The digits that callers pressed, in order.
    List<String> collected() {
        return List.copyOf(collected);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = String.valueOf(exchange.getRequestURI().getRawQuery());
        String flow;
        if (path.equals("/digits")) {
            Matcher found = DIGITS.matcher(URLDecoder.decode(query, StandardCharsets.UTF_8));
            String digits = found.find() ? found.group(1) : "";
            collected.add(digits);
            String spoken = digits.isEmpty() ? "nothing" : String.join(" ", digits.split(""));
            flow = REPEAT.replace("DIGITS", spoken);
        } else {
            flow = WELCOME.replace("URL", url());
        }
        byte[] body = flow.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
