package fulcrum.media;

import java.time.Duration;
import java.util.Arrays;

/// Plays digits as tone pairs in the audio (ITU-T Q.23), for listeners without `telephone-event`.
///
/// The lower tone of a pair has -8 dBm0, the higher one -6 dBm0, since lines weaken high tones more. Between digits
/// there is silence. In a string of digits `w` is half a second of it and `W` a whole one. One listener, one thread.
public final class DtmfTones implements AudioSource {
    /// All sixteen digits, row by row as on the keypad.
    public static final String DIGITS = "123A456B789C*0#D";

    static final int[] LOW = {697, 770, 852, 941};
    static final int[] HIGH = {1209, 1336, 1477, 1633};

    private static final double LOW_PEAK = Goertzel.amplitude(-8);
    private static final double HIGH_PEAK = Goertzel.amplitude(-6);
    private static final Duration PAUSE = Duration.ofMillis(80);
    private static final char SHORT_WAIT = 'w';
    private static final char LONG_WAIT = 'W';

    private final String digits;
    private final int sampleRate;
    private final int onSamples;
    private final int offSamples;
    private final Oscillator[] lows = new Oscillator[LOW.length];
    private final Oscillator[] highs = new Oscillator[HIGH.length];
    private int index;
    private int position;

    /// Makes a source.
    ///
    /// @param digits any of [#DIGITS], `a`–`d`, `w` and `W`
    /// @param on how long each digit sounds, at least 40 ms to be understood everywhere (Q.24)
    /// @param off the silence after each digit, also after the last
    /// @throws IllegalArgumentException for another character
    public DtmfTones(String digits, Duration on, Duration off, int sampleRate) {
        for (int i = 0; i < digits.length(); i++) {
            if (!isDigit(digits.charAt(i)) && !isWait(digits.charAt(i))) {
                throw new IllegalArgumentException(
                        "no digit: '" + digits.charAt(i) + "' in " + digits);
            }
        }
        this.digits = digits;
        this.sampleRate = sampleRate;
        this.onSamples = samples(on, sampleRate);
        this.offSamples = samples(off, sampleRate);
        for (int i = 0; i < LOW.length; i++) {
            lows[i] = new Oscillator(LOW[i], sampleRate);
            highs[i] = new Oscillator(HIGH[i], sampleRate);
        }
    }

    /// Makes a source with the pause between digits that is usual, 80 ms.
    public static AudioSource source(String digits, Duration on, int sampleRate) {
        return new DtmfTones(digits, on, PAUSE, sampleRate);
    }

    private static int samples(Duration time, int sampleRate) {
        return Math.toIntExact(time.toMillis() * sampleRate / 1000);
    }

    /// Tells whether a character is one of the sixteen digits; `a`–`d` count as `A`–`D`.
    public static boolean isDigit(char character) {
        return DIGITS.indexOf(Character.toUpperCase(character)) >= 0;
    }

    private static boolean isWait(char character) {
        return character == SHORT_WAIT || character == LONG_WAIT;
    }

    /// Returns the two frequencies of a digit.
    public static TonePair pair(char digit) {
        if (!isDigit(digit)) {
            throw new IllegalArgumentException("no digit: '" + digit + "'");
        }
        int at = DIGITS.indexOf(Character.toUpperCase(digit));
        return new TonePair(LOW[at / 4], HIGH[at % 4]);
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int next(short[] out, int offset, int samples) {
        int done = 0;
        while (done < samples && !isEnded()) {
            char digit = digits.charAt(index);
            int sounding = isWait(digit) ? 0 : onSamples;
            int length = sounding + silence(digit);
            int run =
                    Math.min(samples - done, (position < sounding ? sounding : length) - position);
            if (position < sounding) {
                sound(digit, out, offset + done, run);
            } else {
                Arrays.fill(out, offset + done, offset + done + run, (short) 0);
            }
            done += run;
            position += run;
            if (position == length) {
                index++;
                position = 0;
            }
        }
        return done;
    }

    private int silence(char digit) {
        return switch (digit) {
            case SHORT_WAIT -> sampleRate / 2;
            case LONG_WAIT -> sampleRate;
            default -> offSamples;
        };
    }

    private void sound(char digit, short[] out, int offset, int samples) {
        int at = DIGITS.indexOf(Character.toUpperCase(digit));
        Oscillator low = lows[at / 4];
        Oscillator high = highs[at % 4];
        if (position == 0) {
            low.restart();
            high.restart();
        }
        for (int i = 0; i < samples; i++) {
            out[offset + i] = (short) Math.rint(LOW_PEAK * low.next() + HIGH_PEAK * high.next());
        }
    }

    @Override
    public boolean isEnded() {
        return index == digits.length();
    }

    @Override
    public String toString() {
        return "tones of " + digits.length() + " digits";
    }
}
