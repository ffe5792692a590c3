package fulcrum.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads the text of a [ToneScript], character by character; used once.
final class ToneReader {
    private static final String SCHEME = "tone_stream://";
    private static final String LOOPS = ";loops=";
    private static final int MOST_TONES = 1000;
    private static final int MOST_FREQUENCIES = 16;
    private static final int MOST_MILLIS = 24 * 3600 * 1000;
    private static final double SOFTEST = -63;
    private static final String SETTINGS = "crdv><+wlL";

    private final String text;
    private int at;
    private final int end;
    private final int outerLoops;

    private final List<ToneScript.Tone> tones = new ArrayList<>();
    private int onMillis = 250;
    private int offMillis = 62;
    private double dbm0 = -7;
    private int direction;
    private int stepMillis;
    private double stepDb = 1;
    private int times = 1;
    private int loops = 1;

    ToneReader(String whole) {
        if (whole.length() > ToneScript.MOST_CHARACTERS) {
            throw new BadAudio(
                    0, "a tone script has at most " + ToneScript.MOST_CHARACTERS + " characters");
        }
        text = whole;
        at = whole.startsWith(SCHEME) ? SCHEME.length() : 0;
        int suffix = whole.toLowerCase(Locale.ROOT).indexOf(LOOPS);
        end = suffix < 0 ? whole.length() : suffix;
        outerLoops = suffix < 0 ? 1 : integer(suffix + LOOPS.length(), whole.length());
    }

    ToneScript read() {
        while (at < end) {
            char next = text.charAt(at);
            if (next == ';' || Character.isWhitespace(next)) {
                at++;
            } else if (at + 1 < end && text.charAt(at + 1) == '=' && SETTINGS.indexOf(next) >= 0) {
                setting(next);
            } else if (next == '%' || DtmfTones.isDigit(next)) {
                tone(next);
            } else {
                throw new BadAudio(at, "'" + next + "' is neither a tone nor a setting");
            }
        }
        if (tones.isEmpty()) {
            throw new BadAudio(at, "there is no tone in the script");
        }
        return ToneScript.of(tones, outerLoops < 0 ? -1 : loops * Math.max(1, outerLoops));
    }

    private void setting(char name) {
        int from = at + 2;
        int to = from;
        while (to < end && "0123456789+-. ".indexOf(text.charAt(to)) >= 0) {
            to++;
        }
        at = to;
        switch (name) {
            case 'v' -> {
                double volume = number(from, to);
                dbm0 = volume <= 0 && volume >= SOFTEST ? volume : dbm0;
            }
            case 'd' -> onMillis = millis(from, to);
            case 'w' -> offMillis = millis(from, to);
            case '>' -> fade(-1, from, to);
            case '<' -> fade(1, from, to);
            case '+' -> stepDb = Math.abs(number(from, to));
            case 'l' -> times = Math.clamp(integer(from, to), 1, MOST_TONES);
            case 'L' -> loops = Math.clamp(integer(from, to), 1, MOST_TONES);
            default -> integer(from, to);
        }
    }

    private void fade(int sign, int from, int to) {
        direction = sign;
        stepMillis = Math.max(1, millis(from, to));
    }

    private void tone(char name) {
        int start = at++;
        List<Double> numbers = at < end && text.charAt(at) == '(' ? numbers() : List.of();
        boolean isDigit = name != '%';
        if (isDigit ? numbers.size() != 2 && !numbers.isEmpty() : numbers.size() < 3) {
            String form = isDigit ? name + "(on,off)" : "%(on,off,frequency,…)";
            throw new BadAudio(start, "a tone has the form " + form);
        }
        int on = numbers.isEmpty() ? onMillis : duration(start, numbers.get(0));
        int off = numbers.isEmpty() ? offMillis : duration(start, numbers.get(1));
        add(
                isDigit ? digit(name) : frequencies(start, numbers.subList(2, numbers.size())),
                on,
                off);
    }

    private static List<Double> digit(char name) {
        TonePair pair = DtmfTones.pair(name);
        return List.of(pair.low(), pair.high());
    }

    /// A zero ends the list, as in FreeSWITCH.
    private static List<Double> frequencies(int start, List<Double> numbers) {
        List<Double> frequencies = new ArrayList<>();
        for (double frequency : numbers) {
            if (frequency < 0 || frequency > 20_000) {
                throw new BadAudio(start, "a frequency is 0 to 20000 Hz, was " + frequency);
            }
            if (frequency == 0) {
                break;
            }
            frequencies.add(frequency);
        }
        return frequencies;
    }

    private void add(List<Double> frequencies, int on, int off) {
        if (tones.size() == MOST_TONES) {
            throw new BadAudio(at, "a script has at most " + MOST_TONES + " tones");
        }
        tones.add(
                new ToneScript.Tone(
                        frequencies, on, off, times, dbm0, direction * stepDb, stepMillis));
        times = 1;
    }

    /// Reads what stands in round brackets.
    private List<Double> numbers() {
        int close = text.indexOf(')', at);
        if (close < 0 || close >= end) {
            throw new BadAudio(at, "'(' is not closed");
        }
        List<Double> numbers = new ArrayList<>();
        for (int from = at + 1; from <= close; ) {
            int comma = text.indexOf(',', from);
            int to = comma < 0 || comma > close ? close : comma;
            numbers.add(number(from, to));
            from = to + 1;
        }
        if (numbers.size() > MOST_FREQUENCIES + 2) {
            throw new BadAudio(at, "a tone has at most " + MOST_FREQUENCIES + " frequencies");
        }
        at = close + 1;
        return numbers;
    }

    private double number(int from, int to) {
        try {
            double number = Double.parseDouble(text.substring(from, to).strip());
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new BadAudio(from, "\"" + text.substring(from, to) + "\" is not a number", e);
        }
        throw new BadAudio(from, "\"" + text.substring(from, to) + "\" is not a number");
    }

    private int integer(int from, int to) {
        return (int) Math.clamp(number(from, to), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private int millis(int from, int to) {
        return duration(from, number(from, to));
    }

    private static int duration(int where, double millis) {
        if (millis < 0 || millis > MOST_MILLIS) {
            throw new BadAudio(where, "a time is 0 ms to a day, was " + millis);
        }
        return (int) millis;
    }
}
