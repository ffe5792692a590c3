package fulcrum.media;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Holds the taps of one path; they come and go while packets flow. Belongs to one media thread.
final class Taps {
    private final @Nullable Codec[] receivedCodecs;
    private final @Nullable Codec[] sentCodecs;
    private final List<Tap> taps = new ArrayList<>();
    private final RtpPacket view = new RtpPacket();

    Taps(@Nullable Codec[] receivedCodecs, @Nullable Codec[] sentCodecs) {
        this.receivedCodecs = receivedCodecs;
        this.sentCodecs = sentCodecs;
    }

    void add(TapSink sink, TapSide side) {
        remove(sink);
        taps.add(new Tap(sink, side, receivedCodecs, sentCodecs));
    }

    void remove(TapSink sink) {
        taps.removeIf(tap -> tap.writesTo(sink));
    }

    void clear() {
        taps.clear();
    }

    boolean isEmpty() {
        return taps.isEmpty();
    }

    /// Hears a packet of audio that was received.
    void received(RtpPacket packet) {
        for (int i = 0; i < taps.size(); i++) {
            taps.get(i).received(packet);
        }
    }

    /// Hears a packet of audio that is about to be sent, still in the clear.
    void sent(byte[] packet, int length) {
        if (!taps.isEmpty()) {
            view.wrap(packet, 0, length);
            for (int i = 0; i < taps.size(); i++) {
                taps.get(i).sent(view);
            }
        }
    }

    /// Lets 20 ms go by, and returns how many samples the rings could not take.
    int tick(Scratch scratch) {
        int dropped = 0;
        for (int i = 0; i < taps.size(); i++) {
            dropped += taps.get(i).tick(scratch);
        }
        return dropped;
    }

    @Override
    public String toString() {
        return taps.isEmpty() ? "no taps" : taps.toString();
    }
}
