package fulcrum.action.endpoint;

import fulcrum.directory.Gregorian;
import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// One endpoint that is to be rung, and what the action or the group says of it.
///
/// @param type `device`, `user` or `group`; empty: as its document says
/// @param delay before it begins to ring
/// @param timeout how long its legs may ring; zero: as long as the attempt
/// @param weight 1 to 100; absent when nothing is said
/// @param canCallSelf devices of the caller's own user, and with [Source#DEVICE] the calling device, are rung, too
/// @param suppressesClid no caller id is sent
/// @param staticInvite the user part of the Request-URI; empty: as the device has it
/// @param headers further headers of the INVITE, by name
public record Member(
        String id,
        String type,
        Duration delay,
        Duration timeout,
        Optional<Integer> weight,
        boolean canCallSelf,
        boolean suppressesClid,
        String staticInvite,
        Map<String, String> headers) {
    /// Nobody waits longer for anything.
    private static final long MOST_SECONDS = 86_400;

    private static final int LEAST_WEIGHT = 1;
    private static final int MOST_WEIGHT = 100;

    /// As written in a node's data, in `endpoints` of a ring group, or in a group document.
    ///
    /// @param id where it is not a field of its own
    public static Member of(String id, JsonNode data) {
        return new Member(
                id,
                Json.text(data, "endpoint_type").or(() -> Json.text(data, "type")).orElse(""),
                seconds(data, "delay").orElse(Duration.ZERO),
                seconds(data, "timeout").orElse(Duration.ZERO),
                weight(data),
                Json.flag(data, "can_call_self"),
                Json.flag(data, "suppress_clid"),
                Json.text(data, "static_invite").orElse(""),
                Headers.of(data.path("custom_sip_headers")));
    }

    /// As the fields of a node have it.
    ///
    /// @param delaySeconds and `timeoutSeconds`: none when less than 1
    public static Member of(
            String id,
            int delaySeconds,
            int timeoutSeconds,
            boolean canCallSelf,
            boolean suppressesClid,
            String staticInvite,
            JsonNode headers) {
        return new Member(
                id,
                "",
                Duration.ofSeconds(Math.clamp(delaySeconds, 0, MOST_SECONDS)),
                Duration.ofSeconds(Math.clamp(timeoutSeconds, 0, MOST_SECONDS)),
                Optional.empty(),
                canCallSelf,
                suppressesClid,
                staticInvite,
                Headers.of(headers));
    }

    /// A member of a ring group: an object, or just an id.
    static Member of(JsonNode member) {
        return member.isValueNode()
                ? of(member.asString(""), Json.object())
                : of(Json.text(member, "id").orElse(""), member);
    }

    /// Until when a member of a ring group is not rung.
    static Instant disabledUntil(JsonNode member) {
        OptionalLong until = Json.whole(member, "disable_until");
        return until.isPresent() && until.getAsLong() > 0
                ? Gregorian.instant(until.getAsLong())
                : Instant.MIN;
    }

    private static Optional<Duration> seconds(JsonNode data, String field) {
        OptionalLong found = Json.whole(data, field);
        return found.isPresent() && found.getAsLong() > 0
                ? Optional.of(Duration.ofSeconds(Math.min(found.getAsLong(), MOST_SECONDS)))
                : Optional.empty();
    }

    private static Optional<Integer> weight(JsonNode data) {
        OptionalLong found = Json.whole(data, "weight");
        return found.isPresent()
                ? Optional.of(Math.clamp(found.getAsLong(), LEAST_WEIGHT, MOST_WEIGHT))
                : Optional.empty();
    }

    /// The same wishes for another endpoint.
    Member as(String otherId, String otherType) {
        return new Member(
                otherId,
                otherType,
                delay,
                timeout,
                weight,
                canCallSelf,
                suppressesClid,
                staticInvite,
                headers);
    }

    /// With a leg time-out where there is none.
    public Member withUsualTimeout(Duration usual) {
        return timeout.isZero() ? timed(delay, usual) : this;
    }

    /// With what an outer group says of it where it says nothing itself.
    Member within(Member outer) {
        return new Member(
                id,
                type,
                delay.isZero() ? outer.delay : delay,
                timeout.isZero() ? outer.timeout : timeout,
                weight.or(outer::weight),
                canCallSelf || outer.canCallSelf,
                suppressesClid || outer.suppressesClid,
                staticInvite,
                headers);
    }

    /// With delay and time-out of another.
    Member timedAs(Member other) {
        return timed(other.delay, other.timeout);
    }

    private Member timed(Duration newDelay, Duration newTimeout) {
        return new Member(
                id,
                type,
                newDelay,
                newTimeout,
                weight,
                canCallSelf,
                suppressesClid,
                staticInvite,
                headers);
    }
}
