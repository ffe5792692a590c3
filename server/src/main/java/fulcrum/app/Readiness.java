package fulcrum.app;

import fulcrum.api.Health;
import fulcrum.event.Metrics;

/// Whether the server takes calls, for whoever watches it.
final class Readiness implements Health {
    private final Metrics metrics;
    private volatile boolean draining;

    /// Made once SIP is open: from then on calls can be taken.
    Readiness(Metrics metrics) {
        this.metrics = metrics;
    }

    void drain() {
        draining = true;
    }

    @Override
    public boolean isUp() {
        return true;
    }

    @Override
    public boolean isReady() {
        return !draining;
    }

    @Override
    public String metrics() {
        return metrics.scrape();
    }
}
