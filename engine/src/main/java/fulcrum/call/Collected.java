package fulcrum.call;

/// What a collection of keys brought.
public sealed interface Collected {
    /// At least one key.
    ///
    /// @param terminated true when a terminator ended it, rather than the count or the time
    record Digits(String digits, boolean terminated) implements Collected {}

    /// Nothing but, at most, a terminator.
    record NoDigits(boolean terminated) implements Collected {}

    /// The keys, empty when there were none.
    default String text() {
        return switch (this) {
            case Digits digits -> digits.digits;
            case NoDigits none -> "";
        };
    }
}
