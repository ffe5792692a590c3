package fulcrum.sdk;

import java.util.ArrayList;
import java.util.List;

/// Walks through all ways of choosing, depth first: each run takes the path of the last one up to the last choice that
/// still has another way.
final class Choices {
    /// Always the first.
    static final Choices NONE = new Choices();

    private final List<Integer> picks = new ArrayList<>();
    private final List<Integer> ways = new ArrayList<>();
    private int position;

    /// @return a number below `count`
    int pick(int count) {
        if (count == 1) {
            return 0;
        }
        if (position == picks.size()) {
            picks.add(0);
            ways.add(count);
        } else if (ways.get(position) != count) {
            throw new IllegalStateException("the same choices led to another state");
        }
        return picks.get(position++);
    }

    /// Prepares the next run.
    ///
    /// @return false when there is none
    boolean nextPath() {
        position = 0;
        while (!picks.isEmpty()) {
            int next = picks.removeLast() + 1;
            int count = ways.removeLast();
            if (next < count) {
                picks.add(next);
                ways.add(count);
                return true;
            }
        }
        return false;
    }
}
