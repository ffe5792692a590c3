package fulcrum.sdk;

import fulcrum.call.HttpAnswer;
import fulcrum.call.Value;
import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// A journal as text: a line of JSON for the header and one for each record.
///
/// The body of an HTTP answer stands once, on a line of its own in front of its first use, and is named by its SHA-256
/// afterwards.
public final class JournalText {
    private static final String BODY = "body";
    private static final String KEPT = "kept-body";

    private JournalText() {}

    /// A journal read back.
    public record Read(JournalHeader header, List<JournalRecord> records) {}

    public static String write(JournalHeader header, List<JournalRecord> records) {
        StringBuilder text = new StringBuilder(Json.MAPPER.writeValueAsString(header)).append('\n');
        Map<String, String> bodies = new HashMap<>();
        for (JournalRecord record : records) {
            // as the declared type, so that the kind of the record is written
            String line = Json.MAPPER.writerFor(JournalRecord.class).writeValueAsString(record);
            text.append(isAnswer(record) ? withoutBody(line, bodies, text) : line).append('\n');
        }
        return text.toString();
    }

    private static String withoutBody(String line, Map<String, String> bodies, StringBuilder text) {
        JsonNode tree = Json.MAPPER.readTree(line);
        if (tree.at("/value/answer") instanceof ObjectNode answer) {
            String body = answer.path(BODY).asString();
            String hash = sha256(body);
            if (bodies.put(hash, body) == null) {
                text.append(Json.object().put(KEPT, hash).put(BODY, body)).append('\n');
            }
            answer.put(BODY, hash);
        }
        return tree.toString();
    }

    /// @throws IllegalArgumentException when it is no journal of this format
    public static Read read(String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("an empty journal");
        }
        JsonNode first = Json.MAPPER.readTree(lines.getFirst());
        if (first.path("format").asInt(0) != JournalHeader.FORMAT) {
            throw new IllegalArgumentException(
                    "a journal of format "
                            + first.path("format")
                            + ", not "
                            + JournalHeader.FORMAT);
        }
        Map<String, String> bodies = new HashMap<>();
        List<JournalRecord> records = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            JsonNode tree = Json.MAPPER.readTree(line);
            if (tree.has(KEPT)) {
                bodies.put(tree.path(KEPT).asString(), tree.path(BODY).asString());
                continue;
            }
            if (tree.at("/value/answer") instanceof ObjectNode answer && answer.has(BODY)) {
                String hash = answer.path(BODY).asString();
                answer.put(BODY, bodies.getOrDefault(hash, hash));
            }
            records.add(Json.MAPPER.treeToValue(tree, JournalRecord.class));
        }
        return new Read(Json.MAPPER.treeToValue(first, JournalHeader.class), List.copyOf(records));
    }

    private static boolean isAnswer(JournalRecord record) {
        return record instanceof JournalRecord.Arrived arrived
                && arrived.value() instanceof Value.Answered answered
                && answered.answer() instanceof HttpAnswer.Response;
    }

    private static String sha256(String body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
