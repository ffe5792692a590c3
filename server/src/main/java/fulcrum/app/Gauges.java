package fulcrum.app;

import fulcrum.event.EventQueue;
import fulcrum.event.Metrics;
import fulcrum.exchange.Exchange;
import fulcrum.speech.Voices;

/// Tells the metrics where each part's numbers are read.
final class Gauges {
    private Gauges() {}

    static void connect(
            Metrics metrics,
            Exchange exchange,
            EventQueue records,
            Workers workers,
            Voices voices) {
        metrics.gauge(
                "fulcrum.calls",
                "Calls that are running.",
                () -> exchange.switchboard().callCount());
        metrics.gauge("fulcrum.legs", "Legs there are.", () -> exchange.switchboard().legCount());
        metrics.gauge("fulcrum.rtp.paths", "Pairs of RTP ports in use.", exchange::paths);
        metrics.gauge(
                "fulcrum.sip.sessions",
                "SIP sessions, those included whose BYE is on its way.",
                exchange::sessions);
        metrics.gauge(
                "fulcrum.sip.registrations",
                "Contacts that are registered.",
                () -> exchange.registrar().count());
        metrics.counter(
                "fulcrum.sip.malformed",
                "SIP messages that could not be read.",
                exchange::malformed);
        metrics.gauge(
                "fulcrum.queue.depth", "What waits in a queue.", records::depth, "queue", "events");
        metrics.gauge(
                "fulcrum.queue.depth",
                "What waits in a queue.",
                workers::depth,
                "queue",
                "workers");
        metrics.gauge(
                "fulcrum.queue.depth",
                "What waits in a queue.",
                voices::waiting,
                "queue",
                "speech");
        metrics.counter(
                "fulcrum.events.dropped", "Events that nobody could keep.", records::dropped);
    }
}
