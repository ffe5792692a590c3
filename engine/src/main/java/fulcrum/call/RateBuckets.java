package fulcrum.call;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Token buckets, one for each sender: for requests (REST conventions §16) and for calls. Safe for use from any thread.
public final class RateBuckets {
    /// Of more senders than this the one that came longest ago is forgotten, which fills its bucket.
    private static final int MOST_BUCKETS = 20_000;

    private final int most;
    private final int perSecond;
    private final Map<String, Bucket> buckets =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                    return size() > MOST_BUCKETS;
                }
            };

    private record Bucket(double tokens, Instant at) {}

    /// @param most tokens a bucket holds, and has at first; 0 switches the limit off
    /// @param perSecond tokens that come back each second
    public RateBuckets(int most, int perSecond) {
        this.most = most;
        this.perSecond = perSecond;
    }

    /// Takes tokens out of a bucket.
    ///
    /// @return how many are left; negative when there were not enough (none were taken then)
    public int take(String sender, int cost, Instant now) {
        if (most == 0) {
            return 0;
        }
        synchronized (buckets) {
            Bucket before = buckets.getOrDefault(sender, new Bucket(most, now));
            double gained = Duration.between(before.at, now).toMillis() * perSecond / 1000.0;
            double filled = Math.min(most, before.tokens + Math.max(0, gained));
            double left = filled - cost;
            buckets.put(sender, new Bucket(left < 0 ? filled : left, now));
            return left < 0 ? -1 : (int) left;
        }
    }
}
