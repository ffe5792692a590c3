package fulcrum.media;

import org.jspecify.annotations.Nullable;

/// Hears one stream of packets as an even flow of samples: jitter buffer, decoder, rate.
///
/// Packets go in as they come; every 20 ms somebody takes a frame.
/// A missing packet is covered by the audio before it, at half and then a quarter of its level; after that it is
/// silence, as for pauses. Belongs to one media thread.
final class Ear {
    /// Packets that wait at least, so that one may be 20 ms late.
    static final int DEPTH = 2;

    private static final int COVERED = 2;

    private final JitterBuffer buffer = new JitterBuffer(DEPTH);
    private final @Nullable Codec[] codecs;
    private final Framer framer;
    private final short[] last = new short[Scratch.SAMPLES];
    private @Nullable Codec codec;
    private Codec.@Nullable Decoder decoder;
    private int lastCount;
    private int covered;

    /// Makes one that hears at `rate` samples a second.
    ///
    /// @param codecs the codec of each payload type, 128 places; looked at for each packet, so it may change
    Ear(@Nullable Codec[] codecs, int rate) {
        this.codecs = codecs;
        this.framer = new Framer(rate);
    }

    /// Gives samples at another rate from now on.
    void rate(int wanted) {
        framer.rate(wanted);
    }

    /// Hears a packet.
    void put(RtpPacket packet) {
        buffer.put(packet);
    }

    /// Writes the next 20 ms to `out`, silence where there is none, and returns whether anything was heard.
    boolean take(short[] out, Scratch scratch) {
        int samples = framer.rate() / 50;
        while (framer.available() < samples && refill(scratch)) {
            // one packet may be shorter than a frame
        }
        return framer.take(out, samples) > 0;
    }

    private boolean refill(Scratch scratch) {
        return switch (buffer.take()) {
            case PACKET -> decode(scratch);
            case LOST -> cover();
            case EMPTY -> false;
        };
    }

    private boolean decode(Scratch scratch) {
        Codec of = codecs[buffer.payloadType()];
        if (of == null) {
            return cover();
        }
        if (!of.equals(codec) || decoder == null) {
            codec = of;
            decoder = of.decoder();
        }
        lastCount = decoder.decode(buffer.payload(), 0, buffer.length(), scratch.decoded, 0);
        System.arraycopy(scratch.decoded, 0, last, 0, lastCount);
        covered = 0;
        framer.put(last, lastCount, of.sampleRate());
        return lastCount > 0;
    }

    private boolean cover() {
        if (codec == null || lastCount == 0) {
            return false;
        }
        covered++;
        for (int i = 0; i < lastCount; i++) {
            last[i] = covered > COVERED ? 0 : (short) (last[i] / 2);
        }
        framer.put(last, lastCount, codec.sampleRate());
        return true;
    }

    @Override
    public String toString() {
        return buffer.toString();
    }
}
