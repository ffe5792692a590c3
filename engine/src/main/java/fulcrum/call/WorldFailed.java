package fulcrum.call;

/// The world could not answer a question. An action that lets it pass ends as a crashed action does: the flow goes on
/// at `_`.
public final class WorldFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WorldFailed(String message) {
        super(message);
    }
}
