package fulcrum.sdk;

/// A scenario did not go as written; the message tells when and what, and how it went until then.
public final class StepFailed extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final String what;

    public StepFailed(String what) {
        super(what);
        this.what = what;
    }

    String what() {
        return what;
    }
}
