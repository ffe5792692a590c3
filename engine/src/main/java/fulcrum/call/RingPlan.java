package fulcrum.call;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// An attempt to reach somebody: which legs ring, how, and what the caller hears meanwhile. [Call#ring] carries it out.
///
/// @param isInTurn one after the other instead of all at once
/// @param timeout how long the whole may take (> 0); a callee who is just being asked to confirm may finish
/// @param ringback what the caller hears from the beginning, over and over; absent: the callee's own early media, or
///     ringing
/// @param ignoresEarlyMedia the callees' announcements before the answer are not passed on
/// @param fatal causes with which any leg's refusal ends the whole
/// @param holdMusic what the callee hears when the caller holds
/// @param redirects whom to ring instead when a callee answers with 3xx; nobody: the leg has failed
public record RingPlan(
        List<RingTarget> targets,
        boolean isInTurn,
        Duration timeout,
        Optional<Sound> ringback,
        boolean ignoresEarlyMedia,
        Set<HangupCause> fatal,
        Optional<Sound> holdMusic,
        Function<LegEvent.Redirected, List<RingTarget>> redirects) {
    /// The ring time when nobody says otherwise (Kazoo: `call_command`).
    public static final Duration USUAL = Duration.ofSeconds(20);

    /// What a person does who does not want the call: the causes that `fail_on_single_reject` means.
    public static final Set<HangupCause> REJECTIONS =
            Set.of(HangupCause.CALL_REJECTED, HangupCause.USER_BUSY);

    public RingPlan {
        targets = List.copyOf(targets);
        fatal = Set.copyOf(fatal);
    }

    /// All at once, each after its delay. Early media of several legs is never passed on.
    public static RingPlan together(List<RingTarget> targets) {
        return new RingPlan(
                targets,
                false,
                USUAL,
                Optional.empty(),
                targets.size() > 1,
                Set.of(),
                Optional.empty(),
                redirected -> List.of());
    }

    /// One after the other, in the order given.
    public static RingPlan inTurn(List<RingTarget> targets) {
        return new RingPlan(
                targets,
                true,
                USUAL,
                Optional.empty(),
                false,
                Set.of(),
                Optional.empty(),
                redirected -> List.of());
    }

    public RingPlan withTimeout(Duration limit) {
        return new RingPlan(
                targets, isInTurn, limit, ringback, ignoresEarlyMedia, fatal, holdMusic, redirects);
    }

    public RingPlan withRingback(Sound sound) {
        return new RingPlan(
                targets,
                isInTurn,
                timeout,
                Optional.of(sound),
                ignoresEarlyMedia,
                fatal,
                holdMusic,
                redirects);
    }

    /// Whatever the callees say before the answer is not passed on.
    public RingPlan ignoringEarlyMedia() {
        return new RingPlan(
                targets, isInTurn, timeout, ringback, true, fatal, holdMusic, redirects);
    }

    public RingPlan withFatal(Set<HangupCause> causes) {
        return new RingPlan(
                targets,
                isInTurn,
                timeout,
                ringback,
                ignoresEarlyMedia,
                causes,
                holdMusic,
                redirects);
    }

    public RingPlan withHoldMusic(Sound music) {
        return new RingPlan(
                targets,
                isInTurn,
                timeout,
                ringback,
                ignoresEarlyMedia,
                fatal,
                Optional.of(music),
                redirects);
    }

    /// @param whom who rings instead, given where the callee pointed; asked on the call's own thread
    public RingPlan followingRedirects(Function<LegEvent.Redirected, List<RingTarget>> whom) {
        return new RingPlan(
                targets, isInTurn, timeout, ringback, ignoresEarlyMedia, fatal, holdMusic, whom);
    }
}
