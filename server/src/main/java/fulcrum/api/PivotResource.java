package fulcrum.api;

import fulcrum.directory.Document;
import fulcrum.directory.Gregorian;
import fulcrum.directory.Json;
import fulcrum.storage.MonthlyStore;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Pivot's debug records: what was asked of handlers, what they answered, and what was wrong with it (pivot.md §12.2).
final class PivotResource implements Resource {
    private static final String TYPE = "pivot_debug";
    private static final Pattern DEBUG_ID = Pattern.compile("(\\d{6})-(.+)");

    private final MonthlyStore store;
    private final Documents documents;
    private final ApiSettings settings;

    PivotResource(MonthlyStore store, Documents documents, ApiSettings settings) {
        this.store = store;
        this.documents = documents;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "pivot";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of(
                        "GET",
                        "debug",
                        "Lists calls with debug records, newest first.",
                        (r, args) -> list(r)),
                Route.of(
                        "GET",
                        "debug/{id}",
                        "Shows the debug records of a call, oldest first.",
                        (r, args) -> ofCall(r, args.get(1))));
    }

    private ApiReply list(ApiRequest request) {
        Span span = Span.of(request, documents.now());
        Map<String, List<Document>> calls = new LinkedHashMap<>();
        for (Document record :
                store.between(request.account().id(), TYPE, span.from(), span.to())) {
            calls.computeIfAbsent(record.text("call_id").orElse(""), id -> new ArrayList<>())
                    .add(record);
        }
        List<Listing.Entry> entries = new ArrayList<>();
        calls.forEach(
                (callId, records) ->
                        entries.add(
                                Listing.Entry.live(
                                        MonthlyListing.key(records.getFirst().created()),
                                        callId,
                                        row(callId, records))));
        return Listing.of(request)
                .filtered(Filters.byFields(request.incoming().query()))
                .page(entries);
    }

    /// Address and status are those of the first exchange; the flags are raised when any record of the call has errors.
    private ObjectNode row(String callId, List<Document> records) {
        ObjectNode row = Json.object();
        Document first = records.getFirst();
        row.put("call_id", callId);
        row.put("debug_id", debugId(first));
        row.put("created", Gregorian.seconds(first.created()));
        for (Document record : records) {
            boolean isFirst = record.text("iteration").orElse("1").equals("1");
            if (isFirst && !row.has("uri")) {
                record.at("uri").ifPresent(uri -> row.set("uri", uri));
            }
            if (isFirst && !row.has("status_code")) {
                record.at("resp_status_code").ifPresent(code -> row.set("status_code", code));
            }
        }
        row.put("node", nodeOf(first));
        row.put("iteration", 1);
        row.put(
                "has_schema_errors",
                records.stream().anyMatch(record -> record.at("schema_errors").isPresent()));
        row.put(
                "has_json_errors",
                records.stream().anyMatch(record -> record.at("json_errors").isPresent()));
        return row;
    }

    private static String debugId(Document record) {
        return MonthlyStore.id(record.created(), record.text("call_id").orElse(""));
    }

    private String nodeOf(Document record) {
        return Json.text(record.hidden(), "pvt_node").orElse(settings.node());
    }

    private ApiReply ofCall(ApiRequest request, String id) {
        String accountId = request.account().id();
        Matcher matcher = DEBUG_ID.matcher(id);
        List<Document> records = new ArrayList<>();
        if (matcher.matches()) {
            store.ofCall(accountId, TYPE, matcher.group(2)).stream()
                    .filter(record -> debugId(record).equals(id))
                    .forEach(records::add);
        }
        if (records.isEmpty()) {
            Span span = Span.of(request, documents.now());
            store.ofCall(accountId, TYPE, id).stream()
                    .filter(record -> !record.created().isBefore(span.from()))
                    .forEach(records::add);
        }
        if (records.isEmpty()) {
            throw Refusal.badIdentifier(id);
        }
        ArrayNode rows = Json.MAPPER.createArrayNode();
        records.forEach(record -> rows.add(shown(record)));
        return ApiReply.list(rows, Json.object().put("page_size", rows.size()));
    }

    private ObjectNode shown(Document record) {
        ObjectNode shown = Documents.shown(record);
        shown.put("created", Gregorian.seconds(record.created()));
        shown.put("node", nodeOf(record));
        shown.put("debug_id", debugId(record));
        return shown;
    }
}
