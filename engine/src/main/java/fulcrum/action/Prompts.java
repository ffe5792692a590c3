package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.DigitRule;
import fulcrum.call.Played;
import fulcrum.call.Sound;

import java.util.Set;
import java.util.stream.Collectors;

/// What feature codes say and ask.
final class Prompts {
    static final Set<Character> ANY_KEY =
            Set.of('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#');

    private Prompts() {}

    /// Plays a system prompt to its end; keys pressed meanwhile count for what is asked next.
    static void say(Call call, String promptId) {
        play(call, prompt(call, promptId), Set.of());
    }

    /// Speaks a number figure by figure.
    static void spell(Call call, String number) {
        String figures =
                number.chars().mapToObj(Character::toString).collect(Collectors.joining(" "));
        play(call, new Sound.Speech(figures, "", call.variables().language(), ""), Set.of());
    }

    /// Forgets earlier keys, plays a sound that any key cuts, and collects what is pressed; empty for nothing.
    static String ask(Call call, Sound sound, DigitRule rule) {
        call.flushKeys();
        play(call, sound, ANY_KEY);
        return call.collect(rule, call.digits().takeEarly()).text();
    }

    static Sound prompt(Call call, String promptId) {
        return new Sound.Prompt(call.facts().accountId(), promptId, call.variables().language());
    }

    private static void play(Call call, Sound sound, Set<Character> stoppers) {
        if (call.play(sound, 1, stoppers) instanceof Played.Failed failed) {
            call.notice("", sound + " cannot be played: " + failed.reason());
        }
    }
}
