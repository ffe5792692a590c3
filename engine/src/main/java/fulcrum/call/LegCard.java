package fulcrum.call;

import com.fasterxml.jackson.annotation.JsonAutoDetect;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An immutable snapshot of a leg, for REST, presence and counters.
///
/// @param callId the call that owns the leg now
/// @param direction `inbound` (it called us) or `outbound`
/// @param interactionId ties together the legs that ever belonged to one conversation
/// @param authorizingId the device or resource that vouched for the leg; empty for none
/// @param authorizingType `device`, `resource` …; empty for none
/// @param otherLegId the leg it is connected to; empty for none
@JsonAutoDetect(isGetterVisibility = JsonAutoDetect.Visibility.NONE) // isAnswered is not a part
public record LegCard(
        String legId,
        String callId,
        String accountId,
        String direction,
        LegState state,
        String callerName,
        String callerNumber,
        String calleeNumber,
        String interactionId,
        String authorizingId,
        String authorizingType,
        List<String> ownerIds,
        String otherLegId,
        Instant created,
        Optional<Instant> answered) {

    /// The leg of somebody who calls in, at the moment it comes.
    public static LegCard incoming(CallFacts facts, Instant now) {
        return new LegCard(
                facts.callId(),
                facts.callId(),
                facts.accountId(),
                "inbound",
                LegState.NEW,
                facts.caller().name(),
                facts.caller().number(),
                facts.request().user(),
                facts.callId(),
                facts.authorizingId(),
                facts.authorizingType(),
                facts.ownerIds(),
                "",
                now,
                Optional.empty());
    }

    /// The leg of somebody whom a call begins to ring.
    public static LegCard outgoing(Dial dial, String callId, Instant now) {
        return new LegCard(
                dial.legId(),
                callId,
                dial.accountId(),
                "outbound",
                LegState.NEW,
                dial.caller().name(),
                dial.caller().number(),
                dial.uri(),
                dial.interactionId(),
                dial.endpoint().id(),
                dial.endpoint().type(),
                dial.endpoint().ownerIds(),
                "",
                now,
                Optional.empty());
    }

    public LegCard in(LegState newState) {
        return with(callId, newState, otherLegId, answered);
    }

    public LegCard answeredAt(Instant when) {
        return with(callId, LegState.ANSWERED, otherLegId, answered.or(() -> Optional.of(when)));
    }

    public LegCard ownedBy(String newCallId) {
        return with(newCallId, state, otherLegId, answered);
    }

    public LegCard connectedTo(String other) {
        return with(callId, state, other, answered);
    }

    /// All that changes while a leg lives.
    private LegCard with(
            String owner, LegState newState, String other, Optional<Instant> answeredAt) {
        return new LegCard(
                legId,
                owner,
                accountId,
                direction,
                newState,
                callerName,
                callerNumber,
                calleeNumber,
                interactionId,
                authorizingId,
                authorizingType,
                ownerIds,
                other,
                created,
                answeredAt);
    }

    public boolean isAnswered() {
        return state == LegState.ANSWERED;
    }
}
