package fulcrum.api;

import fulcrum.directory.Json;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Makes envelope, data and files of a request body, by its content type (REST conventions §4).
final class BodyReader {
    private static final ObjectReader STRICT =
            Json.MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Incoming incoming;
    private final long unixSeconds;

    BodyReader(Incoming incoming, long unixSeconds) {
        this.incoming = incoming;
        this.unixSeconds = unixSeconds;
    }

    ApiBody read(byte[] bytes) {
        if (bytes.length == 0) {
            return ApiBody.EMPTY;
        }
        String given = incoming.header("Content-Type").orElse("application/json");
        String type = given.split(";")[0].strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "application/json", "application/x-json", "text/json", "" -> json(bytes);
            case "application/x-www-form-urlencoded" -> form(bytes);
            case "multipart/form-data", "multipart/mixed" -> multipart(bytes, given);
            default -> new ApiBody(Json.object(), Json.object(), List.of(file(type, bytes)));
        };
    }

    private static ApiBody json(byte[] bytes) {
        JsonNode root;
        try {
            root = STRICT.readTree(bytes);
        } catch (JacksonException malformed) {
            throw notJson(malformed.getOriginalMessage());
        }
        if (root.isMissingNode()) {
            return ApiBody.EMPTY;
        }
        if (!(root instanceof ObjectNode object)) {
            throw notJson("All JSON must be valid");
        }
        return enveloped(object);
    }

    private static Refusal notJson(String message) {
        return Refusal.invalid(
                Violation.of(List.of("json"), "invalid", message).with("target", "body"));
    }

    /// Envelope keys are lower-cased, dashes become underscores, null values are dropped; `data` must be there.
    private static ApiBody enveloped(ObjectNode root) {
        ObjectNode envelope = Json.object();
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (!field.getValue().isNull()) {
                String key = field.getKey().toLowerCase(Locale.ROOT).replace('-', '_');
                envelope.set(key, field.getValue());
            }
        }
        if (envelope.isEmpty()) {
            return ApiBody.EMPTY;
        }
        JsonNode data = envelope.remove("data");
        if (data == null) {
            throw Refusal.invalid(
                    Violation.of("data", "required", "Field is required but missing")
                            .with("value", root));
        }
        if (!data.isObject() && !data.isArray()) {
            throw Refusal.invalid(
                    Violation.of("data", "type", "Value did not match type(s): object,array")
                            .with("target", "object,array")
                            .with("value", data));
        }
        return new ApiBody(envelope, data, List.of());
    }

    /// A form; when the body is really JSON, as a bare `curl -d` sends it, it is read as JSON.
    private static ApiBody form(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.stripLeading().startsWith("{")) {
            return json(bytes);
        }
        ObjectNode data = Json.object();
        for (Map.Entry<String, String> field : Incoming.parametersOf(text).entrySet()) {
            data.set(field.getKey(), StringNode.valueOf(field.getValue()));
        }
        return new ApiBody(Json.object(), data, List.of());
    }

    private ApiBody multipart(byte[] bytes, String contentType) {
        ObjectNode envelope = Json.object();
        JsonNode data = Json.object();
        List<UploadedFile> files = new ArrayList<>();
        for (Multipart.Part part : Multipart.parts(bytes, contentType)) {
            String type = part.contentType().split(";")[0].strip().toLowerCase(Locale.ROOT);
            if (type.equals("application/json") || type.equals("application/x-json")) {
                ApiBody inner = json(part.content());
                envelope.setAll(inner.envelope());
                data = inner.data();
            } else if (part.isFile()) {
                byte[] content = part.isBase64() ? decoded(part.content()) : part.content();
                files.add(new UploadedFile(part.filename(), type, content));
            } else if (data instanceof ObjectNode object) {
                object.put(part.name(), new String(part.content(), StandardCharsets.UTF_8));
            }
        }
        return new ApiBody(envelope, data, files);
    }

    private UploadedFile file(String type, byte[] bytes) {
        String name = incoming.query("filename").orElse("uploaded_file_" + unixSeconds);
        boolean base64 = type.equals("application/base64") || type.equals("application/x-base64");
        if (!base64) {
            return new UploadedFile(name, type, bytes);
        }
        String text = new String(bytes, StandardCharsets.US_ASCII).strip();
        String inner = type;
        int comma = text.indexOf(',');
        if (text.startsWith("data:") && comma > 0) {
            inner = text.substring("data:".length(), comma).split(";")[0];
            text = text.substring(comma + 1);
        }
        return new UploadedFile(name, inner, decoded(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static byte[] decoded(byte[] base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException broken) {
            throw Refusal.invalid(
                    Violation.of("file", "encoding", "file is not base64").with("cause", "base64"));
        }
    }
}
