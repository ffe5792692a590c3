package fulcrum.media;

/// G.711 A-law: 8000 samples a second, one octet each (ITU-T G.711 table 1; PCMA of RFC 3551 §4.5.14).
///
/// Samples are 16 bit; the Recommendation's 13-bit numbers are their upper part. Has no state, so all streams share it.
public final class Alaw implements Codec, Codec.Encoder, Codec.Decoder {
    /// The octet of the smallest positive value, which is as near to silence as A-law comes.
    public static final byte SILENCE = (byte) 0xD5;

    /// Every other bit is inverted on the line.
    private static final int EVEN_BITS = 0x55;

    /// Encoded octets by 12-bit magnitude, with the sign of a negative value.
    private static final byte[] CODES = codes();

    private static final short[] SAMPLES = samples();

    private static byte[] codes() {
        byte[] codes = new byte[1 << 11];
        for (int magnitude = 0; magnitude < codes.length; magnitude++) {
            int segment = Math.max(0, 28 - Integer.numberOfLeadingZeros(magnitude));
            int step = magnitude >> Math.max(0, segment - 1) & 0x0F;
            codes[magnitude] = (byte) ((segment << 4 | step) ^ EVEN_BITS);
        }
        return codes;
    }

    private static short[] samples() {
        short[] samples = new short[256];
        for (int code = 0; code < 256; code++) {
            int bits = code ^ EVEN_BITS;
            int segment = bits >> 4 & 7;
            int step = 2 * (bits & 0x0F) + 1;
            int magnitude = segment == 0 ? step : (step + 32) << (segment - 1);
            samples[code] = (short) ((bits & 0x80) != 0 ? 8 * magnitude : -8 * magnitude);
        }
        return samples;
    }

    /// Encodes one sample.
    public static byte encode(short sample) {
        return (byte) (sample < 0 ? CODES[~sample >> 4] : CODES[sample >> 4] | 0x80);
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
        return "PCMA";
    }

    @Override
    public int payloadType() {
        return 8;
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
