package fulcrum.storage;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Removes what is too old and what a crash left behind: soon after the start and then every hour, on thread
/// `storage-housekeeping`.
///
/// Call detail records are kept. Pivot debug documents are kept for 31 days, the span in which a bare call id finds
/// them (resources.md §25).
public final class Housekeeping implements AutoCloseable {
    /// How long records of a type are kept; other types are kept for good.
    public static final Map<String, Duration> KEPT_FOR = Map.of("pivot_debug", Duration.ofDays(31));

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    private final MonthlyStore monthly;
    private final Attachments attachments;
    private final Clock clock;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("storage-housekeeping").daemon().factory());

    public Housekeeping(MonthlyStore monthly, Attachments attachments, Clock clock) {
        this.monthly = monthly;
        this.attachments = attachments;
        this.clock = clock;
    }

    /// Begins; the first round is 10 s from now, so that it does not slow the start down.
    public Housekeeping start() {
        var _ = thread.scheduleWithFixedDelay(this::roundOrLog, 10, 3600, TimeUnit.SECONDS);
        return this;
    }

    private void roundOrLog() {
        try {
            round();
        } catch (RuntimeException failed) {
            LOG.warn("housekeeping failed, the next round is in an hour: {}", failed.getMessage());
        }
    }

    /// One round, on the caller's thread.
    void round() {
        Instant now = clock.instant();
        KEPT_FOR.forEach(
                (type, age) -> {
                    int expired = monthly.expire(type, now.minus(age));
                    if (expired > 0) {
                        LOG.info(
                                "{} {} records older than {} days removed",
                                expired,
                                type,
                                age.toDays());
                    }
                });
        int swept = attachments.sweep(now);
        if (swept > 0) {
            LOG.info("{} files that no document has were deleted", swept);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("housekeeping did not stop within 10 s");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
