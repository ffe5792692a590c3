package fulcrum.directory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// The callflows of one account, ready for look-up by number (number-normalization.md §5).
///
/// 1. Exact member of `numbers`; the first document in listing order wins.
/// 2. `patterns`, unanchored: a pattern with groups offers its longest captured group, one without the matched text;
///    the longest offer wins, ties keep the earlier pattern. Patterns that do not compile are ignored.
/// 3. `no_match`, only for digits with an optional leading `+`.
///
/// Immutable. [#find] runs regular expressions that a user wrote: [BoundedText] cuts off one that runs away. Never to
/// be used on a call's thread; [#findExact] may be.
public final class CallflowIndex {
    private static final String NO_MATCH = "no_match";
    private static final Pattern DIALLABLE = Pattern.compile("\\+?\\d+");

    private final Map<String, Document> byNumber;
    private final List<PatternEntry> patterns;
    private final int size;

    private record PatternEntry(Pattern pattern, Document callflow) {}

    private CallflowIndex(Map<String, Document> byNumber, List<PatternEntry> patterns, int size) {
        this.byNumber = byNumber;
        this.patterns = patterns;
        this.size = size;
    }

    /// @param callflows documents of type `callflow`, in listing order
    public static CallflowIndex of(List<Document> callflows) {
        Map<String, Document> byNumber = new HashMap<>();
        List<PatternEntry> patterns = new ArrayList<>();
        for (Document callflow : callflows) {
            for (String number : Json.texts(callflow.body(), "numbers")) {
                byNumber.putIfAbsent(number, callflow);
            }
            for (String text : Json.texts(callflow.body(), "patterns")) {
                compiled(text)
                        .ifPresent(pattern -> patterns.add(new PatternEntry(pattern, callflow)));
            }
        }
        return new CallflowIndex(byNumber, List.copyOf(patterns), callflows.size());
    }

    /// How many callflows it holds.
    public int size() {
        return size;
    }

    private static Optional<Pattern> compiled(String text) {
        try {
            return Optional.of(Pattern.compile(text));
        } catch (PatternSyntaxException invalid) {
            return Optional
                    .empty(); // the rule: a pattern that does not compile is as good as absent
        }
    }

    /// Whether a look-up may have to try patterns.
    public boolean hasPatterns() {
        return !patterns.isEmpty();
    }

    /// Whether a callflow has this very number; `no_match` is none that anybody could dial.
    public boolean hasNumber(String number) {
        return byNumber.containsKey(number) && !number.equals(NO_MATCH);
    }

    /// Finds the callflow that has this very number, which is already normalised; tries no pattern.
    public Optional<CallflowMatch> findExact(String number) {
        return Optional.ofNullable(byNumber.get(number))
                .map(exact -> new CallflowMatch(exact, Optional.empty(), Map.of(), false));
    }

    /// Finds the callflow for a number that is already normalised.
    public Optional<CallflowMatch> find(String number) {
        Optional<CallflowMatch> exact = findExact(number);
        if (exact.isPresent()) {
            return exact;
        }
        Optional<CallflowMatch> byPattern = byPattern(number);
        if (byPattern.isPresent() || !DIALLABLE.matcher(number).matches()) {
            return byPattern;
        }
        return Optional.ofNullable(byNumber.get(NO_MATCH))
                .map(flow -> new CallflowMatch(flow, Optional.empty(), Map.of(), true));
    }

    private Optional<CallflowMatch> byPattern(String number) {
        CallflowMatch best = null;
        int bestLength = -1;
        for (PatternEntry entry : patterns) {
            Matcher matcher = entry.pattern.matcher(new BoundedText(number));
            if (!BoundedText.finds(matcher)) {
                continue;
            }
            String offer = longest(matcher);
            if (offer.length() > bestLength) {
                bestLength = offer.length();
                best =
                        new CallflowMatch(
                                entry.callflow,
                                offer.isEmpty() ? Optional.empty() : Optional.of(offer),
                                named(matcher),
                                false);
            }
        }
        return Optional.ofNullable(best);
    }

    private static String longest(Matcher matcher) {
        if (matcher.groupCount() == 0) {
            return matcher.group();
        }
        String longest = "";
        for (int i = 1; i <= matcher.groupCount(); i++) {
            String group = matcher.group(i);
            if (group != null && group.length() > longest.length()) {
                longest = group;
            }
        }
        return longest;
    }

    private static Map<String, String> named(Matcher matcher) {
        Map<String, String> groups = new TreeMap<>();
        for (String name : matcher.namedGroups().keySet()) {
            String group = matcher.group(name);
            if (group != null) {
                groups.put(name, group);
            }
        }
        return Collections.unmodifiableMap(groups);
    }
}
