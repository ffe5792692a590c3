package fulcrum.media;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// Holds the taps of one path; they come and go while packets flow. Belongs to one media thread.
final class Taps {
    private final @Nullable Codec[] receivedCodecs;
    private final @Nullable Codec[] sentCodecs;
    private Tap[] taps = new Tap[0];
    private final RtpPacket view = new RtpPacket();

    Taps(@Nullable Codec[] receivedCodecs, @Nullable Codec[] sentCodecs) {
        this.receivedCodecs = receivedCodecs;
        this.sentCodecs = sentCodecs;
    }

    void add(TapSink sink, TapSide side) {
        remove(sink);
        taps = Arrays.copyOf(taps, taps.length + 1);
        taps[taps.length - 1] = new Tap(sink, side, receivedCodecs, sentCodecs);
    }

    void remove(TapSink sink) {
        taps = Arrays.stream(taps).filter(tap -> !tap.writesTo(sink)).toArray(Tap[]::new);
    }

    void clear() {
        taps = new Tap[0];
    }

    boolean isEmpty() {
        return taps.length == 0;
    }

    /// Hears a packet of audio that was received.
    void received(RtpPacket packet) {
        for (Tap tap : taps) {
            tap.received(packet);
        }
    }

    /// Hears a packet of audio that is about to be sent, still in the clear.
    void sent(byte[] packet, int length) {
        if (taps.length > 0) {
            view.wrap(packet, 0, length);
            for (Tap tap : taps) {
                tap.sent(view);
            }
        }
    }

    /// Lets 20 ms go by, and returns how many samples the rings could not take.
    int tick(Scratch scratch) {
        int dropped = 0;
        for (Tap tap : taps) {
            dropped += tap.tick(scratch);
        }
        return dropped;
    }

    @Override
    public String toString() {
        return taps.length == 0 ? "no taps" : Arrays.toString(taps);
    }
}
