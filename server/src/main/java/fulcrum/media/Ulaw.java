package fulcrum.media;

/// G.711 µ-law: 8000 samples a second, one octet each (ITU-T G.711 table 2; PCMU of RFC 3551 §4.5.14).
///
/// Samples are 16 bit; the Recommendation's 14-bit numbers are their upper part. Has no state, so all streams share it.
public final class Ulaw implements Codec, Codec.Encoder, Codec.Decoder {
    /// The octet of silence.
    public static final byte SILENCE = (byte) 0xFF;

    private static final int BIAS = 33;
    private static final int LARGEST = 8158;

    /// Encoded octets by 14-bit magnitude, without the sign.
    private static final byte[] CODES = codes();

    private static final short[] SAMPLES = samples();

    private static byte[] codes() {
        byte[] codes = new byte[1 << 13];
        for (int magnitude = 0; magnitude < codes.length; magnitude++) {
            int biased = Math.min(magnitude, LARGEST) + BIAS;
            int segment = 26 - Integer.numberOfLeadingZeros(biased);
            int step = biased >> (segment + 1) & 0x0F;
            codes[magnitude] = (byte) ~(0x80 | segment << 4 | step);
        }
        return codes;
    }

    private static short[] samples() {
        short[] samples = new short[256];
        for (int code = 0; code < 256; code++) {
            int bits = ~code;
            int magnitude = ((2 * (bits & 0x0F) + BIAS) << (bits >> 4 & 7)) - BIAS;
            samples[code] = (short) ((bits & 0x80) != 0 ? -4 * magnitude : 4 * magnitude);
        }
        return samples;
    }

    /// Encodes one sample.
    public static byte encode(short sample) {
        return (byte) (sample < 0 ? CODES[~sample >> 2] : CODES[sample >> 2] | 0x80);
    }

    /// Decodes one octet.
    public static short decode(byte code) {
        return SAMPLES[code & 0xFF];
    }

    @Override
    public int encode(short[] in, int offset, int samples, byte[] out, int outOffset) {
        for (int i = 0; i < samples; i++) {
            out[outOffset + i] = encode(in[offset + i]);
        }
        return samples;
    }

    @Override
    public int decode(byte[] in, int offset, int length, short[] out, int outOffset) {
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = SAMPLES[in[offset + i] & 0xFF];
        }
        return length;
    }

    @Override
    public Encoder encoder() {
        return this;
    }

    @Override
    public Decoder decoder() {
        return this;
    }

    @Override
    public String name() {
        return "PCMU";
    }

    @Override
    public int payloadType() {
        return 0;
    }

    @Override
    public int clockRate() {
        return 8000;
    }

    @Override
    public int sampleRate() {
        return 8000;
    }

    @Override
    public int frameBytes() {
        return 160;
    }

    @Override
    public String toString() {
        return name();
    }
}
