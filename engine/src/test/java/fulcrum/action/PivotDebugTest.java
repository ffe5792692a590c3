package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.CallEvent;
import fulcrum.call.HttpAnswer;
import fulcrum.directory.Json;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// The documents of the debug store (pivot.md §12.1).
class PivotDebugTest {
    private static String pivot(boolean debug) {
        return node(
                "pivot",
                "{'voice_url':'http://handler.example/A','method':'post','debug':" + debug + "}");
    }

    private static List<ObjectNode> documents(Scenario scenario) {
        Outcome outcome = scenario.plays();
        assertThat(outcome.crashes()).isEmpty();
        return outcome.events(CallEvent.PivotDebug.class).stream()
                .map(CallEvent.PivotDebug::document)
                .toList();
    }

    private static List<ObjectNode> documents(boolean debug, int status, String body) {
        return documents(
                Scenario.callTo(pivot(debug))
                        .webServerAnswersAt("", status, "application/json", json(body)));
    }

    @Test
    void without_debug_a_good_answer_leaves_nothing() {
        assertThat(documents(false, 200, early("hello"))).isEmpty();
    }

    @Test
    void with_debug_the_request_and_the_response_are_kept() {
        List<ObjectNode> kept = documents(true, 200, early("Hello"));
        assertThat(kept).hasSize(2);
        ObjectNode request = kept.getFirst();
        assertThat(request.propertyNames())
                .containsExactlyInAnyOrder(
                        "call_id", "iteration", "uri", "method", "req_headers", "req_body");
        assertThat(request.path("call_id").asString()).isEqualTo("call-1@caller");
        assertThat(request.path("iteration").intValue()).isEqualTo(1);
        assertThat(request.path("uri").asString()).isEqualTo("http://handler.example/A");
        assertThat(request.path("method").asString()).isEqualTo("post");
        assertThat(request.path("req_body").asString()).contains("Caller-ID-Name=Ann+Lee");
        assertThat(request.path("req_headers"))
                .isEqualTo(
                        Json.object(json("{'content-type':'application/x-www-form-urlencoded'}")));
        ObjectNode response = kept.get(1);
        assertThat(response.propertyNames())
                .containsExactlyInAnyOrder(
                        "call_id", "iteration", "resp_status_code", "resp_headers", "resp_body");
        assertThat(response.path("resp_status_code"))
                .isEqualTo(Json.object("{\"s\":\"200\"}").get("s"));
        assertThat(response.path("resp_body").asString()).isEqualTo(early("Hello"));
        assertThat(response.path("resp_headers"))
                .isEqualTo(Json.object(json("{'content-type':'application/json'}")));
    }

    @Test
    void names_and_values_of_headers_are_kept_in_lower_case() {
        Scenario scenario =
                Scenario.callTo(pivot(true))
                        .webServerAnswersAt("", 200, "Application/JSON; X=Y", early("hello"));
        assertThat(documents(scenario).get(1).path("resp_headers").path("content-type").asString())
                .isEqualTo("application/json; x=y");
    }

    @Test
    void a_get_is_kept_with_its_query_and_an_empty_body() {
        String get = node("pivot", "{'voice_url':'http://handler.example/a','debug':true}");
        ObjectNode request =
                documents(Scenario.callTo(get).webServerAnswers(early("hello"))).getFirst();
        assertThat(request.path("uri").asString())
                .startsWith("http://handler.example/a?Account-ID=");
        assertThat(request.path("method").asString()).isEqualTo("get");
        assertThat(request.path("req_body").asString("none")).isEmpty();
    }

    @Test
    void a_chained_pivot_counts_from_one_again() {
        Scenario scenario =
                Scenario.callTo(pivot(true))
                        .webServerAnswersAt("/A", pivot(true).replace("/A", "/b"))
                        .webServerAnswersAt("/b", early("hello"));
        assertThat(documents(scenario).stream().map(one -> one.path("iteration").intValue()))
                .containsExactly(1, 1, 1, 1);
    }

    @Test
    void a_bad_status_is_the_response_with_a_reason_when_debugging_and_a_record_of_its_own_else() {
        List<ObjectNode> debugging = documents(true, 404, "");
        assertThat(debugging).hasSize(2);
        assertThat(debugging.get(1).path("resp_status_code").asString()).isEqualTo("404");
        assertThat(debugging.get(1).path("reason").asString()).contains("404");
        List<ObjectNode> quiet = documents(false, 404, "");
        assertThat(quiet).hasSize(1);
        assertThat(quiet.getFirst().path("resp_status_code").asString()).isEqualTo("404");
        assertThat(quiet.getFirst().path("reason").asString()).contains("404");
    }

