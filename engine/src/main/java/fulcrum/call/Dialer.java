package fulcrum.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rings other parties and connects them with the subject leg. Their events arrive in this call's inbox.
final class Dialer {
    private final Call call;
    private final Takes takes;
    private final List<OwnedLeg> legs = new ArrayList<>();

    Dialer(Call call, Takes takes) {
        this.call = call;
        this.takes = takes;
    }

    Leg dial(Dial dial) {
        call.journal().dialled(dial);
        Leg leg = call.world().dial(dial, call.id(), call.inbox());
        takes.came(leg);
        legs.add(call.hold(new OwnedLeg(call, leg, takes)));
        return leg;
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

    DialResult awaitAnswer(List<Leg> ringing, Duration patience) {
        List<Leg> left = new ArrayList<>(ringing);
        DialResult last = new DialResult.Refused(HangupCause.NO_ROUTE_DESTINATION, 404);
        java.time.Instant deadline = call.now().plus(patience);
        while (!left.isEmpty()) {
            Optional<LegEvent> outcome =
                    call.await(outcomeOf(left), Duration.between(call.now(), deadline));
            if (outcome.isEmpty()) {
                left.forEach(leg -> drop(leg, HangupCause.NO_ANSWER));
                return new DialResult.NoAnswer();
            }
            String legId = outcome.get().legId();
            Leg leg = left.stream().filter(one -> one.id().equals(legId)).findFirst().orElseThrow();
            left.remove(leg);
            if (outcome.get() instanceof LegEvent.HungUp hungUp) {
                gone(leg);
                last = new DialResult.Refused(hungUp.cause(), hungUp.sipStatus());
                continue;
            }
            left.forEach(loser -> drop(loser, HangupCause.LOSE_RACE));
            return new DialResult.Answered(leg);
        }
        return last;
    }

    private void drop(Leg leg, HangupCause cause) {
        call.tell(leg, new Order.HangUp(cause, false));
        gone(leg);
    }

    private void gone(Leg leg) {
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

    BridgeEnd bridge(Leg other) {
        call.tell(new Order.Connect(other.id()));
        Want<BridgeEnd> end =
                value ->
                        switch (value) {
                            case LegEvent.HungUp hungUp when hungUp.legId().equals(other.id()) ->
                                    Optional.of(new BridgeEnd.OtherLeft(hungUp.cause()));
                            case LegEvent.Disconnected apart
                                    when apart.legId().equals(call.leg().id())
                                            && apart.otherLegId().equals(other.id()) ->
                                    Optional.of(new BridgeEnd.OtherTaken());
                            case Value another -> Optional.empty();
                        };
        BridgeEnd how = call.await(end, Call.FOREVER).orElseGet(BridgeEnd.OtherTaken::new);
        if (how instanceof BridgeEnd.OtherLeft) {
            gone(other);
        }
        return how;
    }
}
