package fulcrum.api;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// Answers `/healthz`, `/readyz` and `/metrics`, without tokens or limits.
final class Probes {
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Health health;

    Probes(Health health) {
        this.health = health;
    }

    /// The answer to a probe; absent when the path is none of ours.
    Optional<Outgoing> answer(String method, String path) {
        Optional<Outgoing> answer =
                switch (path) {
                    case "/healthz" -> Optional.of(state(health.isUp(), "up", "starting"));
                    case "/readyz" -> Optional.of(state(health.isReady(), "ready", "not ready"));
                    case "/metrics" -> Optional.of(metrics());
                    default -> Optional.empty();
                };
        boolean isRead = method.equals("GET") || method.equals("HEAD");
        return answer.map(
                found ->
                        isRead
                                ? found
                                : new Outgoing(405, Map.of("Allow", "GET, HEAD"), new byte[0]));
    }

    private static Outgoing state(boolean isGood, String good, String bad) {
        return new Outgoing(
                isGood ? 200 : 503,
                Map.of("Content-Type", TEXT),
                bytes((isGood ? good : bad) + "\n"));
    }

    private Outgoing metrics() {
        return new Outgoing(
                200,
                Map.of("Content-Type", "text/plain; version=0.0.4; charset=utf-8"),
                bytes(health.metrics()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
