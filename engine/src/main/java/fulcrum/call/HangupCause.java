package fulcrum.call;

import java.util.Arrays;

/// Why a leg ended, in Kazoo's words, with the Q.850 cause code and the SIP status of an unanswered call.
public enum HangupCause {
    NORMAL_CLEARING(16, 480),
    UNALLOCATED_NUMBER(1, 404),
    NO_ROUTE_DESTINATION(3, 404),
    USER_BUSY(17, 486),
    NO_USER_RESPONSE(18, 408),
    NO_ANSWER(19, 480),
    SUBSCRIBER_ABSENT(20, 480),
    CALL_REJECTED(21, 603),
    NUMBER_CHANGED(22, 410),
    DESTINATION_OUT_OF_ORDER(27, 502),
    INVALID_NUMBER_FORMAT(28, 484),
    FACILITY_REJECTED(29, 501),
    NORMAL_UNSPECIFIED(31, 480),
    NORMAL_CIRCUIT_CONGESTION(34, 503),
    NETWORK_OUT_OF_ORDER(38, 503),
    NORMAL_TEMPORARY_FAILURE(41, 503),
    SWITCH_CONGESTION(42, 503),
    OUTGOING_CALL_BARRED(52, 403),
    INCOMING_CALL_BARRED(54, 403),
    BEARERCAPABILITY_NOTIMPL(65, 488),
    FACILITY_NOT_IMPLEMENTED(69, 501),
    INCOMPATIBLE_DESTINATION(88, 488),
    RECOVERY_ON_TIMER_EXPIRE(102, 504),
    MEDIA_TIMEOUT(604, 504),
    INTERWORKING(127, 500),
    ORIGINATOR_CANCEL(487, 487),
    LOSE_RACE(502, 480),
    ALLOTTED_TIMEOUT(602, 480),
    PROGRESS_TIMEOUT(607, 486);

    private final int q850;
    private final int sipStatus;

    HangupCause(int q850, int sipStatus) {
        this.q850 = q850;
        this.sipStatus = sipStatus;
    }

    /// The Q.850 cause; numbers above 127 are the switch's own and never sent in a `Reason` header.
    public int q850() {
        return q850;
    }

    /// The SIP status that refuses an unanswered call for this cause.
    public int sipStatus() {
        return sipStatus;
    }

    /// The cause that a SIP status of 400 or more stands for; unknown ones are [#NORMAL_UNSPECIFIED].
    public static HangupCause ofSipStatus(int status) {
        return switch (status) {
            case 404 -> UNALLOCATED_NUMBER;
            case 480 -> NO_USER_RESPONSE;
            case 486, 600 -> USER_BUSY;
            case 408 -> RECOVERY_ON_TIMER_EXPIRE;
            case 401, 402, 403, 407, 603 -> CALL_REJECTED;
            case 487 -> ORIGINATOR_CANCEL;
            case 488, 606 -> INCOMPATIBLE_DESTINATION;
            default ->
                    Arrays.stream(values())
                            .filter(cause -> cause.sipStatus == status)
                            .findFirst()
                            .orElse(NORMAL_UNSPECIFIED);
        };
    }

    /// The cause with a Q.850 code; unknown codes are [#NORMAL_UNSPECIFIED].
    public static HangupCause ofQ850(int code) {
        return Arrays.stream(values())
                .filter(cause -> cause.q850 == code)
                .findFirst()
                .orElse(NORMAL_UNSPECIFIED);
    }
}
