package fulcrum.media;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Arrays;

/// Collects the samples of a sound of any rate and makes a [Clip] of them; one thread, once.
final class ClipBuilder {
    /// The most that fits into one array.
    static final Duration MOST = Duration.ofHours(12);

    private static final int NARROW = 8000;
    private static final int WIDE = 16000;

    private final Duration longest;
    private final short[] block = new short[Resampler.BLOCK];
    private int sampleRate;
    private int fromRate;
    private @Nullable Resampler resampler;
    private short[] converted = new short[0];
    private int skip;
    private long takenOfRate;
    private long givenOfRate;
    private short[] plain = new short[WIDE];
    private byte[] companded = new byte[0];
    private int count;

    /// @param longest what is longer is refused with [BadAudio]; more than [#MOST] counts as that
    ClipBuilder(Duration longest) {
        this.longest = longest.compareTo(MOST) > 0 ? MOST : longest;
    }

    /// Adds mono samples.
    ///
    /// @param rate samples a second; may change on the way, as in a broken MP3
    void add(short[] in, int offset, int samples, int rate) {
        if (rate != fromRate) {
            finishRate();
            beginRate(rate);
        }
        for (int done = 0; done < samples; done += Resampler.BLOCK) {
            convert(in, offset + done, Math.min(Resampler.BLOCK, samples - done));
        }
        takenOfRate += samples;
    }

    private void beginRate(int rate) {
        if (sampleRate == 0) {
            sampleRate = rate <= NARROW ? NARROW : WIDE;
        }
        fromRate = rate;
        resampler = rate == sampleRate ? null : new Resampler(rate, sampleRate);
        converted = new short[resampler == null ? 0 : resampler.mostOut(Resampler.BLOCK)];
        skip = resampler == null ? 0 : (int) ((long) resampler.delaySamples() * sampleRate / rate);
        takenOfRate = 0;
        givenOfRate = 0;
    }

    /// Drives out what the filter still holds, so that the length is right.
    private void finishRate() {
        if (resampler == null) {
            return;
        }
        long due = (takenOfRate * sampleRate + fromRate - 1) / fromRate;
        Arrays.fill(block, (short) 0);
        while (givenOfRate < due) {
            int made = resampler.process(block, 0, 64, converted, 0);
            give(made, (int) Math.min(due - givenOfRate, Integer.MAX_VALUE));
        }
    }

    private void convert(short[] in, int offset, int samples) {
        if (resampler == null) {
            keep(in, offset, samples);
        } else {
            give(resampler.process(in, offset, samples, converted, 0), Integer.MAX_VALUE);
        }
    }

    /// Passes on what was converted, without the silence that the filter begins with.
    private void give(int made, int most) {
        int skipped = Math.min(skip, made);
        skip -= skipped;
        int kept = Math.min(made - skipped, most);
        givenOfRate += kept;
        keep(converted, skipped, kept);
    }

    private void keep(short[] in, int offset, int samples) {
        if (count + (long) samples > longest.toMillis() * sampleRate / 1000 + sampleRate / 50) {
            throw new BadAudio(0, "longer than " + longest.toSeconds() + " s");
        }
        if (companded.length == 0 && count + samples > Clip.PLAIN.toSeconds() * sampleRate) {
            compand();
        }
        if (companded.length == 0) {
            plain =
                    count + samples <= plain.length
                            ? plain
                            : Arrays.copyOf(plain, 2 * (count + samples));
            System.arraycopy(in, offset, plain, count, samples);
        } else {
            if (count + samples > companded.length) {
                companded = Arrays.copyOf(companded, (count + samples) / 2 * 3);
            }
            for (int i = 0; i < samples; i++) {
                companded[count + i] = Ulaw.encode(in[offset + i]);
            }
        }
        count += samples;
    }

    private void compand() {
        companded = new byte[2 * plain.length];
        for (int i = 0; i < count; i++) {
            companded[i] = Ulaw.encode(plain[i]);
        }
        plain = new short[0];
    }

    /// Returns how many samples there are so far, at the rate of the clip.
    int samples() {
        return count;
    }

    /// Makes the clip; a builder is of no use afterwards.
    Clip build() {
        finishRate();
        int rate = sampleRate == 0 ? NARROW : sampleRate;
        return companded.length == 0
                ? new Clip(rate, Clip.pad(plain, count, rate), new byte[0])
                : new Clip(rate, new short[0], Clip.pad(companded, count, rate));
    }
}
