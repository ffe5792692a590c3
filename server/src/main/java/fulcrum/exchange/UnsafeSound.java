package fulcrum.exchange;

/// The other side does not encrypt its sound as was agreed, so the leg must not go on. The reason is without keys.
final class UnsafeSound extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnsafeSound(String reason) {
        super(reason, null, false, false);
    }
}
