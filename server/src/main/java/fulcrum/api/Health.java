package fulcrum.api;

/// How the server is, for whoever watches it. Safe for use from any thread; nothing here waits.
public interface Health {
    /// Whether calls can be taken; `/healthz` answers 200 then and 503 before.
    boolean isUp();

    /// Whether new calls should be sent here; `/readyz` answers 503 while draining.
    boolean isReady();

    /// All meters in Prometheus' text format, for `/metrics`.
    String metrics();
}
