package fulcrum.place;

import java.time.Duration;

/// How a queue treats its agents.
///
/// @param wrapUp how long an agent is left in peace after a call; zero for not at all
/// @param rest how long an agent is left in peace after he missed a call; zero for not at all
public record QueueRules(Duration wrapUp, Duration rest) {}
