package fulcrum.media;

/// Watches the numbers of one received stream: what is missing, and how unevenly it comes (RFC 3550 appendix A).
///
/// 1. The first packet of a source sets the base; another source, or a jump of [#RESTART] numbers, sets it anew, and
///    what was lost before stays counted.
/// 2. Each packet moves the highest number and the jitter.
/// 3. Each report asks for the fraction lost since the one before.
///
/// Pure: time is passed in. Belongs to one media thread.
final class Reception {
    private static final int RESTART = 3000;
    private static final long SECOND = 1_000_000_000L;

    private boolean heard;
    private int ssrc;
    private int base;
    private int highest;
    private int cycles;
    private long received;
    private long lostBefore;
    private long expectedAtReport;
    private long receivedAtReport;

    private boolean timed;
    private int clockRate = 8000;
    private long lastTransit;
    private int lastTimestamp;
    private long jitterSixteenths;

    /// Counts one packet.
    ///
    /// @param timed whether `now` is close to the moment it arrived, so that it says something about jitter
    void received(RtpPacket packet, int ticksPerSecond, long now, boolean timed) {
        int sequence = packet.sequence();
        int ahead = Bytes.sequenceDistance(sequence, highest);
        if (!heard || packet.ssrc() != ssrc || Math.abs(ahead) > RESTART) {
            restart(packet);
        } else if (ahead > 0) {
            if (sequence < highest) {
                cycles++;
            }
            highest = sequence;
        }
        received++;
        if (timed) {
            measure(packet.timestamp(), ticksPerSecond, now);
        } else {
            this.timed = false;
        }
    }

    private void restart(RtpPacket packet) {
        lostBefore = lost();
        heard = true;
        ssrc = packet.ssrc();
        base = packet.sequence();
        highest = base;
        cycles = 0;
        received = 0;
        expectedAtReport = 0;
        receivedAtReport = 0;
        timed = false;
    }

    /// Smooths the difference of two packets' travel times by a sixteenth (RFC 3550 §6.4.1, appendix A.8). Packets with
    /// the timestamp of the one before (an event goes on) left later than it says, so they tell nothing.
    private void measure(int timestamp, int ticksPerSecond, long now) {
        if (timed && timestamp == lastTimestamp && ticksPerSecond == clockRate) {
            return;
        }
        long arrival = now / SECOND * ticksPerSecond + now % SECOND * ticksPerSecond / SECOND;
        long transit = (int) (arrival - timestamp);
        if (timed && ticksPerSecond == clockRate) {
            long difference = Math.abs((int) (transit - lastTransit));
            if (difference < 10L * ticksPerSecond) {
                jitterSixteenths += difference - ((jitterSixteenths + 8) >> 4);
            }
        } else if (ticksPerSecond != clockRate) {
            jitterSixteenths = jitterSixteenths * ticksPerSecond / clockRate;
        }
        clockRate = ticksPerSecond;
        lastTransit = transit;
        lastTimestamp = timestamp;
        timed = true;
    }

    boolean isHeard() {
        return heard;
    }

    /// Returns the source that is received.
    int ssrc() {
        return ssrc;
    }

    /// Returns the highest number received, with how often it went round in the upper 16 bits.
    int extendedHighest() {
        return (cycles << 16) | highest;
    }

    private long expected() {
        return heard ? (((long) cycles << 16) + highest - base) + 1 : 0;
    }

    /// Returns how many packets are missing so far over all sources; below zero when some came twice.
    long lost() {
        return lostBefore + expected() - received;
    }

    /// Returns 256ths of the packets expected since the last call that did not come, 0..255 (RFC 3550 appendix A.3).
    int fractionLost() {
        long expectedNow = expected() - expectedAtReport;
        long lostNow = expectedNow - (received - receivedAtReport);
        expectedAtReport += expectedNow;
        receivedAtReport = received;
        return expectedNow <= 0 || lostNow <= 0
                ? 0
                : (int) Math.min(255, (lostNow << 8) / expectedNow);
    }

    /// Returns the jitter in ticks of the stream's clock.
    long jitterTicks() {
        return jitterSixteenths >> 4;
    }

    long jitterNanos() {
        return (jitterSixteenths * SECOND / clockRate) >> 4;
    }

    @Override
    public String toString() {
        return "count";
    }
}
