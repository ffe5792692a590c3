package fulcrum.action.endpoint;

import fulcrum.directory.Document;
import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;

/// A device's or user's `call_forward` (callflow common facts, "Call forwarding when an endpoint is rung").
///
/// @param number as dialled; empty for none
/// @param substitutes the number is rung instead of the endpoint, not beside it
/// @param isFailover the number is rung when the endpoint is not registered, also where it is not enabled
record ForwardRule(
        boolean isEnabled,
        String number,
        boolean substitutes,
        boolean isFailover,
        boolean keepsCallerId,
        boolean needsKeypress,
        boolean directCallsOnly) {

    static ForwardRule of(Document endpoint) {
        JsonNode own = endpoint.at("call_forward").orElseGet(Json::object);
        return new ForwardRule(
                Json.flag(own, "enabled"),
                Json.text(own, "number").map(String::strip).orElse(""),
                isNotFalse(own, "substitute"),
                Json.flag(own, "failover"),
                isNotFalse(own, "keep_caller_id"),
                isNotFalse(own, "require_keypress"),
                Json.flag(own, "direct_calls_only"));
    }

    private static boolean isNotFalse(JsonNode own, String field) {
        return Json.text(own, field).filter("false"::equals).isEmpty();
    }

    /// Whether it applies to a call, be the endpoint registered or not.
    boolean isActive(Source source) {
        return isEnabled && applies(source);
    }

    /// Whether it applies to a call when the endpoint is not registered.
    boolean isSpare(Source source) {
        return isFailover && applies(source);
    }

    private boolean applies(Source source) {
        return !number.isEmpty() && (source.isDirect() || !directCallsOnly);
    }
}
