package fulcrum.event;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.HttpAnswer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

class MetricsTest {
    private final Metrics metrics = new Metrics();

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void calls_are_counted_with_the_cause_of_their_end() {
        metrics.emit(Events.started());
        metrics.emit(Events.started());
        metrics.emit(Events.answered());
        metrics.emit(Events.ended());
        metrics.emit(Events.crashed());
        metrics.emit(Events.noticed("x"));

        assertThat(metrics.scrape().lines())
                .contains(
                        "fulcrum_calls_started_total 2.0",
                        "fulcrum_calls_answered_total 1.0",
                        "fulcrum_calls_ended_total{cause=\"NORMAL_CLEARING\"} 1.0",
                        "fulcrum_calls_ended_total{cause=\"INTERWORKING\"} 1.0",
                        "fulcrum_call_duration_seconds_count 2",
                        "fulcrum_call_duration_seconds_sum 24.0",
                        "fulcrum_notices_total 1.0");
    }

    @Test
    void handlers_are_timed_by_what_came_of_it() {
        HttpAnswer good = new HttpAnswer.Response(200, Map.of(), "{}", "http://x/");
        HttpAnswer odd = new HttpAnswer.Response(-5, Map.of(), "", "http://x/");
        HttpAnswer none = new HttpAnswer.Unanswered(HttpAnswer.Kind.TIMEOUT, "too late");
        metrics.emit(Events.exchanged(good, ""));
        metrics.emit(Events.exchanged(good, ""));
        metrics.emit(Events.exchanged(odd, "odd"));
        metrics.emit(Events.exchanged(none, "too late"));

        assertThat(metrics.scrape().lines())
                .contains(
                        "fulcrum_pivot_duration_seconds_count{outcome=\"2xx\"} 2",
                        "fulcrum_pivot_duration_seconds_count{outcome=\"1xx\"} 1",
                        "fulcrum_pivot_duration_seconds_count{outcome=\"timeout\"} 1",
                        "fulcrum_pivot_duration_seconds_bucket{outcome=\"2xx\",le=\"0.025\"} 0",
                        "fulcrum_pivot_duration_seconds_bucket{outcome=\"2xx\",le=\"0.05\"} 2");
    }

    @Test
    void numbers_of_other_parts_are_read_when_somebody_asks() {
        AtomicInteger legs = new AtomicInteger(1);
        metrics.gauge("fulcrum.legs", "Live legs.", legs::get);
        metrics.gauge("fulcrum.queue.depth", "Waiting.", () -> 7, "queue", "storage");
        metrics.counter("fulcrum.events.dropped", "Dropped events.", () -> 3L);
        legs.set(5);

        assertThat(metrics.scrape().lines())
                .contains(
                        "fulcrum_legs 5.0",
                        "fulcrum_queue_depth{queue=\"storage\"} 7.0",
                        "fulcrum_events_dropped_total 3.0",
                        "# HELP fulcrum_legs Live legs.");
    }

    @Test
    void garbage_collection_and_memory_are_told() {
        System.gc();

        assertThat(metrics.scrape())
                .contains(
                        "jvm_gc_memory_allocated_bytes_total",
                        "jvm_memory_used_bytes",
                        "jvm_threads_live_threads");
    }
}
