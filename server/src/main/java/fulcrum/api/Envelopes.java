package fulcrum.api;

import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Writes the envelope around an answer's data (REST conventions §5).
final class Envelopes {
    private static final Pattern FUNCTION = Pattern.compile("[A-Za-z_$][\\w$.]{0,127}");

    private final ApiSettings settings;

    Envelopes(ApiSettings settings) {
        this.settings = settings;
    }

    /// What the envelope tells about the request itself.
    ///
    /// @param consumed rate tokens that the request cost, and how many are left
    record Facts(
            String requestId,
            Optional<Identity> sender,
            Instant now,
            int consumed,
            int remaining) {}

    ObjectNode success(ApiReply reply, Facts facts) {
        ObjectNode envelope = Json.object();
        envelope.set("data", reply.data());
        envelope.put("status", "success");
        putFacts(envelope, facts);
        envelope.setAll(reply.envelope());
        return envelope;
    }

    ObjectNode error(Refusal refusal, Facts facts) {
        ObjectNode envelope = Json.object();
        envelope.set("data", refusal.data());
        envelope.put("status", "error");
        envelope.put("error", Integer.toString(refusal.status()));
        envelope.put("message", refusal.word());
        putFacts(envelope, facts);
        return envelope;
    }

    private void putFacts(ObjectNode envelope, Facts facts) {
        envelope.put("request_id", facts.requestId);
        envelope.put("timestamp", facts.now.truncatedTo(ChronoUnit.SECONDS).toString());
        envelope.put("node", settings.node());
        ObjectNode tokens = envelope.putObject("tokens");
        tokens.put("consumed", facts.consumed);
        tokens.put("remaining", Math.max(0, facts.remaining));
        facts.sender.ifPresent(
                who -> {
                    envelope.put("auth_token", who.token());
                    envelope.put("version", settings.version());
                });
    }

    /// A list as it is streamed: `data` first, then the other keys, each number as a text (REST conventions §11).
    static ObjectNode chunked(ObjectNode envelope) {
        ObjectNode ordered = Json.object();
        ordered.set("data", envelope.path("data"));
        for (Map.Entry<String, JsonNode> field : envelope.properties()) {
            if (field.getValue().isNumber()) {
                ordered.put(field.getKey(), field.getValue().asString());
            } else if (!field.getKey().equals("data")) {
                ordered.set(field.getKey(), field.getValue());
            }
        }
        return ordered;
    }

    static byte[] bytes(JsonNode envelope, boolean pretty) {
        return pretty
                ? Json.MAPPER
                        .writer()
                        .with(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsBytes(envelope)
                : Json.MAPPER.writeValueAsBytes(envelope);
    }

    /// The body as a call of the script function that the client named; as it is when the name is none.
    static Optional<byte[]> asScript(byte[] body, Optional<String> function) {
        return function.filter(name -> FUNCTION.matcher(name).matches())
                .map(name -> name + "(" + new String(body, StandardCharsets.UTF_8) + ");")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }
}
