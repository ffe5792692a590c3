package fulcrum.media;

import java.util.Arrays;

/// Makes and recognises tones in tests of paths.
final class Tones {
    private Tones() {}

    /// Plays a sine at -10 dBm0 for ever, or for some frames.
    static AudioSource sine(int rate, double frequency, int frames) {
        Clip clip =
                Clip.of(
                        Wave.tone(rate, 20.0 * Math.max(frames, 50), frequency, -10).samples(),
                        rate);
        return clip.source(frames == 0 ? 0 : 1);
    }

    /// Returns which share of a frame's power lies at a frequency, 0 to 1, and 0 for silence.
    static double share(short[] samples, int rate, double frequency) {
        Goertzel goertzel = new Goertzel(rate, frequency);
        goertzel.add(samples, 0, samples.length);
        return goertzel.totalPower() < 100 ? 0 : goertzel.share();
    }

    /// Decodes packets of one stream.
    static final class Listener {
        private final Codec codec;
        private final Codec.Decoder decoder;

        Listener(Codec codec) {
            this.codec = codec;
            this.decoder = codec.decoder();
        }

        short[] decode(RtpPacket packet) {
            short[] out = new short[2048];
            int samples =
                    decoder.decode(
                            packet.bytes(), packet.payloadOffset(), packet.payloadLength(), out, 0);
            return Arrays.copyOf(out, samples);
        }

        /// Returns which share of the packet's power lies at a frequency.
        double share(RtpPacket packet, double frequency) {
            return Tones.share(decode(packet), codec.sampleRate(), frequency);
        }
    }
}
