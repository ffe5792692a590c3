package fulcrum.app;

import fulcrum.event.EventQueue;
import fulcrum.event.Logs;
import fulcrum.event.Metrics;
import fulcrum.event.Records;
import fulcrum.exchange.Exchange;
import fulcrum.mail.Mailer;
import fulcrum.speech.Voices;
import fulcrum.storage.Database;

import java.util.function.Supplier;

/// Tells the metrics where each part's numbers are read.
final class Gauges {
    private final Metrics metrics;

    Gauges(Metrics metrics) {
        this.metrics = metrics;
    }

    void ofCalls(Exchange exchange) {
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
        metrics.gauge(
                "fulcrum.gateways.out",
                "Gateways that do not answer.",
                () -> exchange.carriers().out());
        metrics.gauge(
                "fulcrum.gateways.unregistered",
                "Gateways that should know us and do not.",
                () -> exchange.carriers().unregistered());
        metrics.counter(
                "fulcrum.sip.malformed",
                "SIP messages that could not be read.",
                exchange::malformed);
    }

    void ofQueues(
            EventQueue events, Workers workers, Voices voices, Database database, Mailer mailer) {
        queue("events", events::depth);
        queue("log", Logs::depth);
        queue("workers", workers::depth);
        queue("speech", voices::waiting);
        queue("storage", database::waitingWrites);
        queue("mail", mailer::waiting);
    }

    private void queue(String name, Supplier<Integer> depth) {
        metrics.gauge("fulcrum.queue.depth", "What waits in a queue.", depth, "queue", name);
    }

    /// What was given up: an alarm should hang on each of these.
    void ofLosses(EventQueue events, Records records, Voices voices) {
        metrics.counter(
                "fulcrum.events.dropped", "Events that nobody could keep.", events::dropped);
        metrics.counter(
                "fulcrum.records.lost",
                "Call detail records and debug documents that could not be stored.",
                records::lost);
        metrics.counter(
                "fulcrum.log.dropped",
                "Log lines that nobody was quick enough for.",
                Logs::dropped);
        metrics.counter("fulcrum.speech.failed", "Texts that could not be spoken.", voices::failed);
    }
}
