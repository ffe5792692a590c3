package fulcrum.action.endpoint;

import fulcrum.call.Confirmation;
import fulcrum.call.HangupCause;
import fulcrum.call.OutboundAsk;
import fulcrum.call.RingTarget;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// A leg that is to be rung.
///
/// @param callee the device that it rings; absent where it goes through a carrier or to another account
/// @param outward what the account's limits must allow first; absent for legs that stay within
/// @param ignoresEarlyMedia whether this leg wants the attempt to pass on nobody's early media
record Rung(
        RingTarget target,
        Optional<Callee> callee,
        Optional<OutboundAsk> outward,
        boolean ignoresEarlyMedia) {
    /// What ends an attempt at somebody who must press a key (callflow common facts, `require_keypress`).
    private static final Set<HangupCause> REFUSALS =
            Set.of(
                    HangupCause.USER_BUSY,
                    HangupCause.CALL_REJECTED,
                    HangupCause.NO_ANSWER,
                    HangupCause.NORMAL_CLEARING,
                    HangupCause.PROGRESS_TIMEOUT,
                    HangupCause.ALLOTTED_TIMEOUT);

    /// As the leg of a forwarded call.
    Rung forwarded() {
        return new Rung(target, callee, outward, true);
    }

    Rung confirmed(Confirmation needed) {
        return with(target.withConfirmation(needed).withFatal(REFUSALS));
    }

    Rung silentFor(Duration limit) {
        return with(target.withProgressTimeout(limit));
    }

    Rung named(String legId) {
        return with(
                new RingTarget(
                        target.dial().withLegId(legId),
                        target.delay(),
                        target.timeout(),
                        target.progressTimeout(),
                        target.confirmation(),
                        target.fatal(),
                        target.holdMusic()));
    }

    private Rung with(RingTarget other) {
        return new Rung(other, callee, outward, ignoresEarlyMedia);
    }
}
