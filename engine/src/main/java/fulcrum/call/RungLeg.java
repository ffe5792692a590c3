package fulcrum.call;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How far one leg of a [Ringing] has come: waiting for its time, calling, alerting, asked to confirm.
final class RungLeg {
    private final RingTarget target;
    private Instant begins;
    private Optional<Leg> leg = Optional.empty();
    private Instant silentUntil = Instant.MAX;
    private Instant ringsUntil = Instant.MAX;
    private Instant confirmsUntil = Instant.MAX;
    private Optional<LegEvent.Redirected> elsewhere = Optional.empty();
    private long prompt;

    private RungLeg(RingTarget target, Instant begins) {
        this.target = target;
        this.begins = begins;
    }

    static RungLeg of(RingTarget target, Instant since) {
        return new RungLeg(target, since.plus(target.delay()));
    }

    RingTarget target() {
        return target;
    }

    Instant begins() {
        return begins;
    }

    /// The one before it in turn ended at that moment.
    void after(Instant moment) {
        begins = moment.plus(target.delay());
    }

    void begin(Leg dialled, Instant now) {
        leg = Optional.of(dialled);
        ringsUntil = limit(target.timeout(), now);
        silentUntil = limit(target.progressTimeout(), now);
    }

    private static Instant limit(Duration length, Instant now) {
        return length.isZero() ? Instant.MAX : now.plus(length);
    }

    /// The leg; it has begun.
    Leg leg() {
        return leg.orElseThrow();
    }

    boolean is(String legId) {
        return leg.filter(one -> one.id().equals(legId)).isPresent();
    }

    /// The far end has said that it rings.
    void alerts() {
        silentUntil = Instant.MAX;
    }

    void points(LegEvent.Redirected redirected) {
        elsewhere = Optional.of(redirected);
    }

    Optional<LegEvent.Redirected> elsewhere() {
        return elsewhere;
    }

    /// It is up, and hears the prompt with this number now.
    void asks(long playback) {
        prompt = playback;
        silentUntil = Instant.MAX;
        ringsUntil = Instant.MAX;
    }

    boolean isConfirming() {
        return prompt > 0;
    }

    /// The prompt is over: the time for the key begins.
    void prompted(long playback, Instant now) {
        if (isConfirming() && playback == prompt) {
            target.confirmation().ifPresent(needed -> confirmsUntil = now.plus(needed.patience()));
        }
    }

    boolean accepts(char key) {
        return isConfirming()
                && target.confirmation().filter(needed -> needed.key() == key).isPresent();
    }

    /// When the clock ends it.
    Instant deadline() {
        Instant ring = silentUntil.isBefore(ringsUntil) ? silentUntil : ringsUntil;
        return confirmsUntil.isBefore(ring) ? confirmsUntil : ring;
    }

    /// Why it is over by now, if it is.
    Optional<HangupCause> overdue(Instant now) {
        if (!silentUntil.isAfter(now)) {
            return Optional.of(HangupCause.PROGRESS_TIMEOUT);
        }
        if (!ringsUntil.isAfter(now)) {
            return Optional.of(HangupCause.NO_ANSWER);
        }
        return confirmsUntil.isAfter(now)
                ? Optional.empty()
                : Optional.of(HangupCause.NORMAL_CLEARING);
    }
}
