package fulcrum.directory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an account may spend on carriers, so that a stolen password is not paid for with thousands: in force without
/// anybody's doing. Each value comes from `outbound` in the account's document `limits`, else from `limits.outbound` of
/// the account document, else it is the default; -1 is no limit.
///
/// @param atOnce `simultaneous`: calls out over carriers at the same time, 20; not more than Kazoo's `calls` and
///     `resource_consuming_calls`, where those are set
/// @param perDay `per_day`: calls out begun from midnight to midnight UTC, 1000
/// @param countries `countries`: where calls may go, as [CallingCode#isIn] reads it; by default the country of the
///     account's external caller id, else `1`
/// @param burst `burst.calls`: calls out begun within `burst.seconds` that lock the account, 30
/// @param burstWindow `burst.seconds`, 60
/// @param lock `burst.lock_seconds`: how long the account is locked, 3600
/// @param sameNumber `same_number`: calls out at the same time from one caller to one number, 5; more is a loop
public record OutboundLimits(
        long atOnce,
        long perDay,
        List<String> countries,
        long burst,
        Duration burstWindow,
        Duration lock,
        long sameNumber) {
    /// The id of the document, and its type.
    public static final String DOCUMENT = "limits";

    private static final long AT_ONCE = 20;
    private static final long PER_DAY = 1000;
    private static final long BURST = 30;
    private static final long BURST_SECONDS = 60;
    private static final long LOCK_SECONDS = 3600;
    private static final long SAME_NUMBER = 5;
    private static final String HOME = "1";

    public OutboundLimits {
        countries = List.copyOf(countries);
    }

    /// The limits of an account.
    public static OutboundLimits of(LookUps documents, String accountId) {
        return of(documents.find(accountId, DOCUMENT), documents.find(accountId, accountId));
    }

    /// @param limits the account's document `limits`
    static OutboundLimits of(Optional<Document> limits, Optional<Document> account) {
        Reading own = new Reading(limits, account);
        long atOnce = own.whole(AT_ONCE, "simultaneous");
        for (String kazoo : List.of("calls", "resource_consuming_calls")) {
            long most = limits.map(found -> Json.whole(found.body(), kazoo).orElse(-1)).orElse(-1L);
            atOnce = most >= 0 && (atOnce < 0 || most < atOnce) ? most : atOnce;
        }
        return new OutboundLimits(
                atOnce,
                own.whole(PER_DAY, "per_day"),
                own.countries(),
                own.whole(BURST, "burst", "calls"),
                Duration.ofSeconds(Math.max(1, own.whole(BURST_SECONDS, "burst", "seconds"))),
                Duration.ofSeconds(Math.max(1, own.whole(LOCK_SECONDS, "burst", "lock_seconds"))),
                own.whole(SAME_NUMBER, "same_number"));
    }

    private record Reading(Optional<Document> limits, Optional<Document> account) {
        long whole(long usual, String... path) {
            return limits.map(found -> Json.whole(found.body(), below("outbound", path)))
                    .filter(found -> found.isPresent())
                    .or(
                            () ->
                                    account.map(
                                            found ->
                                                    Json.whole(
                                                            found.body(),
                                                            below(
                                                                    DOCUMENT,
                                                                    below("outbound", path)))))
                    .map(found -> found.orElse(usual))
                    .orElse(usual);
        }

        private static String[] below(String first, String... rest) {
            List<String> all = new ArrayList<>(List.of(rest));
            all.addFirst(first);
            return all.toArray(String[]::new);
        }

        List<String> countries() {
            String[] path = {"outbound", "countries"};
            if (limits.flatMap(found -> found.at(path)).isPresent()) {
                return Json.texts(limits.get().body(), path);
            }
            String[] below = below(DOCUMENT, path);
            if (account.flatMap(found -> found.at(below)).isPresent()) {
                return Json.texts(account.get().body(), below);
            }
            return List.of(
                    account.flatMap(found -> found.text("caller_id", "external", "number"))
                            .flatMap(number -> CallingCode.of(Numbers.normalise(number)))
                            .orElse(HOME));
        }
    }
}
