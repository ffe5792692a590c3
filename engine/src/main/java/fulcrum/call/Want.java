package fulcrum.call;

import java.util.Optional;
import java.util.function.Predicate;

/// What a call waits for: looks at a value and takes it, or leaves it for somebody else.
///
/// @param <T> what the waiter makes of the value
@FunctionalInterface
public interface Want<T> {
    Optional<T> take(Value value);

    /// Wants any value of a type that fulfils a condition.
    static <V extends Value> Want<V> of(Class<V> type, Predicate<V> condition) {
        return value ->
                type.isInstance(value)
                        ? Optional.of(type.cast(value)).filter(condition)
                        : Optional.empty();
    }

    /// Wants this or, failing that, the other.
    default Want<T> or(Want<? extends T> other) {
        return value -> {
            Optional<T> mine = take(value);
            return mine.isPresent() ? mine : other.take(value).map(taken -> (T) taken);
        };
    }
}
