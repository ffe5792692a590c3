package fulcrum.exchange;

import fulcrum.call.HangupCause;

import java.util.Optional;

/// Writes the Reason header (RFC 3326 §2) that tells the other side why we end a call.
final class Reasons {
    private Reasons() {}

    /// The header's value; none where neither Q.850 nor SIP has a word for it.
    ///
    /// A phone that was rung in vain and is told that another one answered does not show a missed call.
    static Optional<String> of(HangupCause cause) {
        return switch (cause) {
            case LOSE_RACE, PICKED_OFF ->
                    Optional.of("SIP;cause=200;text=\"Call completed elsewhere\"");
            case ORIGINATOR_CANCEL -> Optional.of("SIP;cause=487;text=\"" + cause + "\"");
            default ->
                    cause.q850() <= 127
                            ? Optional.of("Q.850;cause=" + cause.q850() + ";text=\"" + cause + "\"")
                            : Optional.empty();
        };
    }
}