    @Test
    void broken_json_is_always_recorded_with_what_stands_around_it() {
        String body = "{'module':'tts',\n 'data' {}}";
        for (boolean debug : List.of(true, false)) {
            ObjectNode error = documents(debug, 200, body).getLast();
            JsonNode json = error.path("json_errors");
            assertThat(json.path("message").asString()).isEqualTo("invalid JSON");
            assertThat(json.path("before").asString() + json.path("after").asString())
                    .isEqualTo(json(body));
            assertThat(json.path("before").asString()).endsWith("\"data\" ");
            assertThat(json.path("line").intValue()).isEqualTo(2);
            assertThat(json.path("column").intValue()).isEqualTo(9);
            assertThat(json.path("pointer").asString()).isEqualTo("/data");
            assertThat(error.path("resp_body").asString()).isEqualTo(json(body));
            assertThat(error.path("iteration").intValue()).isEqualTo(1);
        }
        assertThat(documents(true, 200, body)).hasSize(3);
        assertThat(
                        documents(false, 200, "{'module':'noop'} x")
                                .getFirst()
                                .path("json_errors")
                                .path("message")
                                .asString())
                .isEqualTo("trailing data");
    }

    @Test
    void a_flow_that_breaks_rules_is_always_recorded_by_field_and_rule() {
        String body =
                "{'module':'collect_dtmf',\n'data':{'max_digits':'many','timeout':0},\n"
                        + "'children':{'a.b':{'module':'noone'}}}";
        ObjectNode error = documents(false, 200, body).getFirst();
        JsonNode errors = error.path("schema_errors");
        assertThat(errors.propertyNames())
                .containsExactlyInAnyOrder(
                        "data.max_digits", "data.timeout", "children.a%2Eb.module");
        JsonNode digits = errors.path("data.max_digits").path("type");
        assertThat(digits.path("message").asString())
                .isEqualTo("Value did not match type(s): integer");
        assertThat(digits.path("value").asString()).isEqualTo("many");
        assertThat(digits.path("target").asString()).isEqualTo("integer");
        assertThat(digits.path("pointer").asString()).isEqualTo("/data/max_digits");
        assertThat(digits.path("line").intValue()).isEqualTo(2);
        assertThat(digits.path("column").intValue()).isEqualTo(22);
        assertThat(errors.path("data.timeout").has("minimum")).isTrue();
        assertThat(errors.path("children.a%2Eb.module").path("error").path("line").intValue())
                .isEqualTo(3);
        assertThat(error.path("resp_body").asString()).isEqualTo(json(body));
    }

    @Test
    void a_field_that_is_missing_is_placed_where_it_should_be() {
        String body = "{'module':'noop',\n'children':{'_':\n {'data':{}}}}";
        JsonNode missing =
                documents(false, 200, body)
                        .getFirst()
                        .path("schema_errors")
                        .path("children._.module")
                        .path("required");
        assertThat(missing.path("line").intValue()).isEqualTo(3);
        assertThat(missing.path("column").intValue()).isEqualTo(2);
    }

    @Test
    void a_repair_shows_the_right_spelling_in_the_response_record() {
        String body = "{'module':'sleep','data':{'duration':'1'}}";
        JsonNode warnings = documents(true, 200, body).get(1).path("warnings");
        assertThat(warnings)
                .isEqualTo(
                        Json.MAPPER.readTree(
                                "[{\"pointer\":\"/data/duration\",\"line\":1,\"column\":38,"
                                        + "\"message\":\"write 1, not \\\"1\\\"\"}]"));
        assertThat(documents(false, 200, body)).isEmpty();
    }

    @Test
    void a_failure_of_the_network_leaves_the_request_and_a_reason() {
        HttpAnswer refused =
                new HttpAnswer.Unanswered(HttpAnswer.Kind.REFUSED, "nobody answers there");
        List<ObjectNode> kept = documents(Scenario.callTo(pivot(true)).webServerAnswers(refused));
        assertThat(kept).hasSize(2);
        assertThat(kept.get(1).path("failure").asString()).isEqualTo("refused");
        assertThat(kept.get(1).path("reason").asString()).contains("nobody answers there");
        assertThat(documents(Scenario.callTo(pivot(false)).webServerAnswers(refused))).hasSize(1);
    }
}
