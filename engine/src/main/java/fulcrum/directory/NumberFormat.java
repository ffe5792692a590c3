package fulcrum.directory;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The forms in which endpoints and carriers want numbers: `invite_format` (number-normalization.md §1, "Other
/// formats").
public final class NumberFormat {
    private static final Pattern NORTH_AMERICAN =
            Pattern.compile("^(?:\\+?1)?([2-9][0-9]{2}[2-9][0-9]{6})$");

    private NumberFormat() {}

    /// The number in a format; unchanged where the format does not apply, or is none of numbers.
    public static String of(String format, String number) {
        return switch (format) {
            case "e164" -> Numbers.normalise(number);
            case "npan" -> northAmerican(number, "");
            case "1npan" -> northAmerican(number, "1");
            case "strip_plus" -> {
                String normalised = Numbers.normalise(number);
                yield normalised.startsWith("+") ? normalised.substring(1) : normalised;
            }
            default -> number;
        };
    }

    private static String northAmerican(String number, String prefix) {
        Matcher matcher = NORTH_AMERICAN.matcher(number);
        return matcher.find() ? prefix + matcher.group(1) : number;
    }
}
