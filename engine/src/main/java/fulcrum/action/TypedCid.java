package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.CallFacts.Party;
import fulcrum.call.DigitRule;
import fulcrum.call.Question;
import fulcrum.call.Sound;

import java.time.Duration;
import java.util.Set;

/// The caller types the caller id of the call. What does not fit leaves the present one; there is no second try.
final class TypedCid {
    private static final Duration BREATH = Duration.ofMillis(100);
    private static final Duration FIRST_DIGIT = Duration.ofSeconds(5);
    private static final Sound ACCEPTED = new Sound.Tone("%(250,50,440)");

    private final DynamicCid node;
    private final Call call;

    TypedCid(DynamicCid node, Call call) {
        this.node = node;
        this.call = call;
    }

    void run() {
        Party present = call.variables().caller();
        call.play(new Sound.Silence(BREATH), 1, Set.of());
        String typed = Prompts.ask(call, question(), rule());
        String number = present.number();
        if (isGood(typed)) {
            number = typed;
            call.play(ACCEPTED, 1, Set.of());
        } else {
            Prompts.say(call, DynamicCid.REJECTED);
        }
        call.flushKeys();
        DynamicCid.change(call, new Party(present.name(), number));
        call.variables().presentation().choose(new Party("", number));
    }

    private Sound question() {
        return node.mediaId().contains("/")
                ? new Sound.Media(node.mediaId())
                : Prompts.prompt(call, node.mediaId());
    }

    private DigitRule rule() {
        Duration between = node.interdigitTimeout();
        return new DigitRule(
                Math.max(1, node.maxDigits()),
                FIRST_DIGIT,
                between.isPositive() ? between : Duration.ofMillis(1),
                Set.of('#'));
    }

    private boolean isGood(String typed) {
        return !typed.isEmpty()
                && typed.length() >= node.minDigits()
                && call.ask(new Question.Matches(node.whitelistRegex(), typed, false)).yes();
    }
}
