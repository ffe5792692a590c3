package fulcrum.directory;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which country a number leads to, and whether an account may call there (ITU-T E.164, list of assigned country
/// codes).
public final class CallingCode {
    /// Allows every country.
    public static final String ANYWHERE = "*";

    /// Codes of one and two digits; all others have three.
    private static final Set<String> SHORT =
            Set.of(
                    "1", "7", "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41",
                    "43", "44", "45", "46", "47", "48", "49", "51", "52", "53", "54", "55", "56",
                    "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84", "86",
                    "90", "91", "92", "93", "94", "95", "98");

    /// Kinds of numbers behind the code 1 that are no calls within North America at usual rates.
    private static final Set<String> APART = Set.of("caribbean", "toll_us");

    private CallingCode() {}

    /// The calling code of a number that begins with `+`; empty for any other.
    public static Optional<String> of(String number) {
        if (!number.startsWith("+") || number.length() < 4) {
            return Optional.empty();
        }
        for (int length = 1; length <= 2; length++) {
            String code = number.substring(1, 1 + length);
            if (SHORT.contains(code)) {
                return Optional.of(code);
            }
        }
        return Optional.of(number.substring(1, 4));
    }

    /// Whether a number is in one of these countries. Only numbers that begin with `+` are in any; others may be
    /// called.
    ///
    /// @param countries the first digits of E.164 numbers, such as `1` or `44`, or [#ANYWHERE]. The code 1 alone does
    ///     not allow the Caribbean countries and premium rate numbers behind it: they need one like `1876` or `1900`
    public static boolean isIn(List<String> countries, String number) {
        if (!number.startsWith("+") || countries.contains(ANYWHERE)) {
            return true;
        }
        boolean isApart = APART.contains(NumberClass.of(number));
        return countries.stream()
                .map(code -> code.startsWith("+") ? code.substring(1) : code)
                .filter(code -> !code.isEmpty() && !(isApart && code.equals("1")))
                .anyMatch(code -> number.startsWith(code, 1));
    }
}
