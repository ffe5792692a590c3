package fulcrum.call;

import java.time.Duration;
import java.util.Set;

/// How keys are collected.
///
/// @param most how many keys at most, at least 1
/// @param first wait for the first key
/// @param between wait between keys
/// @param terminators keys that end the collection and are not kept
public record DigitRule(int most, Duration first, Duration between, Set<Character> terminators) {
    public DigitRule {
        if (most < 1
                || first.isNegative()
                || first.isZero()
                || between.isNegative()
                || between.isZero()) {
            throw new IllegalArgumentException("max_digits and the time-outs must be at least 1");
        }
        terminators = Set.copyOf(terminators);
    }
}
