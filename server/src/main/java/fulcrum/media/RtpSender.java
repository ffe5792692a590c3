package fulcrum.media;

import org.jspecify.annotations.Nullable;

/// Holds what must go on without a break however often the source of the audio changes: SSRC, sequence, timestamp.
///
/// Audio comes from a clock (one frame every 20 ms) or from a relay, which maps the numbers of the other leg onto
/// these; each change of source continues where the one before stopped, with the time in between counted in
/// (RFC 3550 §5.1). Belongs to one path and moves with it from thread to thread.
final class RtpSender {
    private static final long SECOND = 1_000_000_000L;

    /// A jump of this many packets is a restart of the source, not loss (RFC 3550 appendix A.1).
    private static final int RESTART = 3000;

    private final int ssrc;
    private int clockRate = 8000;
    private int sequence;
    private int timestamp;
    private int lastTicks;

    /// When the packet with that timestamp left.
    private long lastNanos;

    private boolean started;
    private boolean continuous;
    private boolean marked;

    private @Nullable Object feeder;
    private int feederSsrc;
    private int timestampBase;
    private int feederBase;
    private int feederFirst;
    private int feederNewest;
    private int headerSequence;
    private int headerTimestamp;

    /// Starts with random numbers of the caller's choice (RFC 3550 §5.1).
    RtpSender(int ssrc, int sequence, int timestamp) {
        this.ssrc = ssrc;
        this.sequence = sequence & 0xFFFF;
        this.timestamp = timestamp;
    }

    /// Sets the ticks a second of the payloads to come.
    void clockRate(int ticksPerSecond) {
        if (clockRate != ticksPerSecond) {
            clockRate = ticksPerSecond;
            pause();
        }
    }

    /// Moves on to a packet of clocked audio that lasts `ticks`.
    void advance(int ticks, long now) {
        feeder = null;
        sequence = (sequence + 1) & 0xFFFF;
        if (continuous) {
            timestamp += lastTicks;
            marked = false;
        } else {
            int pause = pauseTicks(ticks, now);
            marked = !started || pause > 3 * ticks;
            timestamp += pause;
            continuous = true;
        }
        lastTicks = ticks;
        lastNanos = now;
        started = true;
        header();
    }

    private void header() {
        headerSequence = sequence;
        headerTimestamp = timestamp;
    }

    /// Moves on to another packet with the same timestamp, as an event has them (RFC 4733 §2.2.1).
    void repeat(int moreTicks) {
        sequence = (sequence + 1) & 0xFFFF;
        lastTicks += moreTicks;
        marked = false;
        header();
    }

    /// Notes that nothing is sent now, so the next packet's timestamp follows the clock.
    void pause() {
        continuous = false;
    }

    /// Ticks from the last packet to one now: the time that went by, in whole packets, at least the last one's length.
    private int pauseTicks(int unit, long now) {
        if (!started) {
            return 0;
        }
        long passed = (now - lastNanos) * clockRate / SECOND;
        return (int) Math.max(lastTicks, passed / unit * unit);
    }

    /// Moves on to a packet that is passed on from another leg.
    ///
    /// @param source who passes it on; another one than before starts a new mapping
    /// @param ticks the length of the packet in our clock
    /// @param rate the clock of the incoming timestamps, ticks a second
    /// @return false when the packet is older than the mapping, so it must not be sent
    boolean follow(Object source, RtpPacket in, int ticks, int rate, long now) {
        int ahead = Bytes.sequenceDistance(in.sequence(), feederNewest);
        if (!source.equals(feeder) || feederSsrc != in.ssrc() || Math.abs(ahead) >= RESTART) {
            map(source, in, ticks, now);
            ahead = 1;
        }
        if (Bytes.sequenceDistance(in.sequence(), feederFirst) < 0) {
            return false;
        }
        headerSequence = (sequence + in.sequence() - feederNewest) & 0xFFFF;
        headerTimestamp = timestampBase + scaled(in.timestamp() - feederBase, rate);
        marked = in.isMarked() || !started;
        if (ahead > 0) {
            feederNewest = in.sequence();
            forgetFirst();
            sequence = headerSequence;
            lastNanos = headerTimestamp == timestamp && started ? lastNanos : now;
            timestamp = headerTimestamp;
            lastTicks = ticks;
        }
        started = true;
        continuous = false;
        return true;
    }

    private void map(Object source, RtpPacket in, int ticks, long now) {
        timestampBase = timestamp + pauseTicks(ticks, now);
        feeder = source;
        feederSsrc = in.ssrc();
        feederBase = in.timestamp();
        feederFirst = in.sequence();
        feederNewest = in.sequence() - 1;
    }

    /// Moves the oldest number that is passed on along, so that it never looks newer by going round.
    private void forgetFirst() {
        if (Bytes.sequenceDistance(feederNewest, feederFirst) > RESTART) {
            feederFirst = (feederNewest - RESTART) & 0xFFFF;
        }
    }

    private int scaled(int ticks, int rate) {
        return rate == clockRate ? ticks : (int) ((long) ticks * clockRate / rate);
    }

    /// Writes the header of the packet moved on to, and returns its length.
    int writeHeader(byte[] out, int payloadType) {
        return RtpPacket.writeHeader(
                out, 0, marked, payloadType, headerSequence, headerTimestamp, ssrc);
    }

    /// Makes the next header carry the marker bit, as the first packet of an event does (RFC 4733 §2.5.1.1).
    void mark() {
        marked = true;
    }

    /// Returns what the timestamp would be now, for reports (RFC 3550 §6.4.1).
    int timestampAt(long now) {
        return started ? timestamp + (int) ((now - lastNanos) * clockRate / SECOND) : timestamp;
    }

    boolean isStarted() {
        return started;
    }

    int ssrc() {
        return ssrc;
    }

    int sequence() {
        return sequence;
    }

    int clockRate() {
        return clockRate;
    }

    @Override
    public String toString() {
        return "rtp ssrc=%08x".formatted(ssrc);
    }
}
