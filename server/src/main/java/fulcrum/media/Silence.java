package fulcrum.media;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// Plays nothing for a while or for ever, or a soft noise so that the line does not seem dead.
///
/// As text it is FreeSWITCH's `silence_stream://<ms>[,<n>]`: `ms` of 0 or less, or none, is for ever; with `n` there is
/// noise of an n-th of full scale. One listener, one thread.
public final class Silence implements AudioSource {
    private static final String SCHEME = "silence_stream://";
    private static final int SAMPLE_RATE = 8000;
    private static final int FOR_EVER = -1;

    private final int peak;
    private int left;
    private int dice = 0x2545F491;

    private Silence(int samples, int peak) {
        this.left = samples;
        this.peak = peak;
    }

    /// Makes silence of that length; empty is for ever.
    public static Silence of(Optional<Duration> length) {
        return new Silence(length.map(Silence::samples).orElse(FOR_EVER), 0);
    }

    private static int samples(Duration length) {
        return (int) Math.clamp(length.toMillis() * (SAMPLE_RATE / 1000), 0L, Integer.MAX_VALUE);
    }

    /// Reads the text, with or without `silence_stream://` before it.
    ///
    /// @throws BadAudio when what should be a number is none
    public static Silence parse(String text) {
        String rest = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text;
        int comma = rest.indexOf(',');
        long millis = number(comma < 0 ? rest : rest.substring(0, comma));
        long part = comma < 0 ? 0 : number(rest.substring(comma + 1));
        int samples =
                millis <= 0
                        ? FOR_EVER
                        : samples(Duration.ofMillis(Math.min(millis, Integer.MAX_VALUE)));
        return new Silence(samples, part <= 0 ? 0 : (int) Math.max(1, Short.MAX_VALUE / part));
    }

    private static long number(String text) {
        if (text.isBlank()) {
            return 0;
        }
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new BadAudio(0, "\"" + text + "\" is not a number of milliseconds", e);
        }
    }

    @Override
    public int sampleRate() {
        return SAMPLE_RATE;
    }

    @Override
    public int next(short[] out, int offset, int samples) {
        int count = left == FOR_EVER ? samples : Math.min(samples, left);
        if (peak == 0) {
            Arrays.fill(out, offset, offset + count, (short) 0);
        } else {
            for (int i = 0; i < count; i++) {
                out[offset + i] = (short) (roll() % (peak + 1));
            }
        }
        left = left == FOR_EVER ? FOR_EVER : left - count;
        return count;
    }

    /// Marsaglia's xorshift: noise needs no better dice.
    private int roll() {
        dice ^= dice << 13;
        dice ^= dice >>> 17;
        dice ^= dice << 5;
        return dice;
    }

    @Override
    public boolean isEnded() {
        return left == 0;
    }

    @Override
    public String toString() {
        return left == FOR_EVER ? "silence" : "silence of " + left / (SAMPLE_RATE / 1000) + " ms";
    }
}
