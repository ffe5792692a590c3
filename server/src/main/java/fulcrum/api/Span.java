package fulcrum.api;

import fulcrum.directory.Gregorian;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The range of time that a list is asked for (`created_from`, `created_to`; Gregorian seconds, both included), at most
/// 31 days and an hour wide (REST conventions §11).
record Span(Instant from, Instant to) {
    static final Duration WIDEST = Duration.ofHours(31 * 24 + 1);

    /// @throws Refusal 400 `created_from` when the range is too wide, reversed, or not made of numbers
    static Span of(ApiRequest request, Instant now) {
        Instant to = bound(request, "created_to").orElse(now);
        Instant from = bound(request, "created_from").orElse(to.minus(WIDEST));
        if (from.isAfter(to)) {
            throw refused("created_from is after created_to", Gregorian.seconds(from));
        } else if (Duration.between(from, to).toSeconds() > WIDEST.toSeconds()) {
            throw refused(
                    "the range is wider than " + WIDEST.toSeconds() + " seconds",
                    Gregorian.seconds(from));
        }
        return new Span(from, to);
    }

    private static Optional<Instant> bound(ApiRequest request, String key) {
        Optional<String> text = request.text(key);
        text.filter(given -> !given.matches("\\d{1,12}"))
                .ifPresent(
                        given -> {
                            throw Refusal.invalid(
                                    Violation.of("created_from", "date_range", "not a time")
                                            .with("cause", given));
                        });
        return text.map(given -> Gregorian.instant(Long.parseLong(given)));
    }

    private static Refusal refused(String message, long cause) {
        return Refusal.invalid(
                Violation.of("created_from", "date_range", message).with("cause", cause));
    }
}
