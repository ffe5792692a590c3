package fulcrum.call;

import fulcrum.call.CallFacts.Party;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What a call tells the rest of the world about itself.
public sealed interface CallEvent {
    String callId();

    String accountId();

    Instant at();

    record Started(String callId, String accountId, Instant at, CallFacts facts)
            implements CallEvent {}

    record Answered(String callId, String accountId, Instant at) implements CallEvent {}

    /// A node of the flow begins.
    record NodeEntered(String callId, String accountId, Instant at, String module, String path)
            implements CallEvent {}

    /// Something in the flow or in a handler's answer was not right; the call went on as `message` says.
    record Noticed(String callId, String accountId, Instant at, String path, String message)
            implements CallEvent {}

    /// One document for the pivot debug store (pivot.md §12), kept when the flow asked for it or when it is an error.
    record PivotDebug(String callId, String accountId, Instant at, ObjectNode document)
            implements CallEvent {}

    /// One HTTP exchange with a handler, for whoever watches live; `problem` is empty when all was well.
    record Exchanged(
            String callId,
            String accountId,
            Instant at,
            HttpAsk request,
            HttpAnswer answer,
            Duration took,
            String problem)
            implements CallEvent {}

    /// A lamp was set by hand, and its state has been saved: whoever watches it is to be told.
    ///
    /// @param presenceId `user@realm`
    /// @param state `terminated`, `early` or `confirmed`, as in RFC 4235
    record PresenceSet(String callId, String accountId, Instant at, String presenceId, String state)
            implements CallEvent {}

    /// Somebody who runs the server or the account should look at this now.
    ///
    /// @param kind `toll_fraud` or `emergency_call`
    record Alarmed(String callId, String accountId, Instant at, String kind, String message)
            implements CallEvent {}

    /// A mail is to be sent.
    record MailWritten(String callId, String accountId, Instant at, Mail mail)
            implements CallEvent {}

    /// The call is over, for whatever reason: what a CDR needs.
    ///
    /// @param answered when the subject leg was answered, absent when it never was
    record Ended(
            String callId,
            String accountId,
            Instant at,
            CallFacts facts,
            Party caller,
            Instant started,
            Optional<Instant> answered,
            HangupCause cause,
            int sipStatus,
            boolean byCaller,
            Map<String, String> channelVars,
            ObjectNode applicationVars)
            implements CallEvent {}
}
