package fulcrum.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Token buckets, one for each sender's address and account (REST conventions §16). Safe for use from any thread.
final class RateBuckets {
    /// A request costs this many tokens.
    static final int PLAIN = 1;

    static final int LOGIN = 35;

    private static final int MOST_BUCKETS = 20_000;

    private final int most;
    private final int perSecond;
    private final Clock clock;
    private final Map<String, Bucket> buckets =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                    return size() > MOST_BUCKETS;
                }
            };

    private record Bucket(double tokens, Instant at) {}

    /// @param most tokens a bucket holds; 0 switches the limit off
    RateBuckets(int most, int perSecond, Clock clock) {
        this.most = most;
        this.perSecond = perSecond;
        this.clock = clock;
    }

    /// Takes tokens out of a bucket.
    ///
    /// @return how many are left; negative when there were not enough (none were taken then)
    int take(String key, int cost) {
        if (most == 0) {
            return 0;
        }
        Instant now = clock.instant();
        synchronized (buckets) {
            Bucket before = buckets.getOrDefault(key, new Bucket(most, now));
            double gained = Duration.between(before.at, now).toMillis() * perSecond / 1000.0;
            double filled = Math.min(most, before.tokens + Math.max(0, gained));
            double left = filled - cost;
            buckets.put(key, new Bucket(left < 0 ? filled : left, now));
            return left < 0 ? -1 : (int) left;
        }
    }
}
