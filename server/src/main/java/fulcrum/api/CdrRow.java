package fulcrum.api;

import fulcrum.directory.Document;
import fulcrum.directory.Gregorian;
import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A call detail record as a row of the list, and as a line of CSV: always the same columns in the same order, empty
/// where the record has nothing (resources.md §21).
final class CdrRow {
    private static final List<String> COLUMNS =
            List.of(
                    """
                    id call_id caller_id_number caller_id_name callee_id_number callee_id_name duration_seconds
                    billing_seconds timestamp hangup_cause other_leg_call_id owner_id to from direction request
                    authorizing_id cost dialed_number calling_from datetime unix_timestamp unix_timestamp_micro
                    rfc_1036 iso_8601 iso_8601_combined call_type rate rate_name bridge_id recording_url
                    media_recordings media_server call_priority interaction_id"""
                            .split("\\s+"));
    private static final DateTimeFormatter DATE_TIME = format("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter RFC_1036 = format("EEE, dd MMM yy HH:mm:ss 'GMT'");
    private static final DateTimeFormatter ISO_DATE = format("yyyy-MM-dd");
    private static final DateTimeFormatter ISO_BOTH = format("yyyy-MM-dd'T'HH:mm:ss'Z'");

    private CdrRow() {}

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    }

    /// @param utcOffset seconds that shift `datetime`, and only that
    static ObjectNode of(Document record, long utcOffset) {
        ObjectNode row = Json.object();
        for (String column : COLUMNS) {
            Optional<JsonNode> value =
                    record.at(column).or(() -> record.at("custom_channel_vars", column));
            value.ifPresentOrElse(there -> row.set(column, there), () -> row.put(column, ""));
        }
        row.put("id", record.id());
        record.at("call_direction").ifPresent(direction -> row.set("direction", direction));
        row.put("dialed_number", user(record, "request"));
        row.put("calling_from", user(record, "from"));
        putTimes(row, record, utcOffset);
        return row;
    }

    private static String user(Document record, String field) {
        return record.text(field).map(address -> address.split("@")[0]).orElse("");
    }

    private static void putTimes(ObjectNode row, Document record, long utcOffset) {
        long duration = Json.whole(record.body(), "duration_seconds").orElse(0);
        long end =
                Json.whole(record.body(), "timestamp").orElse(Gregorian.seconds(record.created()));
        Instant start = Gregorian.instant(end - duration);
        OffsetDateTime utc = start.atOffset(ZoneOffset.UTC);
        row.put("timestamp", end - duration);
        row.put("datetime", utc.plusSeconds(utcOffset).format(DATE_TIME));
        row.put("unix_timestamp", start.getEpochSecond());
        row.put("unix_timestamp_micro", start.getEpochSecond() * 1_000_000);
        row.put("rfc_1036", utc.format(RFC_1036));
        row.put("iso_8601", utc.format(ISO_DATE));
        row.put("iso_8601_combined", utc.format(ISO_BOTH));
    }
}
