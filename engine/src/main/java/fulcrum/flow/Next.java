package fulcrum.flow;

import java.util.List;

/// Where a flow goes on after an action (callflow common facts, "How a flow moves").
public sealed interface Next {
    /// Go on at the wildcard child.
    Next DEFAULT = new Child(List.of());

    /// Go on with what an earlier branch left behind, else end the call.
    Next STOP = new Stop();

    /// End the call, whatever earlier branches left behind.
    Next HARD_STOP = new HardStop();

    /// Go on at the first of these children that exists, else at `_`, else stop.
    record Child(List<String> keys) implements Next {
        public Child {
            keys = List.copyOf(keys);
        }
    }

    record Stop() implements Next {}

    record HardStop() implements Next {}

    /// Run another flow; when it stops, the `_` of this node follows.
    record Branch(Flow flow) implements Next {}

    /// Run another flow instead of the rest of this one.
    record Go(Flow flow) implements Next {}

    /// Go on at the first of these children that exists.
    static Next child(String... keys) {
        return new Child(List.of(keys));
    }
}
