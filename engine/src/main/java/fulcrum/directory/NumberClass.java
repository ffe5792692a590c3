package fulcrum.directory;

import java.util.List;
import java.util.regex.Pattern;

/// What kind of number a normalised number is: the names that `call_restriction` and carriers go by
/// (number-normalization.md §3).
public final class NumberClass {
    private record Rule(String name, Pattern pattern) {
        static Rule of(String name, String pattern) {
            return new Rule(name, Pattern.compile(pattern));
        }
    }

    /// In this order; the first that matches wins.
    private static final List<Rule> RULES =
            List.of(
                    Rule.of("tollfree_us", "^\\+1((?:800|88\\d|877|866|855|844|833|822)\\d{7})$"),
                    Rule.of("toll_us", "^\\+1(900\\d{7})$"),
                    Rule.of("emergency", "^(911|922|933|833|811|711|999)$"),
                    Rule.of(
                            "caribbean",
                            "^\\+?1((?:684|264|268|242|246|441|284|345|767|809|829|849|473|671|876|664|670"
                                    + "|787|939|869|758|784|721|868|649|340)\\d{7})$"),
                    Rule.of("did_us", "^(\\+?1)?([2-9][0-9]{2}[2-9][0-9]{6})$"),
                    Rule.of("international", "^\\+([2-9]\\d{7,})$"));

    private NumberClass() {}

    /// The name of the first class that a normalised number belongs to; extensions and everything else are `unknown`.
    public static String of(String number) {
        return RULES.stream()
                .filter(rule -> rule.pattern.matcher(number).find())
                .map(Rule::name)
                .findFirst()
                .orElse("unknown");
    }

    /// The regular expression of a class, which captures what is dialled of it; anything for `unknown`.
    static String regex(String name) {
        return RULES.stream()
                .filter(rule -> rule.name.equals(name))
                .map(rule -> rule.pattern.pattern())
                .findFirst()
                .orElse("^(.*)$");
    }
}
