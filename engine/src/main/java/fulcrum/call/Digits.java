package fulcrum.call;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The keys a caller pressed, in named collections; pivot sends them all (pivot.md §4, "`Digits` in detail").
///
/// Keys that nobody asked for, pressed while something played, gather in the collection [#EARLY].
public final class Digits {
    /// The collection that keys go to when no name is given.
    public static final String EARLY = "default";

    private final Map<String, String> collections = new LinkedHashMap<>();

    /// All collections, by name, in the order they were first stored.
    public Map<String, String> all() {
        return Collections.unmodifiableMap(collections);
    }

    /// Stores a collection; an existing value is replaced.
    public void put(String name, String digits) {
        collections.put(name, digits);
    }

    /// Appends one key to the early ones.
    public void appendEarly(char digit) {
        collections.merge(EARLY, String.valueOf(digit), String::concat);
    }

    /// Takes the early keys away; empty when there are none.
    public String takeEarly() {
        String early = collections.remove(EARLY);
        return early == null ? "" : early;
    }

    public void clear(String name) {
        collections.remove(name);
    }
}
