package fulcrum.action;

import static fulcrum.testing.Nodes.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fulcrum.directory.Json;
import fulcrum.flow.ActionCatalog;
import fulcrum.flow.ActionType;
import fulcrum.flow.FlowCheck;
import fulcrum.flow.SchemaCheck;
import fulcrum.flow.SchemaWriter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The data that each action's schema accepts and refuses: our own table, and, where the folder of Kazoo's schemas is
/// given, a comparison of verdicts over generated documents.
///
/// The folder is named by the system property or environment variable `FULCRUM_KAZOO_SCHEMAS`.
class SchemaVerdictTest {
    private static final ActionCatalog ACTIONS = Actions.catalog();
    private static final SchemaCheck CHECK =
            new SchemaCheck(url -> true, SchemaVerdictTest::referred);

    /// One line of a table: the data, and the field and rule it breaks, empty for none.
    record Verdict(String action, JsonNode data, String problem) {}

    /// `verdicts/ACTION.txt`: a line is JSON data, or `field rule: ` in front of data that is refused.
    static Stream<Verdict> verdicts() {
        return ACTIONS.all().stream().flatMap(type -> lines(type.name()).stream());
    }

    private static List<Verdict> lines(String action) {
        List<Verdict> verdicts = new ArrayList<>();
        for (String line : table(action).lines().toList()) {
            if (line.isBlank() || line.startsWith("//")) {
                continue;
            }
            boolean accepted = line.startsWith("ok ");
            int end = accepted ? 2 : line.indexOf(": ");
            String data = line.substring(end + (accepted ? 1 : 2));
            String problem = accepted ? "" : line.substring(0, end);
            verdicts.add(new Verdict(action, Json.MAPPER.readTree(json(data)), problem));
        }
        return verdicts;
    }

