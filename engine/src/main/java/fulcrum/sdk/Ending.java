package fulcrum.sdk;

import fulcrum.call.HangupCause;

import java.time.Instant;

/// How a person's leg ended.
///
/// @param sipStatus the status that ended an unanswered leg, 0 for an answered one
/// @param byPerson true when the person left, false when the server ended it
public record Ending(
        Instant at, HangupCause cause, int sipStatus, boolean byPerson, boolean answered) {}
