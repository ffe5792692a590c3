package fulcrum.api;

import fulcrum.directory.Document;
import fulcrum.directory.Json;

import tools.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.TreeMap;

/// Counts call detail records. Belongs to one request.
final class CdrSummary {
    private final Map<String, Long> directions = new TreeMap<>();
    private final Map<String, Long> causes = new TreeMap<>();
    private long records;
    private long durationSeconds;
    private long billingSeconds;

    void count(Document record) {
        records++;
        durationSeconds += Json.whole(record.body(), "duration_seconds").orElse(0);
        billingSeconds += Json.whole(record.body(), "billing_seconds").orElse(0);
        directions.merge(record.text("call_direction").orElse("unknown"), 1L, Long::sum);
        causes.merge(record.text("hangup_cause").orElse("unknown"), 1L, Long::sum);
    }

    ObjectNode shown() {
        ObjectNode shown = Json.object();
        shown.put("count", records);
        shown.put("duration_seconds", durationSeconds);
        shown.put("billing_seconds", billingSeconds);
        directions.forEach(shown.putObject("call_direction")::put);
        causes.forEach(shown.putObject("hangup_cause")::put);
        return shown;
    }
}