    private static String table(String action) {
        try (var stream =
                SchemaVerdictTest.class.getResourceAsStream("/verdicts/" + action + ".txt")) {
            return stream == null
                    ? ""
                    : new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void a_document_of_the_table_gets_its_verdict(Verdict verdict) {
        assertThat(String.join(", ", problems(schema(verdict.action), verdict.data)))
                .isEqualTo(verdict.problem);
    }

    @Test
    void every_action_has_a_table_of_at_least_ten_documents() {
        for (ActionType type : ACTIONS.all()) {
            assertThat(lines(type.name())).as(type.name()).hasSizeGreaterThanOrEqualTo(10);
        }
    }

    @Test
    void every_example_is_valid() {
        for (ActionType type : ACTIONS.all()) {
            JsonNode node = Json.MAPPER.readTree(type.example());
            assertThat(node.toString()).contains("\"module\":\"" + type.name() + "\"");
            assertThat(new FlowCheck(ACTIONS, url -> true).check(node, ""))
                    .as(type.name())
                    .isEmpty();
        }
    }

    private static ObjectNode schema(String action) {
        return SchemaWriter.schema(ACTIONS.find(action).orElseThrow());
    }

    /// Field and rule of each problem.
    private static List<String> problems(JsonNode schema, JsonNode data) {
        return CHECK.check(schema, data, "").stream()
                .map(problem -> problem.fieldPath() + " " + problem.rule())
                .toList();
    }

    /// Kazoo's schemas refer to each other by name; ours stand alone.
    private static Optional<ObjectNode> referred(String name) {
        return kazoo().map(folder -> folder.resolve(name + ".json"))
                .filter(Files::exists)
                .map(SchemaVerdictTest::read);
    }

    private static ObjectNode read(Path file) {
        try {
            return Json.object(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Optional<Path> kazoo() {
        String property = System.getProperty("FULCRUM_KAZOO_SCHEMAS");
        return Optional.ofNullable(
                        property != null ? property : System.getenv("FULCRUM_KAZOO_SCHEMAS"))
                .map(Path::of);
    }

    @Test
    void the_verdict_is_kazoos_on_every_generated_document() throws IOException {
        assumeTrue(kazoo().isPresent(), "FULCRUM_KAZOO_SCHEMAS names no folder");
        Map<String, String> differences = new TreeMap<>();
        int compared = 0;
        for (ActionType type : ACTIONS.all()) {
            Path file = kazoo().orElseThrow().resolve("callflows." + type.name() + ".json");
            ObjectNode theirs = Json.object(Files.readString(file));
            ObjectNode ours = schema(type.name());
            for (JsonNode document : documents(ours, theirs)) {
                List<String> our = problems(ours, document).stream().sorted().toList();
                List<String> their = problems(theirs, document).stream().sorted().toList();
                compared++;
                if (!our.equals(their)) {
                    differences.put(type.name() + " " + document, our + " and not " + their);
                }
            }
            assertThat(defaults(ours)).as(type.name()).isEqualTo(defaults(theirs));
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(2000);
    }

    private static ObjectNode defaults(JsonNode schema) {
        ObjectNode filled = Json.object();
        SchemaCheck.fillDefaults(schema, filled);
        ObjectNode sorted = Json.object();
        new TreeSet<>(filled.propertyNames()).forEach(name -> sorted.set(name, filled.get(name)));
        return sorted;
    }

    /// Documents with one and with two fields of either schema, each with values of every kind and around every limit,
    /// and documents that are no objects.
    private static List<JsonNode> documents(JsonNode ours, JsonNode theirs) {
        TreeSet<String> names = new TreeSet<>(List.of("unknown_field"));
        names.addAll(ours.path("properties").propertyNames());
        names.addAll(theirs.path("properties").propertyNames());
        List<JsonNode> documents = new ArrayList<>(values(List.of()));
        documents.add(Json.object());
        String before = names.last();
        for (String name : names) {
            List<JsonNode> own =
                    values(
                            List.of(
                                    ours.path("properties").path(name),
                                    theirs.path("properties").path(name)));
            for (JsonNode value : own) {
                documents.add(Json.object().set(name, value));
                documents.add(filled(theirs).set(name, value));
                for (JsonNode other : values(List.of(theirs.path("properties").path(before)))) {
                    ObjectNode two = Json.object();
                    two.set(before, other);
                    documents.add(two.set(name, value));
                }
            }
            before = name;
        }
        return documents;
    }

    /// A document with every required field of a plausible type.
    private static ObjectNode filled(JsonNode schema) {
        ObjectNode document = Json.object();
        for (JsonNode name : schema.path("required")) {
            String type = schema.path("properties").path(name.asString()).path("type").asString("");
            switch (type) {
                case "integer" -> document.put(name.asString(), 7);
                case "object" -> document.putObject(name.asString());
                default -> document.put(name.asString(), "en");
            }
        }
        return document;
    }

    /// Values of every kind, and those around what schemas limit.
    private static List<JsonNode> values(List<JsonNode> schemas) {
        List<JsonNode> values = new ArrayList<>();
        String plain =
                "null true false 0 1 -1 7 1.5 1e3 99999999999 {} {'a':1} [] ['1'] ['#','#'] ['x'] [1] [true] ''"
                        + " 'x' '5' 'true' '#' 'en' 'en-US' 'english' 'http://a.example/' 'ftp://a.example/'"
                        + " {'external':{'name':5}} {'external':[]} {'name':5,'number':'5'} 'a@b.example'"
                        + " [{'type':'email','id':'a@b.example'}] [{'type':'user','id':['a@b.example','x']}]"
                        + " [{'type':'x','id':5}] [{'id':'x'}] [{}]";
        for (String text : plain.split(" ")) {
            values.add(Json.MAPPER.readTree(json(text)));
        }
        for (JsonNode schema : schemas) {
            schema.path("enum").forEach(values::add);
            for (JsonNode one : schema.path("items").path("enum")) {
                values.add(Json.MAPPER.createArrayNode().add(one));
            }
            addLimits(values, schema);
        }
        return values;
    }

    private static void addLimits(List<JsonNode> values, JsonNode schema) {
        for (int i = -1; i <= 1; i++) {
            for (String limit : List.of("minimum", "maximum")) {
                if (schema.has(limit)) {
                    values.add(LongNode.valueOf(schema.get(limit).asLong() + i));
                }
            }
            for (String limit : List.of("minLength", "maxLength")) {
                if (schema.has(limit)) {
                    int length = Math.max(0, schema.get(limit).asInt() + i);
                    values.add(StringNode.valueOf("e".repeat(length)));
                }
            }
        }
    }
}
