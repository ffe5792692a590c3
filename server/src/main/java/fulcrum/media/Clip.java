package fulcrum.media;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/// A sound in memory that any number of listeners share; immutable but for the encodings it keeps.
///
/// Its length is a whole number of 20 ms frames, the last one filled up with silence. Up to [#PLAIN] it is kept as 16
/// bit samples, 16 or 32 kB a second; a longer one as µ-law octets at its rate, 8 or 16 kB a second (a noise 38 dB
/// below the sound). Every encoding that was [prepared][#prepare] adds 8 kB a second. So an hour, which is the most
/// that [AudioFile] reads unless told otherwise, takes at most 58 MB and 29 MB more for each encoding.
///
/// A clip that many hear is prepared once for each codec; then a frame costs its listeners no more than copying it.
public final class Clip {
    /// Up to this length samples are kept uncompressed.
    public static final Duration PLAIN = Duration.ofMinutes(1);

    private static final int FRAMES_A_SECOND = 50;

    private final int sampleRate;
    private final int frames;
    private final short[] plain;
    private final byte[] companded;
    private final ConcurrentHashMap<Codec, byte[]> encodings = new ConcurrentHashMap<>();

    /// Takes over one of the two arrays; both are padded to whole frames and one of them is empty.
    Clip(int sampleRate, short[] plain, byte[] companded) {
        this.sampleRate = sampleRate;
        this.plain = plain;
        this.companded = companded;
        this.frames = Math.max(plain.length, companded.length) / (sampleRate / FRAMES_A_SECOND);
        if (companded.length > 0 && sampleRate == 8000) {
            encodings.put(Codecs.PCMU, companded);
        }
    }

    /// Makes a clip of mono samples at any rate of 1000 to 400 000 Hz; they are copied.
    public static Clip of(short[] samples, int sampleRate) {
        var builder = new ClipBuilder(Duration.ofSeconds(samples.length / sampleRate + 1));
        builder.add(samples, 0, samples.length, sampleRate);
        return builder.build();
    }

    /// Returns the samples a second: 8000, or 16 000 when it was made of more than 8000.
    public int sampleRate() {
        return sampleRate;
    }

    /// Returns how long it lasts, in whole frames of 20 ms.
    public Duration duration() {
        return Duration.ofMillis(20L * frames);
    }

    /// Returns about how many octets of memory it takes now, with its encodings.
    public long bytes() {
        boolean isShared = companded.length > 0 && sampleRate == 8000;
        long sum = 2L * plain.length + (isShared ? 0 : companded.length);
        for (byte[] encoding : encodings.values()) {
            sum += encoding.length;
        }
        return sum;
    }

    /// Encodes the whole clip once, so that listeners with that codec get it for the price of copying.
    ///
    /// Takes some 2.5 ms a second of sound for G.722, up to 0.5 ms for G.711: not to be called on a media thread or a
    /// call's thread. Calling it again costs nothing.
    ///
    /// @return this clip
    public Clip prepare(Codec codec) {
        encodings.computeIfAbsent(codec, this::encode);
        return this;
    }

    /// Tells whether it is encoded that way.
    public boolean isPrepared(Codec codec) {
        return encodings.containsKey(codec);
    }

    private byte[] encode(Codec codec) {
        byte[] out = new byte[frames * codec.frameBytes()];
        Codec.Encoder encoder = codec.encoder();
        Resampler resampler = new Resampler(sampleRate, codec.sampleRate());
        int ownSamples = sampleRate / FRAMES_A_SECOND;
        short[] own = new short[ownSamples];
        short[] wanted = new short[resampler.mostOut(ownSamples)];
        for (int frame = 0; frame < frames; frame++) {
            copy(frame * ownSamples, own, 0, ownSamples);
            resampler.process(own, 0, ownSamples, wanted, 0);
            encoder.encode(wanted, 0, codec.frameSamples(), out, frame * codec.frameBytes());
        }
        return out;
    }

    /// Makes a source that plays the clip to one listener.
    ///
    /// @param times how often; 0 is for ever
    public AudioSource source(int times) {
        if (times < 0) {
            throw new IllegalArgumentException("times are 0 (for ever) or more, was " + times);
        }
        return new ClipSource(this, times);
    }

    /// Returns a copy of all samples, for tests and for joining sounds.
    public short[] samples() {
        short[] all = new short[frames * (sampleRate / FRAMES_A_SECOND)];
        copy(0, all, 0, all.length);
        return all;
    }

    int frames() {
        return frames;
    }

    void copy(int from, short[] out, int offset, int count) {
        if (companded.length == 0) {
            System.arraycopy(plain, from, out, offset, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            out[offset + i] = Ulaw.decode(companded[from + i]);
        }
    }

    /// Copies an encoded frame and returns its octets, or [AudioSource#NOT_ENCODED].
    int copyEncoded(int frame, Codec codec, byte[] out, int offset) {
        byte[] encoding = encodings.get(codec);
        if (encoding == null) {
            return AudioSource.NOT_ENCODED;
        }
        int length = codec.frameBytes();
        System.arraycopy(encoding, frame * length, out, offset, length);
        return length;
    }

    /// Returns the samples that fill `count` up to whole frames.
    static int padded(int count, int sampleRate) {
        int frame = sampleRate / FRAMES_A_SECOND;
        return (count + frame - 1) / frame * frame;
    }

    /// Cuts or fills up samples to whole frames.
    static short[] pad(short[] samples, int count, int sampleRate) {
        short[] padded = new short[padded(count, sampleRate)];
        System.arraycopy(samples, 0, padded, 0, count);
        return padded;
    }

    /// Cuts or fills up µ-law octets to whole frames.
    static byte[] pad(byte[] octets, int count, int sampleRate) {
        byte[] padded = new byte[padded(count, sampleRate)];
        Arrays.fill(padded, Ulaw.SILENCE);
        System.arraycopy(octets, 0, padded, 0, count);
        return padded;
    }

    @Override
    public String toString() {
        return "clip of " + duration().toMillis() + " ms at " + sampleRate + " Hz";
    }
}
