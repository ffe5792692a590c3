package fulcrum.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Finds a caller's number in match lists: documents of type `list_entry`, tied to their list by `list_id` (Kazoo:
/// cidlistmatch, lookupcidname).
///
/// 1. Beginnings: an entry whose `number` (without one, `prefix`) begins the number. The first list with such an entry
///    decides, in it the longest. A leading `+` of either counts for nothing.
/// 2. Only if no list had one: an entry whose `regexp` (without one, `pattern`) is found in the number as it is. A
///    pattern that does not compile, or that takes too long, matches nothing.
///
/// Runs regular expressions that users wrote: never to be used on a call's thread.
public final class ListEntries {
    /// The type of the documents.
    public static final String TYPE = "list_entry";

    private ListEntries() {}

    /// The documents in which a text stands at a path of keys.
    ///
    /// @param value empty: whatever stands there, be it an object
    public static List<Document> having(List<Document> documents, List<String> path, String value) {
        String[] keys = path.toArray(String[]::new);
        if (value.isEmpty()) {
            return documents.stream().filter(one -> one.at(keys).isPresent()).toList();
        }
        return documents.stream()
                .filter(one -> one.text(keys).filter(value::equals).isPresent())
                .toList();
    }

    /// @param entries of all lists, in ascending order of id
    /// @param listIds in the order they are searched
    /// @param number empty: matches nothing
    public static Optional<Document> match(
            List<Document> entries, List<String> listIds, String number) {
        if (number.isEmpty()) {
            return Optional.empty();
        }
        List<List<Document>> lists = new ArrayList<>();
        for (String id : listIds) {
            lists.add(having(entries, List.of("list_id"), id));
        }
        return lists.stream()
                .flatMap(list -> longest(list, withoutPlus(number)).stream())
                .findFirst()
                .or(() -> lists.stream().flatMap(List::stream).filter(found(number)).findFirst());
    }

    private static Optional<Document> longest(List<Document> list, String number) {
        Optional<Document> best = Optional.empty();
        int length = 0;
        for (Document entry : list) {
            String beginning =
                    withoutPlus(entry.text("number").or(() -> entry.text("prefix")).orElse(""));
            if (beginning.length() > length && number.startsWith(beginning)) {
                best = Optional.of(entry);
                length = beginning.length();
            }
        }
        return best;
    }

    private static String withoutPlus(String number) {
        return number.startsWith("+") ? number.substring(1) : number;
    }

    private static Predicate<Document> found(String number) {
        return entry ->
                entry.text("regexp")
                        .or(() -> entry.text("pattern"))
                        .filter(pattern -> isFound(pattern, number))
                        .isPresent();
    }

    private static boolean isFound(String pattern, String number) {
        try {
            return BoundedText.finds(Pattern.compile(pattern).matcher(new BoundedText(number)));
        } catch (PatternSyntaxException invalid) {
            return false; // the rule: a pattern that does not compile is as good as absent
        }
    }
}
