package fulcrum.media;

import org.jspecify.annotations.Nullable;

/// Writes what a path hears, says, or both, into a ring: 20 ms on every tick, silence included, so that the length of
/// what was written is the time that went by. Belongs to one media thread.
final class Tap {
    private final TapSink sink;
    private final TapSide side;
    private final @Nullable Ear received;
    private final @Nullable Ear sent;

    /// Makes one with an ear of its own for each side it hears.
    Tap(
            TapSink sink,
            TapSide side,
            @Nullable Codec[] receivedCodecs,
            @Nullable Codec[] sentCodecs) {
        this.sink = sink;
        this.side = side;
        this.received = side == TapSide.SENT ? null : new Ear(receivedCodecs, sink.sampleRate());
        this.sent = side == TapSide.RECEIVED ? null : new Ear(sentCodecs, sink.sampleRate());
    }

    boolean writesTo(TapSink other) {
        return sink.equals(other);
    }

    void received(RtpPacket packet) {
        if (received != null) {
            received.put(packet);
        }
    }

    void sent(RtpPacket packet) {
        if (sent != null) {
            sent.put(packet);
        }
    }

    /// Writes the next 20 ms, and returns how many samples the ring could not take.
    int tick(Scratch scratch) {
        int samples = sink.sampleRate() / 50;
        if (received != null) {
            received.take(scratch.frame, scratch);
        }
        if (sent != null) {
            sent.take(received == null ? scratch.frame : scratch.other, scratch);
        }
        if (received != null && sent != null) {
            Samples.add(scratch.frame, scratch.other, samples);
        }
        return sink.write(scratch.frame, 0, samples);
    }

    @Override
    public String toString() {
        return "tap " + side;
    }
}
