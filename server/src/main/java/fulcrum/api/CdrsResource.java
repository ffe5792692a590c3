package fulcrum.api;

import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.storage.MonthlyStore;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Call detail records (resources.md §21), one for each leg; behind a user those of that user's phones.
final class CdrsResource implements Resource {
    private static final String TYPE = "cdr";

    private final MonthlyStore store;
    private final MonthlyListing listing;
    private final Documents documents;

    CdrsResource(MonthlyStore store, Documents documents) {
        this.store = store;
        this.listing = new MonthlyListing(store);
        this.documents = documents;
    }

    @Override
    public String name() {
        return "cdrs";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of(
                        "GET",
                        "",
                        "Lists the legs of calls, newest first.",
                        (r, args) -> list(r, record -> true)),
                Route.of(
                        "GET",
                        "interaction",
                        "Lists conversations, newest first.",
                        (r, args) -> list(r, isFirstOf(r))),
                Route.of("GET", "summary", "Counts calls.", (r, args) -> summary(r)),
                Route.of(
                        "GET",
                        "legs/{id}",
                        "Shows all legs of a conversation.",
                        (r, args) -> legs(r, args.get(1))),
                Route.of(
                        "GET", "{id}", "Shows one record.", (r, args) -> read(r, args.getFirst())));
    }

    private ApiReply list(ApiRequest request, Predicate<Document> wanted) {
        long offset = offset(request);
        return listing.page(
                        request,
                        TYPE,
                        Span.of(request, documents.now()),
                        isOurs(request).and(matches(request)).and(wanted),
                        record ->
                                new Listing.Entry(
                                        MonthlyListing.key(record.created()),
                                        record.id(),
                                        () -> Documents.whole(record),
                                        () -> CdrRow.of(record, offset)))
                .with("is_chunked", "true");
    }

    private static long offset(ApiRequest request) {
        String text = request.text("utc_offset").orElse("0");
        if (!text.matches("-?\\d{1,6}")) {
            throw Refusal.plain(404, "utc_offset must be a number", Json.object());
        }
        return Long.parseLong(text);
    }

    private static Predicate<Document> isOurs(ApiRequest request) {
        Optional<Document> user = request.within("user");
        return record ->
                user.isEmpty()
                        || record.text("custom_channel_vars", "owner_id")
                                .filter(user.get().id()::equals)
                                .isPresent();
    }

    /// Ids in filters may carry the month, which is no part of the call's id.
    private static Predicate<Document> matches(ApiRequest request) {
        Map<String, String> query = new LinkedHashMap<>(request.incoming().query());
        query.computeIfPresent(
                "filter_call_id", (key, value) -> value.replaceFirst("^\\d{6}-", ""));
        Predicate<ObjectNode> filter = Filters.byFields(query);
        return record -> filter.test(Documents.whole(record));
    }

    /// One record stands for a conversation: the one that comes first in the order of the list.
    private Predicate<Document> isFirstOf(ApiRequest request) {
        boolean isAscending = Listing.of(request).isAscending();
        return record -> {
            List<Document> legs =
                    store.ofInteraction(
                            record.accountId(), record.text("interaction_id").orElse(""));
            List<Document> ours =
                    legs.stream().filter(isOurs(request).and(matches(request))).toList();
            return ours.isEmpty()
                    || (isAscending ? ours.getFirst() : ours.getLast()).id().equals(record.id());
        };
    }

    private ApiReply legs(ApiRequest request, String id) {
        String interaction =
                id.matches("\\d{6}-.*")
                        ? find(request, id)
                                .text("interaction_id")
                                .orElseThrow(() -> Refusal.badIdentifier(id))
                        : id;
        List<Document> legs = store.ofInteraction(request.account().id(), interaction);
        if (legs.isEmpty()) {
            throw Refusal.badIdentifier(id);
        }
        ArrayNode rows = Json.MAPPER.createArrayNode();
        legs.forEach(leg -> rows.add(Documents.shown(leg)));
        return ApiReply.list(rows, Json.object().put("page_size", rows.size()));
    }

    private ApiReply read(ApiRequest request, String id) {
        Document record = find(request, id);
        return ApiReply.document(Documents.shown(record), record.revision());
    }

    private Document find(ApiRequest request, String id) {
        return Optional.of(id)
                .filter(text -> text.matches("\\d{4}(0[1-9]|1[0-2])-.+"))
                .flatMap(text -> store.find(request.account().id(), text))
                .filter(record -> record.type().equals(TYPE))
                .filter(isOurs(request))
                .orElseThrow(() -> Refusal.badIdentifier(id));
    }

    private ApiReply summary(ApiRequest request) {
        Span span = Span.of(request, documents.now());
        CdrSummary summary = new CdrSummary();
        Predicate<Document> wanted = isOurs(request).and(matches(request));
        for (Document record :
                store.between(request.account().id(), TYPE, span.from(), span.to())) {
            if (wanted.test(record)) {
                summary.count(record);
            }
        }
        return ApiReply.of(summary.shown());
    }
}
