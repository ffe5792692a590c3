package fulcrum.call;

import java.time.Instant;

/// The subject leg has left, or was ended from outside.
public final class CallEnded extends Unwound {
    private static final long serialVersionUID = 1L;

    private final transient LegEvent.HungUp hungUp;
    private final Instant at;

    CallEnded(LegEvent.HungUp hungUp, Instant at) {
        super("the call ended: " + hungUp.cause());
        this.hungUp = hungUp;
        this.at = at;
    }

    public LegEvent.HungUp hungUp() {
        return hungUp;
    }

    public Instant at() {
        return at;
    }
}
