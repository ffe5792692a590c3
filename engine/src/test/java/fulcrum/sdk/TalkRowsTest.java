package fulcrum.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.action.Actions;
import fulcrum.directory.Json;
import fulcrum.flow.SchemaCheck;
import fulcrum.flow.SchemaWriter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.stream.Stream;

/// The acceptance table on virtual time.
class TalkRowsTest {
    static List<TalkRow> rows() {
        return TalkRows.all();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_row_of_the_talk_holds_on_virtual_time(TalkRow row) {
        assertThat(row.wrong(row.scenario().plays())).isEmpty();
    }

    @Test
    void every_row_of_this_stage_is_there() {
        List<String> wanted =
                List.of(
                        "S1", "S2", "S3", "S4", "S6", "T1", "T2a", "T2b", "T3", "T6", "T7", "T7b",
                        "T7c", "T7d", "T7e", "T8a", "T8b", "T8c", "J4", "J5", "J6", "J12", "J16",
                        "J17", "S5", "T4", "J15", "J3", "J7", "J8", "T5", "J11", "T9", "E1", "E2",
                        "E3", "E4", "E5", "E6", "E8", "E9");
        Stream<String> numbers = rows().stream().map(row -> row.name().split(" ", 2)[0]);
        assertThat(numbers.distinct()).containsExactlyElementsOf(wanted);
        assertThat(rows().stream().map(TalkRow::name)).doesNotHaveDuplicates();
    }

    @Test
    void a_row_that_goes_wrong_says_what() {
        TalkRow row =
                new TalkRow(
                                "X",
                                Scenario.callTo(TalkRows.pivot("/x").toString())
                                        .webServerAnswers(TalkRows.speak("Hi").toString()))
                        .asks("POST /x")
                        .told(0, "To", "999")
                        .toldNothingOf(0, "Caller")
                        .heard("Ho")
                        .isRefused(486)
                        .debugDocuments(1)
                        .receivedKeys("1")
                        .told(1, "To", "12345");
        assertThat(row.wrong(row.scenario().plays())).hasSize(8);
    }

    /// Row S1: what the API adds to a pivot node that only has a URL.
    @Test
    void the_talks_own_callflow_gets_kazoos_defaults_when_it_is_saved() {
        ObjectNode data = Json.object().put("voice_url", "http://your.server/pivot.php");
        ObjectNode schema = SchemaWriter.schema(Actions.catalog().find("pivot").orElseThrow());
        assertThat(new SchemaCheck(url -> true).check(schema, data, "")).isEmpty();
        SchemaCheck.fillDefaults(schema, data);
        assertThat(data)
                .isEqualTo(
                        Json.object(
                                """
                                { "voice_url": "http://your.server/pivot.php", "debug": false, "method": "get",
                                  "req_body_format": "form", "req_format": "kazoo" }"""));
    }
}
