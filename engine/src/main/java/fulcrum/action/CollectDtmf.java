package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.Collected;
import fulcrum.call.DigitRule;
import fulcrum.call.Digits;
import fulcrum.flow.Action;
import fulcrum.flow.Branches;
import fulcrum.flow.Choices;
import fulcrum.flow.Doc;
import fulcrum.flow.Example;
import fulcrum.flow.FromSetting;
import fulcrum.flow.Min;
import fulcrum.flow.Named;
import fulcrum.flow.Next;
import fulcrum.flow.SchemaDefault;
import fulcrum.flow.Unique;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Collects digits from the caller and keeps them under a name for later actions.
///
/// Answers the call first. Digits pressed before this action began count too, up to the first terminator among them.
/// The flow always goes on by its default branch; a silent caller leaves the collection empty.
@Named("collect_dtmf")
@Doc(
        "Answers, collects digits and keeps them under a name; a following pivot sends them. Plays nothing. Digits"
                + " pressed while something played before count too; an earlier collection of the name is replaced.")
@Example(
        """
        { "module": "collect_dtmf", "data": { "max_digits": 6, "collection_name": "pin", "timeout": 8000 },
          "children": {
            "_": { "module": "pivot", "data": { "voice_url": "https://app.example/next" } } } }""")
public record CollectDtmf(
        @Doc("How many digits to collect.") @SchemaDefault("1") @Min(1) int maxDigits,
        @Doc("Wait for the first digit, milliseconds.") @SchemaDefault("5000") @Min(1)
                Duration timeout,
        @Doc("Wait between digits, milliseconds.")
                @FromSetting("call_command.interdigit_timeout")
                @Min(1)
                Duration interdigitTimeout,
        @Doc("Digit that ends the collection; not kept.")
                @SchemaDefault("#")
                @Choices({"1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "#", "*"})
                Optional<Character> terminator,
        @Doc("Several such digits; used only when terminator is absent.")
                @Choices({"1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "#", "*"})
                @Unique
                Optional<Set<Character>> terminators,
        @Doc("Name the digits are kept under.") Optional<String> collectionName)
        implements Action {
    private static final String KEYS = "0123456789*#";

    public CollectDtmf {
        if (maxDigits < 1 || !timeout.isPositive() || !interdigitTimeout.isPositive()) {
            throw new IllegalArgumentException("max_digits and the time-outs must be at least 1");
        }
        Set<Character> ends = ends(terminator, terminators);
        if (ends.isEmpty() || ends.stream().anyMatch(key -> KEYS.indexOf(key) < 0)) {
            throw new IllegalArgumentException("a terminator must be one of " + KEYS);
        }
    }

    private static Set<Character> ends(
            Optional<Character> terminator, Optional<Set<Character>> terminators) {
        return terminator.map(Set::of).or(() -> terminators).orElse(Set.of('#'));
    }

    @Override
    public Next run(Call call, Branches branches) {
        call.answer();
        Set<Character> ends = ends(terminator, terminators);
        DigitRule rule = new DigitRule(maxDigits, timeout, interdigitTimeout, ends);
        String early = call.digits().all().getOrDefault(Digits.EARLY, "");
        Collected collected = call.collect(rule, cut(early, ends));
        call.digits().takeEarly(); // only now: a caller who leaves meanwhile keeps them
        call.digits().put(collectionName.orElse(Digits.EARLY), collected.text());
        return Next.DEFAULT;
    }

    /// Early digits up to the first terminator; what follows it is dropped, and more digits are waited for.
    private static String cut(String early, Set<Character> ends) {
        for (int i = 0; i < early.length(); i++) {
            if (ends.contains(early.charAt(i))) {
                return early.substring(0, i);
            }
        }
        return early;
    }
}
