package fulcrum.action.carrier;

import fulcrum.call.Call;
import fulcrum.call.HangupCause;
import fulcrum.call.Order;
import fulcrum.call.Sound;

import java.util.Map;
import java.util.Optional;

/// What a caller is told whom no carrier could connect, when the flow has nothing for that (response.md, "Default
/// responses"): a sound as early media, and then the refusal.
final class DefaultResponse {
    private static final Sound BUSY = new Sound.Tone("%(500,500,480,620)");
    private static final Sound FAST = new Sound.Tone("%(250,250,480,620)");
    private static final int TONES = 25;
    private static final String AS_DIALLED = "fault-can_not_be_completed_as_dialed";
    private static final String THIS_TIME = "fault-can_not_be_completed_at_this_time";
    private static final String TROUBLE = "fault-facility_trouble";

    private final Call call;

    private DefaultResponse(Call call) {
        this.call = call;
    }

    /// Tells the caller; nothing for causes that have no response of their own.
    static void tell(Call call, HangupCause cause) {
        DefaultResponse response = new DefaultResponse(call);
        response.sound(cause)
                .ifPresent(
                        sound -> {
                            call.tell(new Order.Progress());
                            int times = sound instanceof Sound.Tone ? TONES : 1;
                            call.tell(new Order.Play(call.nextNumber(), sound, times));
                        });
        int status = status(cause);
        if (status > 0) {
            call.tell(new Order.Reject(status, "", Map.of()));
        }
    }

    private Optional<Sound> sound(HangupCause cause) {
        return switch (cause) {
            case NORMAL_CLEARING, USER_BUSY -> Optional.of(BUSY);
            case NO_USER_RESPONSE, CALL_REJECTED, RECOVERY_ON_TIMER_EXPIRE, MEDIA_TIMEOUT ->
                    Optional.of(FAST);
            case UNALLOCATED_NUMBER,
                    NO_ROUTE_DESTINATION,
                    DESTINATION_OUT_OF_ORDER,
                    INVALID_NUMBER_FORMAT ->
                    prompt(AS_DIALLED);
            case NORMAL_TEMPORARY_FAILURE, PROGRESS_TIMEOUT -> prompt(THIS_TIME);
            case EXCHANGE_ROUTING_ERROR,
                    INCOMPATIBLE_DESTINATION,
                    SERVICE_NOT_IMPLEMENTED,
                    MANDATORY_IE_MISSING,
                    MANDATORY_IE_LENGTH_ERROR ->
                    prompt(TROUBLE);
            default -> Optional.empty();
        };
    }

    private Optional<Sound> prompt(String id) {
        return Optional.of(
                new Sound.Prompt(call.facts().accountId(), id, call.variables().language()));
    }

    /// 0 for no refusal: the call just ends.
    private static int status(HangupCause cause) {
        return switch (cause) {
            case UNALLOCATED_NUMBER, NO_ROUTE_DESTINATION, NO_ROUTE_TRANSIT_NET -> 404;
            case USER_BUSY, PROGRESS_TIMEOUT -> 486;
            case NO_USER_RESPONSE -> 408;
            case NO_ANSWER, SUBSCRIBER_ABSENT, NORMAL_UNSPECIFIED -> 480;
            case CALL_REJECTED -> 603;
            case NUMBER_CHANGED, REDIRECTION_TO_NEW_DESTINATION -> 410;
            case EXCHANGE_ROUTING_ERROR -> 483;
            case DESTINATION_OUT_OF_ORDER -> 502;
            case INVALID_NUMBER_FORMAT -> 484;
            case FACILITY_REJECTED -> 510;
            case NORMAL_CIRCUIT_CONGESTION,
                    NETWORK_OUT_OF_ORDER,
                    SWITCH_CONGESTION,
                    REQUESTED_CHAN_UNAVAIL,
                    NORMAL_TEMPORARY_FAILURE ->
                    503;
            case OUTGOING_CALL_BARRED,
                    INCOMING_CALL_BARRED,
                    BEARERCAPABILITY_NOTAUTH,
                    BEARERCAPABILITY_NOTAVAIL ->
                    403;
            case BEARERCAPABILITY_NOTIMPL, INCOMPATIBLE_DESTINATION -> 488;
            case FACILITY_NOT_IMPLEMENTED, SERVICE_NOT_IMPLEMENTED -> 501;
            case MANDATORY_IE_MISSING, MANDATORY_IE_LENGTH_ERROR -> 400;
            case RECOVERY_ON_TIMER_EXPIRE, MEDIA_TIMEOUT -> 504;
            case ORIGINATOR_CANCEL -> 487;
            default -> 0;
        };
    }
}
