package fulcrum.media;

/// G.722 at 64 kbit/s: 16 000 samples a second, one octet for two of them (ITU-T G.722 mode 1; RFC 3551 §4.5.2).
///
/// A pair of mirror filters splits the band at 4000 Hz; each half is quantised against a prediction, the lower one with
/// 6 bits, the higher one with 2. The RTP clock runs at 8000 by an old mistake that RFC 3551 keeps.
public final class G722 implements Codec {
    /// Quantiser decisions of the lower band (Q6), in 1/8 of the scale.
    private static final int[] LOWER_DECISIONS = {
        35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940,
        1023, 1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919
    };

    private static final int HIGHER_DECISION = 564;

    /// Outputs of the lower quantiser by 4-bit code (QM4), which the predictor works with.
    private static final int[] LOWER_STEPS = {
        0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584,
        1200, 0
    };

    /// Outputs of the lower quantiser by 6-bit code (QM6), which the listener hears.
    private static final int[] LOWER_FINE_STEPS = {
        -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192,
        -10232, -9360, -8576, -7856, -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168,
        -2776, -2400, -2032, -1688, -1360, -1040, -728, 24808, 21904, 19008, 16704, 14984, 13512,
        12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456, 4944, 4464, 4008, 3576, 3168,
        2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136
    };

    /// Outputs of the higher quantiser by 2-bit code (QM2).
    private static final int[] HIGHER_STEPS = {-7408, -1616, 7408, 1616};

    /// How the scale of the lower band moves by 4-bit code (WL by RL42).
    private static final int[] LOWER_MOVES = {
        -60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60
    };

    /// How the scale of the higher band moves by 2-bit code (WH by RH2).
    private static final int[] HIGHER_MOVES = {798, -214, 798, -214};

    /// One half of the symmetric mirror filter: the even taps forwards are the odd taps backwards (table 11).
    private static final int[] MIRROR = {3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11};

    private static final int TAPS = 2 * MIRROR.length;

    /// Octets coded between two moves of a filter's history; bounds the memory of a stream.
    private static final int RUN = 160;

    @Override
    public Encoder encoder() {
        return new SplitEncoder();
    }

    @Override
    public Decoder decoder() {
        return new SplitDecoder();
    }

    @Override
    public String name() {
        return "G722";
    }

    @Override
    public int payloadType() {
        return 9;
    }

    @Override
    public int clockRate() {
        return 8000;
    }

    @Override
    public int sampleRate() {
        return 16000;
    }

    @Override
    public int frameBytes() {
        return 160;
    }

    @Override
    public String toString() {
        return name();
    }

    /// Encodes one stream (G.722 §3).
    private static final class SplitEncoder implements Encoder {
        private final SubbandCoder lower = SubbandCoder.lower();
        private final SubbandCoder higher = SubbandCoder.higher();
        private final int[] history = new int[TAPS - 2 + 2 * RUN];

        @Override
        public int encode(short[] in, int offset, int samples, byte[] out, int outOffset) {
            int octets = samples / 2;
            for (int done = 0; done < octets; done += RUN) {
                int run = Math.min(RUN, octets - done);
                encodeRun(in, offset + 2 * done, run, out, outOffset + done);
            }
            return octets;
        }

        private void encodeRun(short[] in, int offset, int octets, byte[] out, int outOffset) {
            for (int i = 0; i < 2 * octets; i++) {
                history[TAPS - 2 + i] = in[offset + i];
            }
            for (int i = 0; i < octets; i++) {
                int even = 0;
                int odd = 0;
                for (int k = 0; k < MIRROR.length; k++) {
                    odd += history[2 * (i + k)] * MIRROR[k];
                    even += history[2 * (i + k) + 1] * MIRROR[MIRROR.length - 1 - k];
                }
                int low = lowerCode((even + odd) >> 14);
                int high = higherCode((even - odd) >> 14);
                out[outOffset + i] = (byte) (high << 6 | low);
            }
            System.arraycopy(history, 2 * octets, history, 0, TAPS - 2);
        }

