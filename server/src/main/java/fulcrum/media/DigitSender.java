package fulcrum.media;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// Says what to send on each 20 ms tick so that keys reach the other side as telephone events (RFC 4733 §2.5.1).
///
/// For each key: `START` with the marker, `UPDATE` every 20 ms with the duration so far, `END` with the whole duration,
/// which is said three times on three ticks. The two ticks of its repetition and one of `PAUSE` are the gap to the
/// next key, 60 ms. Pure; belongs to one media thread.
final class DigitSender {
    enum Step {
        START,
        UPDATE,
        END,
        REPEAT,
        PAUSE,
        /// Nothing is left to be sent.
        IDLE
    }

    static final Duration SHORTEST = Duration.ofMillis(40);

    /// The longest that a duration field can say at 8000 Hz, about 8.2 s, in whole packets.
    static final Duration LONGEST = Duration.ofMillis(8160);

    private static final int TICK_MILLIS = 20;
    private static final int REPEATS = 2;
    private static final char SHORT_WAIT = 'w';
    private static final char LONG_WAIT = 'W';

    private record Key(int code, int millis, boolean told) {}

    private final Deque<Key> keys = new ArrayDeque<>();
    private int millis;
    private int step;
    private int repeats;
    private boolean toldLast;

    private static boolean isWait(char character) {
        return character == SHORT_WAIT || character == LONG_WAIT;
    }

    /// Queues keys; `w` waits half a second, `W` a whole one; other characters are left out.
    ///
    /// @param length of each key, brought into [#SHORTEST] to [#LONGEST]
    /// @param told whether somebody waits to hear that the last of them was sent
    void queue(String digits, Duration length, boolean told) {
        int each = (int) clamp(length).toMillis();
        String keysOnly = keysOf(digits);
        for (int i = 0; i < keysOnly.length(); i++) {
            char key = keysOnly.charAt(i);
            boolean last = i == keysOnly.length() - 1;
            int wait = key == SHORT_WAIT ? 500 : 1000;
            keys.add(new Key(DigitReceiver.code(key), isWait(key) ? wait : each, last && told));
        }
    }

    /// Returns `digits` without the characters that are neither keys nor waits.
    static String keysOf(String digits) {
        var kept = new StringBuilder();
        for (int i = 0; i < digits.length(); i++) {
            if (isWait(digits.charAt(i)) || DigitReceiver.code(digits.charAt(i)) >= 0) {
                kept.append(digits.charAt(i));
            }
        }
        return kept.toString();
    }

    /// Returns `length` brought into what can be sent.
    static Duration clamp(Duration length) {
        return length.compareTo(SHORTEST) < 0
                ? SHORTEST
                : length.compareTo(LONGEST) > 0 ? LONGEST : length;
    }

    /// Forgets all keys but one that has begun, which is finished so that the other side hears its end; nobody is told.
    void forget() {
        Key key = keys.peek();
        keys.clear();
        if (key != null && millis > 0 && key.code() >= 0) {
            keys.add(new Key(key.code(), key.millis(), false));
        } else {
            millis = 0;
        }
    }

    boolean isBusy() {
        return !keys.isEmpty();
    }

    /// Goes on by 20 ms.
    Step next() {
        Key key = keys.peek();
        toldLast = false;
        if (key == null) {
            return Step.IDLE;
        }
        if (millis < key.millis()) {
            step = Math.min(TICK_MILLIS, key.millis() - millis);
            millis += step;
            if (key.code() < 0 && millis < key.millis()) {
                return Step.PAUSE;
            }
            if (key.code() >= 0) {
                return soundingStep(key);
            }
        } else if (repeats++ < REPEATS) {
            return Step.REPEAT;
        }
        keys.remove();
        millis = 0;
        repeats = 0;
        toldLast = key.told();
        return Step.PAUSE;
    }

    private Step soundingStep(Key key) {
        if (millis == key.millis()) {
            return Step.END;
        }
        return millis == TICK_MILLIS ? Step.START : Step.UPDATE;
    }

    /// Writes the event's payload of the step just made, and returns its four octets.
    ///
    /// @param clockRate ticks a second of the durations
    int write(byte[] out, int offset, int clockRate) {
        Key key = keys.element();
        out[offset] = (byte) key.code();
        out[offset + 1] = (byte) ((millis == key.millis() ? 0x80 : 0) | VOLUME);
        Bytes.uint16(out, offset + 2, millis * (clockRate / 1000));
        return DigitReceiver.PAYLOAD;
    }

    /// -10 dBm0, the usual level of a key.
    private static final int VOLUME = 10;

    /// Tells, after a `PAUSE`, whether the key before it was one that somebody waits for.
    boolean isToldLast() {
        return toldLast;
    }

    /// Returns the milliseconds by which the current event became longer in the last step, 20 or less.
    int lastStepMillis() {
        return step;
    }

    @Override
    public String toString() {
        return "send " + keys.size() + " keys";
    }
}
