package fulcrum.call;

import java.util.Optional;

/// Connects the subject leg with another and stays until they are separated.
///
/// An unanswered caller is answered. Meanwhile keys go from one to the other and are nobody else's; who is put on hold
/// hears music.
final class Bridge {
    private final Call call;
    private final Dialer dialer;
    private final Leg other;
    private final HoldMusic music;
    private boolean subjectHears;

    Bridge(Call call, Dialer dialer, Leg other, HoldMusic music) {
        this.call = call;
        this.dialer = dialer;
        this.other = other;
        this.music = music;
    }

    BridgeEnd run() {
        call.tell(new Order.Connect(other.id()));
        call.variables().noteBridged();
        call.answer(); // with what the other side speaks, now that it is known
        Optional<BridgeEnd> end = Optional.empty();
        while (end.isEmpty()) {
            end = call.await(this::concerning, Call.FOREVER).flatMap(this::happened);
        }
        if (subjectHears) {
            dialer.stop(call.leg());
        }
        if (end.get() instanceof BridgeEnd.OtherLeft) {
            dialer.gone(other);
        }
        return end.get();
    }

    private Optional<LegEvent> concerning(Value value) {
        return switch (value) {
            case LegEvent.HungUp hungUp when hungUp.legId().equals(other.id()) ->
                    Optional.of(hungUp);
            case LegEvent.Disconnected apart
                    when apart.legId().equals(call.leg().id())
                            && apart.otherLegId().equals(other.id()) ->
                    Optional.of(apart);
            case LegEvent.Held held -> Optional.of(held);
            case LegEvent.DigitPressed pressed -> Optional.of(pressed);
            case Value another -> Optional.empty();
        };
    }

    private Optional<BridgeEnd> happened(LegEvent event) {
        switch (event) {
            case LegEvent.HungUp hungUp -> {
                return Optional.of(new BridgeEnd.OtherLeft(hungUp.cause()));
            }
            case LegEvent.Disconnected apart -> {
                return Optional.of(new BridgeEnd.OtherTaken());
            }
            case LegEvent.Held held -> held(held.legId().equals(call.leg().id()), held.on());
            case LegEvent another -> {
                // the legs have passed the key on
            }
        }
        return Optional.empty();
    }

    private void held(boolean bySubject, boolean on) {
        Leg listener = bySubject ? other : call.leg();
        if (on) {
            dialer.playOn(listener, music.when(bySubject));
        } else {
            dialer.stop(listener);
        }
        subjectHears = bySubject ? subjectHears : on;
    }
}
