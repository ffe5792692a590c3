package fulcrum.web;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// How long an answer may be used without asking again (RFC 9111 §4.2), seen by a cache that serves one user.
///
/// @param until fresh until then
/// @param strict once stale it must not be used, even when the web server cannot be reached
record Freshness(Instant until, boolean strict) {
    /// For an answer that says nothing at all about it.
    private static final Duration UNSAID = Duration.ofSeconds(60);

    private static final Duration MOST_GUESSED = Duration.ofDays(1);
    private static final long MOST_SECONDS = Duration.ofDays(365).toSeconds();

    static Freshness of(Head head, Instant now) {
        Map<String, String> control = directives(head.header("cache-control"));
        boolean never = control.containsKey("no-store") || control.containsKey("no-cache");
        boolean strict = never || control.containsKey("must-revalidate");
        Duration lifetime = never ? Duration.ZERO : lifetime(head, control, now);
        return new Freshness(now.plus(lifetime), strict);
    }

    private static Duration lifetime(Head head, Map<String, String> control, Instant now) {
        Instant sent = date(head.header("date")).orElse(now);
        Duration age = Duration.ofSeconds(seconds(head.header("age")).orElse(0L));
        if (control.containsKey("max-age")) {
            long most = seconds(control.get("max-age")).orElse(0L);
            return positive(Duration.ofSeconds(most).minus(age));
        }
        if (!head.header("expires").isEmpty()) {
            // an Expires that is no date means "already expired" (RFC 9111 §5.3)
            Instant expires = date(head.header("expires")).orElse(sent);
            return positive(Duration.between(sent, expires).minus(age));
        }
        Optional<Instant> modified = date(head.header("last-modified"));
        if (modified.isEmpty()) {
            return UNSAID;
        }
        Duration guessed = positive(Duration.between(modified.get(), sent).dividedBy(10));
        return guessed.compareTo(MOST_GUESSED) > 0 ? MOST_GUESSED : guessed;
    }

    private static Duration positive(Duration time) {
        return time.isNegative() ? Duration.ZERO : time;
    }

    private static Map<String, String> directives(String header) {
        return Arrays.stream(header.split(",", -1))
                .map(part -> part.strip().split("=", 2))
                .collect(
                        Collectors.toMap(
                                pair -> pair[0].strip().toLowerCase(Locale.ROOT),
                                pair -> pair.length == 2 ? pair[1].replace("\"", "").strip() : "",
                                (first, second) -> first));
    }

    private static Optional<Long> seconds(String text) {
        if (!text.matches("\\d+")) {
            return Optional.empty();
        }
        return Optional.of(
                text.length() > 10 ? MOST_SECONDS : Math.min(Long.parseLong(text), MOST_SECONDS));
    }

    private static Optional<Instant> date(String text) {
        try {
            ZonedDateTime date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(date.toInstant());
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }
}
