package fulcrum.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The legs that a call has dialled: begins them, lets go of them, and plays what nobody waits for. Their events arrive
/// in this call's inbox.
final class Dialer {
    private final Call call;
    private final Takes takes;
    private final List<OwnedLeg> legs = new ArrayList<>();
    private final Set<Long> unattended = new HashSet<>();

    Dialer(Call call, Takes takes) {
        this.call = call;
        this.takes = takes;
    }

    Leg dial(Dial wish) {
        Dial dial = wish.interactionId().isEmpty() ? wish.withInteraction(call.id()) : wish;
        if (dial.legId().isEmpty()) {
            dial = dial.withLegId(call.ask(new Question.NewIds(1)).ids().getFirst());
        }
        call.journal().dialled(dial);
        Leg leg = call.world().dial(dial, call.id(), call.inbox());
        takes.came(leg);
        legs.add(call.hold(new OwnedLeg(call, leg, takes)));
        return leg;
    }

    DialResult awaitAnswer(List<Leg> ringing, Duration patience) {
        List<Leg> left = new ArrayList<>(ringing);
        DialResult last =
                new DialResult.Failed(
                        HangupCause.SUBSCRIBER_ABSENT, HangupCause.SUBSCRIBER_ABSENT.sipStatus());
        java.time.Instant deadline = call.now().plus(patience);
        while (!left.isEmpty()) {
            Optional<LegEvent> outcome =
                    call.await(outcomeOf(left), Duration.between(call.now(), deadline));
            if (outcome.isEmpty()) {
                left.forEach(leg -> drop(leg, HangupCause.NO_ANSWER));
                return DialResult.Failed.NO_ANSWER;
            }
            String legId = outcome.get().legId();
            Leg leg = left.stream().filter(one -> one.id().equals(legId)).findFirst().orElseThrow();
            left.remove(leg);
            if (outcome.get() instanceof LegEvent.HungUp hungUp) {
                gone(leg);
                last = failed(hungUp.cause(), hungUp.sipStatus());
                continue;
            }
            left.forEach(loser -> drop(loser, HangupCause.LOSE_RACE));
            return new DialResult.Answered(leg, HoldMusic.NONE);
        }
        return last;
    }

    /// One outcome of one ringing leg.
    private Want<LegEvent> outcomeOf(List<Leg> ringing) {
        return value ->
                switch (value) {
                    case LegEvent.Up up when isAmong(ringing, up.legId()) -> Optional.of(up);
                    case LegEvent.HungUp hungUp when isAmong(ringing, hungUp.legId()) ->
                            Optional.of(hungUp);
                    case Value other -> Optional.empty();
                };
    }

    private static boolean isAmong(List<Leg> ringing, String legId) {
        return ringing.stream().anyMatch(leg -> leg.id().equals(legId));
    }

    /// A failure; one without a status of its own has the one that goes with the cause.
    static DialResult.Failed failed(HangupCause cause, int sipStatus) {
        return new DialResult.Failed(cause, sipStatus > 0 ? sipStatus : cause.sipStatus());
    }

    boolean owns(String legId) {
        return takes.owns(legId);
    }

    /// Tells a leg to go and forgets it.
    void drop(Leg leg, HangupCause cause) {
        call.tell(leg, new Order.HangUp(cause, false));
        gone(leg);
    }

    /// Forgets a leg that is not there any more.
    void gone(Leg leg) {
        takes.went(leg.id());
        legs.removeIf(
                owned -> {
                    boolean same = owned.leg().id().equals(leg.id());
                    if (same) {
                        call.release(owned);
                    }
                    return same;
                });
    }

    /// Plays a sound over and over, until [#stop]; its end is nobody's to wait for.
    ///
    /// @return its number
    long playOn(Leg leg, Sound sound) {
        long playback = call.nextNumber();
        unattended.add(playback);
        call.tell(leg, new Order.Play(playback, sound, 0));
        return playback;
    }

    void stop(Leg leg) {
        call.tell(leg, new Order.StopPlaying());
    }

    /// Drops what concerns nobody: the end of an unattended playback, words of legs that this call has let go of.
    ///
    /// @return true when the value is dealt with
    boolean serve(Value value) {
        return switch (value) {
            case LegEvent.PlaybackEnded ended when unattended.remove(ended.playback()) -> true;
            case LegEvent event ->
                    !event.legId().equals(call.leg().id()) && !takes.owns(event.legId());
            case Value other -> false;
        };
    }
}
