package fulcrum.media;

import org.jspecify.annotations.Nullable;

/// Decodes packets as they arrive, for a path whose audio goes on in another codec or is searched for tones.
/// Belongs to one media thread.
final class Transcoder {
    private final Framer framer = new Framer(8000);
    private @Nullable Codec codec;
    private Codec.@Nullable Decoder decoder;

    /// Decodes into `scratch.decoded` and returns the samples.
    int decode(RtpPacket packet, Codec of, Scratch scratch) {
        if (!of.equals(codec) || decoder == null) {
            codec = of;
            decoder = of.decoder();
        }
        int octets = Math.min(packet.payloadLength(), JitterBuffer.LONGEST);
        return decoder.decode(packet.bytes(), packet.payloadOffset(), octets, scratch.decoded, 0);
    }

    /// Brings what was decoded to `rate` in `scratch.frame` and returns the samples, an even number.
    int convert(int samples, int fromRate, int rate, Scratch scratch) {
        framer.rate(rate);
        framer.put(scratch.decoded, samples, fromRate);
        return framer.take(scratch.frame, framer.available() & ~1);
    }
}
