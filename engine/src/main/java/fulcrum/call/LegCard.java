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

    public LegCard in(LegState newState) {
        return new LegCard(
                legId,
                callId,
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
                otherLegId,
                created,
                answered);
    }

    public LegCard answeredAt(Instant when) {
        return new LegCard(
                legId,
                callId,
                accountId,
                direction,
                LegState.ANSWERED,
                callerName,
                callerNumber,
                calleeNumber,
                interactionId,
                authorizingId,
                authorizingType,
                ownerIds,
                otherLegId,
                created,
                answered.or(() -> Optional.of(when)));
    }

    public LegCard ownedBy(String newCallId) {
        return new LegCard(
                legId,
                newCallId,
                accountId,
                direction,
                state,
                callerName,
                callerNumber,
                calleeNumber,
                interactionId,
                authorizingId,
                authorizingType,
                ownerIds,
                otherLegId,
                created,
                answered);
    }

    public LegCard connectedTo(String other) {
        return new LegCard(
                legId,
                callId,
                accountId,
                direction,
                state,
                callerName,
                callerNumber,
                calleeNumber,
                interactionId,
                authorizingId,
                authorizingType,
                ownerIds,
                other,
                created,
                answered);
    }

    public boolean isAnswered() {
        return state == LegState.ANSWERED;
    }
}
