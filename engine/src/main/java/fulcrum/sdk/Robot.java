package fulcrum.sdk;

import java.time.Duration;

/// A person who takes part by himself, for scenarios with more persons than anybody would write steps for: answers when
/// he is rung, talks for a while and hangs up. One who is in a call refuses another with 486.
///
/// @param answersAfter how long he lets it ring
/// @param talks from the answer to his hanging up
public record Robot(Duration answersAfter, Duration talks) {}
