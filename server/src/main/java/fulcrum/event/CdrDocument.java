package fulcrum.event;

import fulcrum.call.CallEvent;
import fulcrum.call.CallFacts;
import fulcrum.directory.Gregorian;
import fulcrum.directory.Json;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/// Writes the end of a call as Kazoo's call detail record (resources.md §21, "Full document").
public final class CdrDocument {
    private CdrDocument() {}

    /// The public fields of the record of a call's subject leg.
    public static ObjectNode of(CallEvent.Ended ended) {
        CallFacts facts = ended.facts();
        ObjectNode cdr = Json.object();
        cdr.put("app_name", "fulcrum");
        cdr.put("call_id", ended.callId());
        cdr.put("call_direction", "inbound");
        cdr.put("caller_id_name", ended.caller().name());
        cdr.put("caller_id_number", ended.caller().number());
        cdr.put("callee_id_number", facts.request().user());
        cdr.put("channel_created_time", micros(ended.started()));
        cdr.set("custom_application_vars", ended.applicationVars());
        cdr.set("custom_channel_vars", channelVars(ended));
        cdr.put("digits_dialed", facts.to().user());
        putTimes(cdr, ended);
        cdr.put("from", text(facts.from()));
        cdr.put("from_uri", text(facts.from()));
        cdr.put("hangup_cause", ended.cause().name());
        if (ended.sipStatus() > 0) {
            cdr.put("hangup_code", "sip:" + ended.sipStatus());
        }
        cdr.put("interaction_id", interactionId(ended.started(), ended.callId()));
        cdr.put("request", text(facts.request()));
        cdr.put("timestamp", Gregorian.seconds(ended.at()));
        cdr.put("to", text(facts.to()));
        cdr.put("to_uri", text(facts.to()));
        return cdr;
    }

    private static void putTimes(ObjectNode cdr, CallEvent.Ended ended) {
        Instant answered = ended.answered().orElse(ended.at());
        cdr.put("billing_seconds", seconds(answered, ended.at()));
        cdr.put("duration_seconds", seconds(ended.started(), ended.at()));
        cdr.put("ringing_seconds", seconds(ended.started(), answered));
        cdr.put("disposition", ended.answered().isPresent() ? "ANSWERED" : "NO-ANSWER");
    }

    private static ObjectNode channelVars(CallEvent.Ended ended) {
        ObjectNode vars = Json.object();
        for (Map.Entry<String, String> entry : ended.channelVars().entrySet()) {
            vars.put(entry.getKey().toLowerCase(Locale.ROOT).replace('-', '_'), entry.getValue());
        }
        CallFacts facts = ended.facts();
        vars.put("account_id", ended.accountId());
        vars.put("realm", facts.realm());
        putUnlessEmpty(vars, "authorizing_id", facts.authorizingId());
        putUnlessEmpty(vars, "authorizing_type", facts.authorizingType());
        putUnlessEmpty(
                vars, "owner_id", facts.ownerIds().isEmpty() ? "" : facts.ownerIds().getFirst());
        if (facts.isOffnet()) {
            vars.put("inception", text(facts.request()));
            vars.put("resource_type", "offnet-termination");
        } else {
            vars.put("resource_type", "onnet-origination");
        }
        return vars;
    }

    private static void putUnlessEmpty(ObjectNode vars, String key, String value) {
        if (!value.isEmpty()) {
            vars.put(key, value);
        }
    }

    /// `<Gregorian seconds>-<8 hex digits of the call id>`: the same for every leg of one conversation.
    ///
    /// @param started when the conversation's first call began
    /// @param callId of that call
    public static String interactionId(Instant started, String callId) {
        return Gregorian.seconds(started)
                + "-"
                + String.format(Locale.ROOT, "%08x", callId.hashCode());
    }

    private static String text(CallFacts.Address address) {
        return address.user() + "@" + address.host();
    }

    private static long seconds(Instant from, Instant to) {
        return Math.max(0, Math.round(Duration.between(from, to).toMillis() / 1000.0));
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
    }
}
