package fulcrum.call;

/// The subject leg now belongs to another call; this one ends without touching it.
public final class GivenAway extends Unwound {
    private static final long serialVersionUID = 1L;

    private final String newCallId;

    GivenAway(String newCallId) {
        super("the subject leg was given to " + newCallId);
        this.newCallId = newCallId;
    }

    public String newCallId() {
        return newCallId;
    }
}
