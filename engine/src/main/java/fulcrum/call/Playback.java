package fulcrum.call;

import java.util.Optional;
import java.util.Set;

/// Plays one sound and waits for its end, at most 24 h.
///
/// Keys pressed meanwhile go to the early ones, the one that stopped it included. Keys pressed before it began count as
/// early, too, and do not stop it.
final class Playback {
    private static final java.time.Duration LONGEST = java.time.Duration.ofHours(24);

    private final Call call;

    Playback(Call call) {
        this.call = call;
    }

    Played play(Sound sound, int times, Set<Character> stoppers) {
        call.keepEarlyKeys();
        long playback = call.nextNumber();
        call.tell(new Order.Play(playback, sound, times));
        Want<LegEvent> over =
                value ->
                        value instanceof LegEvent.PlaybackEnded ended
                                        && ended.playback() == playback
                                ? Optional.of(ended)
                                : Optional.empty();
        Want<LegEvent> key =
                value ->
                        value instanceof LegEvent.DigitPressed pressed
                                        && pressed.legId().equals(call.leg().id())
                                ? Optional.of(pressed)
                                : Optional.empty();
        Optional<Character> stopper = Optional.empty();
        while (true) {
            switch (call.await(over.or(key), LONGEST).orElse(late(playback))) {
                case LegEvent.DigitPressed pressed -> {
                    call.digits().appendEarly(pressed.digit());
                    if (stopper.isEmpty() && stoppers.contains(pressed.digit())) {
                        stopper = Optional.of(pressed.digit());
                        call.tell(new Order.StopPlaying());
                    }
                }
                case LegEvent.PlaybackEnded ended -> {
                    return result(ended, stopper);
                }
                default -> throw new IllegalStateException("nothing else was waited for");
            }
        }
    }

    private LegEvent late(long playback) {
        return new LegEvent.PlaybackEnded(
                call.leg().id(), playback, PlaybackOutcome.STOPPED, "24 hours");
    }

    private static Played result(LegEvent.PlaybackEnded ended, Optional<Character> stopper) {
        if (ended.outcome() == PlaybackOutcome.FAILED) {
            return new Played.Failed(ended.reason());
        }
        return stopper.<Played>map(Played.StoppedBy::new).orElseGet(Played.Completed::new);
    }
}
