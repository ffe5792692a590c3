package fulcrum.media;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Counts for one path: written by its media thread, read by anybody at any time.
///
/// There is one writer, so a count is a plain read and an ordered write. Numbers read together may be one packet apart.
final class Tally {
    static final long UNKNOWN = -1;

    final AtomicLong packetsSent = new AtomicLong();
    final AtomicLong bytesSent = new AtomicLong();
    final AtomicLong packetsReceived = new AtomicLong();
    final AtomicLong bytesReceived = new AtomicLong();
    final AtomicLong packetsLost = new AtomicLong();
    final AtomicLong packetsRefused = new AtomicLong();
    final AtomicLong packetsForged = new AtomicLong();
    final AtomicLong sendErrors = new AtomicLong();
    final AtomicLong tapDropped = new AtomicLong();
    final AtomicLong jitterNanos = new AtomicLong();
    final AtomicLong remoteLost = new AtomicLong();
    final AtomicLong remoteJitterNanos = new AtomicLong();
    final AtomicLong roundTripNanos = new AtomicLong(UNKNOWN);

    static void add(AtomicLong count, long more) {
        count.setRelease(count.getPlain() + more);
    }

    /// Returns all counts as they are now; any thread may call this.
    MediaCounts counts() {
        long trip = roundTripNanos.getAcquire();
        return new MediaCounts(
                packetsSent.getAcquire(),
                bytesSent.getAcquire(),
                packetsReceived.getAcquire(),
                bytesReceived.getAcquire(),
                packetsLost.getAcquire(),
                packetsRefused.getAcquire(),
                packetsForged.getAcquire(),
                sendErrors.getAcquire(),
                tapDropped.getAcquire(),
                Duration.ofNanos(jitterNanos.getAcquire()),
                remoteLost.getAcquire(),
                Duration.ofNanos(remoteJitterNanos.getAcquire()),
                trip == UNKNOWN ? Optional.empty() : Optional.of(Duration.ofNanos(trip)));
    }
}
