package fulcrum.call;

import java.util.List;

/// How an attempt to reach somebody ended.
public sealed interface DialResult {
    /// Somebody answered; the leg is the call's to connect, with [Call#bridge].
    record Answered(Leg leg, HoldMusic music) implements DialResult {}

    /// Nobody answered, and nobody rings any more.
    ///
    /// @param sipStatus of the refusal; where none came, the one that goes with the cause
    record Failed(HangupCause cause, int sipStatus) implements DialResult {
        /// Nobody answered in time.
        static final Failed NO_ANSWER =
                new Failed(HangupCause.NO_ANSWER, HangupCause.NO_ANSWER.sipStatus());

        /// The names of the children that the failure leads to, the first that exists: `USER_BUSY`, `sip:486`.
        public List<String> childKeys() {
            return List.of(cause.name(), "sip:" + sipStatus);
        }
    }
}
