package fulcrum.directory;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Brings dialled numbers into one form (number-normalization.md §1): the account's `dial_plan` first, then the
/// system's E.164 converters.
public final class Numbers {
    /// Tried in this order, the first that matches rewrites the number: prefix + last captured group.
    private static final List<Pattern> CONVERTERS =
            List.of(
                    Pattern.compile("^(\\+?1)?([2-9][0-9]{2}[2-9][0-9]{6})$"),
                    Pattern.compile("^011(\\d{5,})$|^00(\\d{5,})$"),
                    Pattern.compile("^[2-9]\\d{7,}$"));

    private static final List<String> PREFIXES = List.of("+1", "+", "+");

    private static final Pattern RECONCILABLE =
            Pattern.compile("^(\\+?1)?\\d{10}$|^\\+[2-9]\\d{7,}$|^011\\d*$|^00\\d*$");

    private Numbers() {}

    /// The number as an account without a dial plan would have it. Numbers that begin with `+` or `*`, extensions and
    /// anything no rule knows come back unchanged.
    public static String normalise(String dialled) {
        if (dialled.startsWith("+") || dialled.startsWith("*")) {
            return dialled;
        }
        for (int i = 0; i < CONVERTERS.size(); i++) {
            Matcher matcher = CONVERTERS.get(i).matcher(dialled);
            if (matcher.find()) {
                return PREFIXES.get(i) + root(matcher);
            }
        }
        return dialled;
    }

    /// The number as this account has it: its `dial_plan` first, then the converters.
    public static String normalise(String dialled, Document account) {
        if (dialled.startsWith("+") || dialled.startsWith("*")) {
            return dialled;
        }
        return normalise(
                account.at("dial_plan").map(plan -> planned(dialled, plan)).orElse(dialled));
    }

    /// As [#normalise(String,Document)] where there is a document with a dial plan, else as [#normalise(String)].
    public static String normalise(String dialled, Optional<Document> plan) {
        return plan.map(document -> normalise(dialled, document))
                .orElseGet(() -> normalise(dialled));
    }

    /// Whether normalising tries patterns that a user wrote, and so is nothing for a call's thread.
    public static boolean triesPatterns(String dialled, Optional<Document> plan) {
        return !dialled.startsWith("+")
                && !dialled.startsWith("*")
                && plan.flatMap(document -> document.at("dial_plan"))
                        .filter(rules -> !rules.isEmpty())
                        .isPresent();
    }

    /// Whether a normalised number looks like a public one, as opposed to an extension.
    public static boolean isReconcilable(String number) {
        return RECONCILABLE.matcher(number).find();
    }

    private static String planned(String dialled, JsonNode plan) {
        if (!(plan instanceof ObjectNode rules)) {
            return dialled;
        }
        for (Map.Entry<String, JsonNode> rule : rules.properties()) {
            Matcher matcher;
            try {
                matcher = Pattern.compile(rule.getKey()).matcher(new BoundedText(dialled));
            } catch (PatternSyntaxException notAPattern) {
                continue; // such as the key `system`, which names shared plans
            }
            if (rule.getValue().isObject() && BoundedText.finds(matcher)) {
                String prefix = Json.text(rule.getValue(), "prefix").orElse("");
                String suffix = Json.text(rule.getValue(), "suffix").orElse("");
                return prefix + root(matcher) + suffix;
            }
        }
        return dialled;
    }

    private static String root(Matcher matcher) {
        for (int i = matcher.groupCount(); i > 0; i--) {
            String group = matcher.group(i);
            if (group != null) {
                return group;
            }
        }
        return matcher.group();
    }
}
