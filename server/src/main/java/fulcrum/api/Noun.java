package fulcrum.api;

import java.util.List;

/// One part of a path: a collection's name and the segments that follow it up to the next name.
record Noun(String name, List<String> args) {
    Noun {
        args = List.copyOf(args);
    }
}
