package fulcrum.sip;

import java.util.ArrayList;
import java.util.List;

/// Splits a value at its commas.
final class HeaderList {
    private HeaderList() {}

    /// Adds the values between commas that are neither in quotes nor in angle brackets; empty ones are left out, as
    /// `Supported:` and `Accept:` may be empty.
    static void split(String text, List<String> into) {
        var start = 0;
        var inBrackets = false;
        for (var i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '"' -> i = inBrackets ? i : closingQuote(text, i);
                case '<' -> inBrackets = true;
                case '>' -> inBrackets = false;
                case ',' -> {
                    if (!inBrackets) {
                        add(text, start, i, into);
                        start = i + 1;
                    }
                }
                default -> {}
            }
        }
        add(text, start, text.length(), into);
    }

    static List<String> split(String text) {
        var values = new ArrayList<String>(2);
        split(text, values);
        return values;
    }

    private static int closingQuote(String text, int open) {
        for (var i = open + 1; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                return i;
            }
        }
        return text.length();
    }

    private static void add(String text, int start, int end, List<String> into) {
        var value = text.substring(Math.min(start, end), end).strip();
        if (!value.isEmpty()) {
            into.add(value);
        }
    }
}
