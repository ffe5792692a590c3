package fulcrum.flow;

import fulcrum.call.Call;

/// What a node of a flow does. Every action is a record annotated with [Named]; the record's components are its data.
///
/// `run` is called on the call's thread, once for each time the node is entered. It may throw any `RuntimeException`:
/// the interpreter notes it and goes on at `_`.
@FunctionalInterface
public interface Action {
    /// Carries the action out.
    ///
    /// @param branches which children the node has
    /// @return where the flow goes on
    Next run(Call call, Branches branches);
}