        /// Blocks SUBTRA, QUANTL, INVQAL and what follows.
        private int lowerCode(int sample) {
            int error = SubbandCoder.saturate(sample - lower.estimate());
            int magnitude = error < 0 ? ~error : error;
            int scale = lower.scale();
            int level = 0;
            while (level < LOWER_DECISIONS.length
                    && magnitude >= (LOWER_DECISIONS[level] * scale) >> 12) {
                level++;
            }
            int code;
            if (error >= 0) {
                code = 61 - level;
            } else {
                code = level < 2 ? 63 - level : 33 - level;
            }
            lower.advance(
                    SubbandCoder.product(scale, LOWER_STEPS[code >> 2]), LOWER_MOVES[code >> 2]);
            return code;
        }

        /// Blocks SUBTRA, QUANTH, INVQAH and what follows.
        private int higherCode(int sample) {
            int error = SubbandCoder.saturate(sample - higher.estimate());
            int magnitude = error < 0 ? ~error : error;
            boolean isLarge = magnitude >= (HIGHER_DECISION * higher.scale()) >> 12;
            int code = (error < 0 ? 0 : 2) + (isLarge ? 0 : 1);
            higher.advance(
                    SubbandCoder.product(higher.scale(), HIGHER_STEPS[code]), HIGHER_MOVES[code]);
            return code;
        }
    }

    /// Decodes one stream (G.722 §4).
    private static final class SplitDecoder implements Decoder {
        private final SubbandCoder lower = SubbandCoder.lower();
        private final SubbandCoder higher = SubbandCoder.higher();
        private final int[] sums = new int[MIRROR.length - 1 + RUN];
        private final int[] differences = new int[MIRROR.length - 1 + RUN];

        @Override
        public int decode(byte[] in, int offset, int length, short[] out, int outOffset) {
            for (int done = 0; done < length; done += RUN) {
                int run = Math.min(RUN, length - done);
                decodeRun(in, offset + done, run, out, outOffset + 2 * done);
            }
            return 2 * length;
        }

        private void decodeRun(byte[] in, int offset, int octets, short[] out, int outOffset) {
            int before = MIRROR.length - 1;
            for (int i = 0; i < octets; i++) {
                int low = lowerSample(in[offset + i] & 0x3F);
                int high = higherSample(in[offset + i] >> 6 & 3);
                sums[before + i] = low + high;
                differences[before + i] = low - high;
            }
            for (int i = 0; i < octets; i++) {
                int even = 0;
                int odd = 0;
                for (int k = 0; k < MIRROR.length; k++) {
                    even += sums[i + k] * MIRROR[k];
                    odd += differences[i + k] * MIRROR[MIRROR.length - 1 - k];
                }
                out[outOffset + 2 * i] = (short) SubbandCoder.saturate(odd >> 11);
                out[outOffset + 2 * i + 1] = (short) SubbandCoder.saturate(even >> 11);
            }
            System.arraycopy(sums, octets, sums, 0, before);
            System.arraycopy(differences, octets, differences, 0, before);
        }

        /// Blocks INVQBL, RECONS, LIMIT and what follows; 15 bits.
        private int lowerSample(int code) {
            int scale = lower.scale();
            int sample = lower.estimate() + SubbandCoder.product(scale, LOWER_FINE_STEPS[code]);
            lower.advance(
                    SubbandCoder.product(scale, LOWER_STEPS[code >> 2]), LOWER_MOVES[code >> 2]);
            return Math.clamp(sample, -16384, 16383);
        }

        /// Blocks INVQAH, RECONS, LIMIT and what follows; 15 bits.
        private int higherSample(int code) {
            int difference = SubbandCoder.product(higher.scale(), HIGHER_STEPS[code]);
            int sample = higher.estimate() + difference;
            higher.advance(difference, HIGHER_MOVES[code]);
            return Math.clamp(sample, -16384, 16383);
        }
    }
}
