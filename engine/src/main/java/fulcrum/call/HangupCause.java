package fulcrum.call;

import java.util.Arrays;

/// Why a leg ended, in Kazoo's words, with the Q.850 cause code and the SIP status of an unanswered call (response.md;
/// RFC 3398 §7.2.4.1 where that page is silent).
public enum HangupCause {
    NORMAL_CLEARING(16, 480),
    UNALLOCATED_NUMBER(1, 404),
    NO_ROUTE_TRANSIT_NET(2, 404),
    NO_ROUTE_DESTINATION(3, 404),
    CHANNEL_UNACCEPTABLE(6, 480),
    CALL_AWARDED_DELIVERED(7, 480),
    USER_BUSY(17, 486),
    NO_USER_RESPONSE(18, 408),
    NO_ANSWER(19, 480),
    SUBSCRIBER_ABSENT(20, 480),
    CALL_REJECTED(21, 603),
    NUMBER_CHANGED(22, 410),
    REDIRECTION_TO_NEW_DESTINATION(23, 410),
    EXCHANGE_ROUTING_ERROR(25, 483),
    DESTINATION_OUT_OF_ORDER(27, 502),
    INVALID_NUMBER_FORMAT(28, 484),
    FACILITY_REJECTED(29, 501),
    RESPONSE_TO_STATUS_ENQUIRY(30, 480),
    NORMAL_UNSPECIFIED(31, 480),
    NORMAL_CIRCUIT_CONGESTION(34, 503),
    NETWORK_OUT_OF_ORDER(38, 503),
    NORMAL_TEMPORARY_FAILURE(41, 503),
    SWITCH_CONGESTION(42, 503),
    ACCESS_INFO_DISCARDED(43, 480),
    REQUESTED_CHAN_UNAVAIL(44, 503),
    PRE_EMPTED(45, 480),
    FACILITY_NOT_SUBSCRIBED(50, 480),
    OUTGOING_CALL_BARRED(52, 403),
    INCOMING_CALL_BARRED(54, 403),
    BEARERCAPABILITY_NOTAUTH(57, 403),
    BEARERCAPABILITY_NOTAVAIL(58, 403),
    SERVICE_UNAVAILABLE(63, 480),
    BEARERCAPABILITY_NOTIMPL(65, 488),
    CHAN_NOT_IMPLEMENTED(66, 480),
    FACILITY_NOT_IMPLEMENTED(69, 501),
    SERVICE_NOT_IMPLEMENTED(79, 501),
    INVALID_CALL_REFERENCE(81, 480),
    INCOMPATIBLE_DESTINATION(88, 488),
    INVALID_MSG_UNSPECIFIED(95, 480),
    MANDATORY_IE_MISSING(96, 400),
    MESSAGE_TYPE_NONEXIST(97, 480),
    WRONG_MESSAGE(98, 480),
    IE_NONEXIST(99, 480),
    INVALID_IE_CONTENTS(100, 480),
    WRONG_CALL_STATE(101, 480),
    RECOVERY_ON_TIMER_EXPIRE(102, 504),
    MANDATORY_IE_LENGTH_ERROR(103, 400),
    PROTOCOL_ERROR(111, 480),
    INTERWORKING(127, 500),
    ORIGINATOR_CANCEL(487, 487),
    SYSTEM_SHUTDOWN(501, 480),
    LOSE_RACE(502, 480),
    MANAGER_REQUEST(503, 480),
    BLIND_TRANSFER(600, 480),
    ATTENDED_TRANSFER(601, 480),
    ALLOTTED_TIMEOUT(602, 480),
    USER_CHALLENGE(603, 480),
    MEDIA_TIMEOUT(604, 504),
    PICKED_OFF(605, 480),
    USER_NOT_REGISTERED(606, 480),
    PROGRESS_TIMEOUT(607, 486),
    INVALID_GATEWAY(608, 480),
    GATEWAY_DOWN(609, 503);

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

    /// The cause that a SIP status of 300 or more stands for; unknown ones are [#NORMAL_UNSPECIFIED].
    public static HangupCause ofSipStatus(int status) {
        return switch (status) {
            case 300, 301, 302, 305, 380 -> REDIRECTION_TO_NEW_DESTINATION;
            case 400, 481, 500, 503 -> NORMAL_TEMPORARY_FAILURE;
            case 401, 402, 403, 407, 603, 607, 608 -> CALL_REJECTED;
            case 404 -> UNALLOCATED_NUMBER;
            case 405 -> SERVICE_UNAVAILABLE;
            case 406, 415, 501 -> SERVICE_NOT_IMPLEMENTED;
            case 408, 504 -> RECOVERY_ON_TIMER_EXPIRE;
            case 410 -> NUMBER_CHANGED;
            case 413, 414, 416, 420, 421, 423, 505, 513 -> INTERWORKING;
            case 480 -> NO_USER_RESPONSE;
            case 482, 483 -> EXCHANGE_ROUTING_ERROR;
            case 484 -> INVALID_NUMBER_FORMAT;
            case 485, 604 -> NO_ROUTE_DESTINATION;
            case 486, 600 -> USER_BUSY;
            case 487 -> ORIGINATOR_CANCEL;
            case 488, 606 -> INCOMPATIBLE_DESTINATION;
            case 502 -> NETWORK_OUT_OF_ORDER;
            default -> NORMAL_UNSPECIFIED;
        };
    }

    /// The cause with a Q.850 code; unknown codes are [#NORMAL_UNSPECIFIED].
    public static HangupCause ofQ850(int code) {
        return Arrays.stream(values())
                .filter(cause -> cause.q850 == code && code <= 127)
                .findFirst()
                .orElse(NORMAL_UNSPECIFIED);
    }
}
