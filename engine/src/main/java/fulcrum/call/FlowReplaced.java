package fulcrum.call;

/// Another flow was injected into the call; the interpreter goes on with it (pivot.md §9.2).
public final class FlowReplaced extends Unwound {
    private static final long serialVersionUID = 1L;

    private final String flowJson;

    FlowReplaced(String flowJson) {
        super("another flow was injected");
        this.flowJson = flowJson;
    }

    public String flowJson() {
        return flowJson;
    }
}
