package fulcrum.call;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// One leg of a [RingPlan].
///
/// @param dial whom to ring; without a leg id
/// @param delay before it begins to ring, from the beginning of the plan or, in turn, from the end of the one before
/// @param timeout how long it may ring; zero: as long as the plan
/// @param progressTimeout how long it may be silent before it says that it rings; zero: no limit
/// @param confirmation what the callee must do before the caller is connected
/// @param fatal causes with which this leg's refusal ends the whole plan
/// @param holdMusic what the caller hears when this callee holds
public record RingTarget(
        Dial dial,
        Duration delay,
        Duration timeout,
        Duration progressTimeout,
        Optional<Confirmation> confirmation,
        Set<HangupCause> fatal,
        Optional<Sound> holdMusic) {

    public RingTarget {
        fatal = Set.copyOf(fatal);
    }

    /// Rings at once, as long as the plan lasts.
    public static RingTarget of(Dial dial) {
        return new RingTarget(
                dial,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Optional.empty(),
                Set.of(),
                Optional.empty());
    }

    public RingTarget withDelay(Duration wait) {
        return new RingTarget(dial, wait, timeout, progressTimeout, confirmation, fatal, holdMusic);
    }

    public RingTarget withTimeout(Duration limit) {
        return new RingTarget(dial, delay, limit, progressTimeout, confirmation, fatal, holdMusic);
    }

    public RingTarget withProgressTimeout(Duration limit) {
        return new RingTarget(dial, delay, timeout, limit, confirmation, fatal, holdMusic);
    }

    public RingTarget withConfirmation(Confirmation needed) {
        return new RingTarget(
                dial, delay, timeout, progressTimeout, Optional.of(needed), fatal, holdMusic);
    }

    public RingTarget withFatal(Set<HangupCause> causes) {
        return new RingTarget(
                dial, delay, timeout, progressTimeout, confirmation, causes, holdMusic);
    }

    public RingTarget withHoldMusic(Sound music) {
        return new RingTarget(
                dial, delay, timeout, progressTimeout, confirmation, fatal, Optional.of(music));
    }
}
