package fulcrum.call;

import java.time.Duration;
import java.util.Optional;

/// Collects keys (callflow common facts, "Digit collection defaults").
///
/// Reaching the maximum ends it at once, a terminator too; a time-out is not an error: what was collected so far is the
/// result. The first key stops any sound that still plays.
final class DigitCollector {
    private final Call call;

    DigitCollector(Call call) {
        this.call = call;
    }

    Collected collect(DigitRule rule, String early) {
        StringBuilder digits = new StringBuilder();
        for (char key : early.toCharArray()) {
            if (rule.terminators().contains(key)) {
                return result(digits, true);
            }
            digits.append(key);
        }
        if (digits.length() >= rule.most()) {
            return result(digits.delete(rule.most(), digits.length()), false);
        }
        return collectMore(rule, digits);
    }

    private Collected collectMore(DigitRule rule, StringBuilder digits) {
        Want<Character> key =
                value ->
                        value instanceof LegEvent.DigitPressed pressed
                                        && pressed.legId().equals(call.leg().id())
                                ? Optional.of(pressed.digit())
                                : Optional.empty();
        boolean stopped = false;
        while (digits.length() < rule.most()) {
            Duration patience = digits.isEmpty() ? rule.first() : rule.between();
            Optional<Character> pressed = call.await(key, patience);
            if (pressed.isEmpty()) {
                return result(digits, false);
            }
            if (!stopped) {
                call.tell(new Order.StopPlaying());
                stopped = true;
            }
            if (rule.terminators().contains(pressed.get())) {
                return result(digits, true);
            }
            digits.append(pressed.get().charValue());
        }
        return result(digits, false);
    }

    private static Collected result(StringBuilder digits, boolean terminated) {
        return digits.isEmpty()
                ? new Collected.NoDigits(terminated)
                : new Collected.Digits(digits.toString(), terminated);
    }
}
