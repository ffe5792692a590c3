package fulcrum.event;

import fulcrum.call.CallEvent;
import fulcrum.call.EventSink;
import fulcrum.call.HttpAnswer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import java.time.Duration;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/// What the server counts, in Prometheus' format for `GET /metrics`.
///
/// Calls and handlers are counted from events; the rest is looked at when somebody asks: each part that has a number
/// hands in where to read it, with [#gauge] or [#counter]. Names begin with `fulcrum_`; the virtual machine's own
/// (memory, garbage collection, threads) with `jvm_`, `process_` and `system_`. Safe for use from any thread.
public final class Metrics implements EventSink, AutoCloseable {
    /// The content type of [#scrape].
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Duration[] PIVOT_BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    /// The registry holds what it reads counters from weakly.
    private final Queue<Object> counters = new ConcurrentLinkedQueue<>();

    private final Counter started;
    private final Counter answered;
    private final Counter notices;
    private final Timer duration;

    public Metrics() {
        started = counter("fulcrum.calls.started", "Calls that came in and were admitted.");
        answered = counter("fulcrum.calls.answered", "Calls that were answered.");
        notices =
                counter(
                        "fulcrum.notices",
                        "Things that were not right in flows and handlers' answers.");
        duration =
                Timer.builder("fulcrum.call.duration")
                        .description("How long calls lasted, from their arrival to their end.")
                        .register(registry);
        collections.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    /// Has a number told that goes up and down: live calls, used ports, the depth of a queue.
    ///
    /// @param name in dots, such as `fulcrum.legs`
    /// @param tags name and value by turns
    /// @param now read when somebody asks, on the asking thread
    public void gauge(
            String name, String description, Supplier<? extends Number> now, String... tags) {
        Gauge.builder(name, now::get)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    /// Has a number told that only goes up, and is counted elsewhere.
    ///
    /// @param now read when somebody asks, on the asking thread
    public void counter(
            String name, String description, Supplier<? extends Number> now, String... tags) {
        FunctionCounter.builder(name, now, each -> each.get().doubleValue())
                .description(description)
                .tags(tags)
                .register(registry);
        counters.add(now);
    }

    @Override
    public void emit(CallEvent event) {
        switch (event) {
            case CallEvent.Started _ -> started.increment();
            case CallEvent.Answered _ -> answered.increment();
            case CallEvent.Noticed _ -> notices.increment();
            case CallEvent.Exchanged exchanged -> exchanged(exchanged);
            case CallEvent.Ended ended -> ended(ended);
            case CallEvent.NodeEntered _,
                    CallEvent.PivotDebug _,
                    CallEvent.PresenceSet _,
                    CallEvent.Alarmed _,
                    CallEvent.MailWritten _ -> {
                // in no number
            }
        }
    }

    private void ended(CallEvent.Ended ended) {
        Counter.builder("fulcrum.calls.ended")
                .description("Calls that are over, by the cause of their end.")
                .tag("cause", ended.cause().name())
                .register(registry)
                .increment();
        duration.record(Duration.between(ended.started(), ended.at()));
    }

    private void exchanged(CallEvent.Exchanged exchanged) {
        Timer.builder("fulcrum.pivot.duration")
                .description("How long handlers took to answer, by what came of it.")
                .tag("outcome", outcome(exchanged.answer()))
                .serviceLevelObjectives(PIVOT_BUCKETS)
                .register(registry)
                .record(exchanged.took());
    }

    /// `2xx` and the like, or what went wrong in lower case: few values, whatever handlers answer.
    private static String outcome(HttpAnswer answer) {
        return switch (answer) {
            case HttpAnswer.Response response -> Math.clamp(response.status() / 100, 1, 9) + "xx";
            case HttpAnswer.Unanswered none -> none.kind().name().toLowerCase(Locale.ROOT);
        };
    }

    /// All numbers, in Prometheus' text format.
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
