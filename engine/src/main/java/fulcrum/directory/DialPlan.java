package fulcrum.directory;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A `dial_plan` as it is applied to numbers that go out to carriers (number-normalization.md §1, "Account dial plan
/// first"): unlike on the way in, every rule that matches is applied in turn, to what the ones before made of the
/// number.
///
/// Shared plans, which the key `system` names, do not exist here; rules that do not compile are passed over. Tries
/// patterns that users wrote: nothing for a call's thread.
public final class DialPlan {
    /// Plans within plans go this deep.
    private static final int MOST_DEPTH = 5;

    private DialPlan() {}

    /// The number as the plan has it; unchanged when no rule matches.
    public static String apply(ObjectNode plan, String number) {
        return apply(plan, number, MOST_DEPTH);
    }

    private static String apply(ObjectNode plan, String number, int depth) {
        String result = number;
        for (Map.Entry<String, JsonNode> rule : plan.properties()) {
            if (rule.getValue() instanceof ObjectNode terms) {
                result = applied(rule.getKey(), terms, result, depth);
            }
        }
        return result;
    }

    private static String applied(String key, ObjectNode terms, String number, int depth) {
        String regex = Json.text(terms, "regex").orElse(key);
        Optional<String> root = root(regex, number);
        if (root.isEmpty()) {
            return number;
        }
        String made =
                Json.text(terms, "prefix").orElse("")
                        + root.get()
                        + Json.text(terms, "suffix").orElse("");
        return terms.get("dialplan") instanceof ObjectNode inner && depth > 0
                ? apply(inner, made, depth - 1)
                : made;
    }

    /// The last group that captured something, or all that matched.
    private static Optional<String> root(String regex, String number) {
        Matcher matcher;
        try {
            matcher = Pattern.compile(regex).matcher(new BoundedText(number));
        } catch (PatternSyntaxException notAPattern) {
            return Optional.empty();
        }
        if (!BoundedText.finds(matcher)) {
            return Optional.empty();
        }
        for (int i = matcher.groupCount(); i > 0; i--) {
            if (matcher.group(i) != null) {
                return Optional.of(matcher.group(i));
            }
        }
        return Optional.of(matcher.group());
    }
}
