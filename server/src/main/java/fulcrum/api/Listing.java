package fulcrum.api;

import fulcrum.directory.Json;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Cuts one page out of a list (REST conventions §11).
///
/// Descending by key unless `ascending=true`; a page begins at its cursor. Filters run before the page is cut, so a
/// page is full as long as there are rows.
///
/// @param size rows of a page; absent for `paginate=false`
record Listing(
        Optional<Long> size,
        boolean isAscending,
        Optional<Cursor> start,
        Optional<Cursor> end,
        Predicate<ObjectNode> filter) {
    private static final int DEFAULT_SIZE = 50;
    private static final int MOST_CHUNK = 50;

    /// One row to be: what it is ordered by, what filters see, what is shown.
    record Entry(
            String key, String id, Supplier<ObjectNode> whole, Supplier<? extends JsonNode> row) {
        /// Live data, which is its own row.
        static Entry live(String key, String id, ObjectNode row) {
            return new Entry(key, id, () -> row, () -> row);
        }
    }

    /// A place between rows; without an id it stands before or behind all rows of its key.
    record Cursor(String key, Optional<String> id) {
        /// @param text as we gave it out, or a bare key
        static Cursor read(String text) {
            try {
                String json =
                        new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
                JsonNode pair = Json.MAPPER.readTree(json);
                if (pair.isArray()
                        && pair.size() == 2
                        && pair.get(0).isString()
                        && pair.get(1).isString()) {
                    return new Cursor(
                            pair.get(0).stringValue(), Optional.of(pair.get(1).stringValue()));
                }
            } catch (IllegalArgumentException | JacksonException bareKey) {
                return new Cursor(text, Optional.empty());
            }
            return new Cursor(text, Optional.empty());
        }

        static String written(Entry entry) {
            ArrayNode pair = Json.MAPPER.createArrayNode().add(entry.key).add(entry.id);
            byte[] json = pair.toString().getBytes(StandardCharsets.UTF_8);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
        }

        /// Where an entry lies: negative before this cursor in ascending order.
        int against(Entry entry) {
            int byKey = entry.key.compareTo(key);
            return byKey != 0 ? byKey : id.map(entry.id::compareTo).orElse(0);
        }
    }

    /// The page that a request asks for.
    ///
    /// @throws Refusal 404 `faulty_request` for a size that is none
    static Listing of(ApiRequest request) {
        request.text("chunk_size")
                .map(Listing::count)
                .filter(size -> size > MOST_CHUNK)
                .ifPresent(
                        tooLarge -> {
                            throw Refusal.faultyRequest();
                        });
        boolean isPaged = request.text("paginate").filter("false"::equals).isEmpty();
        long size = request.text("page_size").map(Listing::count).orElse((long) DEFAULT_SIZE);
        return new Listing(
                isPaged ? Optional.of(size) : Optional.empty(),
                request.flag("ascending") && !request.flag("descending"),
                request.text("start_key").map(Cursor::read),
                request.text("end_key").map(Cursor::read),
                entry -> true);
    }

    private static long count(String text) {
        if (!text.matches("\\d{1,9}") || Long.parseLong(text) < 1) {
            throw Refusal.faultyRequest();
        }
        return Long.parseLong(text);
    }

    Listing filtered(Predicate<ObjectNode> wanted) {
        return new Listing(size, isAscending, start, end, wanted);
    }

    ApiReply page(List<Entry> entries) {
        Comparator<Entry> order = Comparator.comparing(Entry::key).thenComparing(Entry::id);
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(isAscending ? order : order.reversed());
        ArrayNode rows = Json.MAPPER.createArrayNode();
        ObjectNode paging = Json.object();
        start.ifPresent(cursor -> paging.put("start_key", cursor.key()));
        for (Entry entry : sorted) {
            if (!isWithin(entry) || !filter.test(entry.whole.get())) {
                continue;
            }
            if (size.isPresent() && rows.size() >= size.get()) {
                paging.put("next_start_key", Cursor.written(entry));
                break;
            }
            if (rows.isEmpty()) {
                paging.put("start_key", Cursor.written(entry));
            }
            rows.add(entry.row.get());
        }
        paging.put("page_size", rows.size());
        return ApiReply.list(rows, size.isPresent() ? paging : Json.object());
    }

    boolean isWithin(Entry entry) {
        int sign = isAscending ? 1 : -1;
        boolean begun = start.filter(cursor -> sign * cursor.against(entry) < 0).isEmpty();
        return begun && end.filter(cursor -> sign * cursor.against(entry) > 0).isEmpty();
    }
}
