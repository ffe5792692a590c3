package fulcrum.call;

/// The call's current work is over, whatever it was. An `Error` so that no `catch (Exception)` in an action eats it.
public abstract sealed class Unwound extends Error permits CallEnded, FlowReplaced, GivenAway {
    private static final long serialVersionUID = 1L;

    Unwound(String message) {
        super(message, null, false, false); // control flow, not a fault: no stack trace
    }
}
