package fulcrum.api;

import fulcrum.directory.Document;
import fulcrum.directory.Gregorian;
import fulcrum.storage.MonthlyQuery;
import fulcrum.storage.MonthlyStore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Cuts one page out of the monthly records of a type: reads on until the page is full or the range ends, so that a
/// month of records is never in memory at once.
final class MonthlyListing {
    private static final int READ_AT_ONCE = 200;

    private final MonthlyStore store;

    MonthlyListing(MonthlyStore store) {
        this.store = store;
    }

    /// @param wanted which records make a row
    ApiReply page(
            ApiRequest request,
            String type,
            Span span,
            Predicate<Document> wanted,
            Function<Document, Listing.Entry> entry) {
        Listing listing = Listing.of(request);
        long needed = listing.size().map(size -> size + 1).orElse(Long.MAX_VALUE);
        List<Listing.Entry> found = new ArrayList<>();
        Span left = narrowed(span, listing);
        MonthlyQuery query =
                new MonthlyQuery(
                        request.account().id(),
                        type,
                        left.from(),
                        left.to(),
                        !listing.isAscending(),
                        READ_AT_ONCE,
                        Optional.empty());
        boolean more = true;
        while (more && found.size() < needed) {
            List<Document> read = store.page(query);
            for (Document record : read) {
                Listing.Entry candidate = entry.apply(record);
                if (wanted.test(record) && listing.isWithin(candidate)) {
                    found.add(candidate);
                }
            }
            more = read.size() == READ_AT_ONCE;
            query = more ? query.after(read.getLast().created(), read.getLast().id()) : query;
        }
        return listing.page(found);
    }

    /// What records are ordered by: their time in Gregorian seconds with milliseconds, always equally long.
    static String key(Instant created) {
        return "%d%03d".formatted(Gregorian.seconds(created), created.toEpochMilli() % 1000);
    }

    /// A cursor also bounds what has to be read.
    private static Span narrowed(Span span, Listing listing) {
        Optional<Instant> begin = listing.start().flatMap(MonthlyListing::instant);
        if (begin.isEmpty()) {
            return span;
        }
        return listing.isAscending()
                ? new Span(later(span.from(), begin.get()), span.to())
                : new Span(span.from(), earlier(span.to(), begin.get()));
    }

    private static Optional<Instant> instant(Listing.Cursor cursor) {
        return cursor.key().matches("\\d{11,14}")
                ? Optional.of(Gregorian.instant(Long.parseLong(cursor.key().substring(0, 11))))
                : Optional.empty();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
