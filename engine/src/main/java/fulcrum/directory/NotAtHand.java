package fulcrum.directory;

/// Said by [Directory#atHand] when a question cannot be answered at once: a document would have to be read, or patterns
/// that users wrote would have to be tried.
///
/// Nothing has failed: whoever asked goes on elsewhere, on a thread that may wait, and asks the directory itself. It is
/// thrown so that a question made of many look-ups is written once for both; it happens often and carries no trace.
public final class NotAtHand extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotAtHand() {
        super("the directory has no answer at hand", null, false, false);
    }
}
