package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.CallEvent;
import fulcrum.call.HangupCause;
import fulcrum.call.HttpAnswer;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

/// What becomes of each kind of answer.
class PivotAnswerTest {
    private static final String PIVOT =
            node("pivot", "{'voice_url':'http://handler.example/a'}", early("sorry"));
    private static final String WITHOUT_CHILD =
            node("pivot", "{'voice_url':'http://handler.example/a'}");
    private static final String HELLO = early("hello");

    private static Outcome answered(String flow, int status, String type, String body) {
        Outcome outcome = Scenario.callTo(flow).webServerAnswersAt("", status, type, body).plays();
        assertThat(outcome.crashes()).isEmpty();
        return outcome;
    }

    private static Outcome answered(String body) {
        return answered(PIVOT, 200, "application/json", json(body));
    }

    private static void isUsed(Outcome outcome) {
        assertThat(outcome.heard()).containsExactly("hello");
    }

    private static void isRefused(Outcome outcome, String problem) {
        assertThat(outcome.heard()).containsExactly("sorry");
        assertThat(outcome.lasted()).isEqualTo(Duration.ofSeconds(2));
        assertThat(outcome.events(CallEvent.Exchanged.class).getFirst().problem())
                .contains(problem);
        assertThat(outcome.notices().getFirst().message()).contains(problem);
        assertThat(outcome.notices().getFirst().path()).isEmpty();
    }

    @Test
    void a_flow_takes_the_place_of_the_pivot_whose_own_child_never_runs() {
        Outcome outcome = answered("{'module':'noop','data':{},'children':{'_':" + HELLO + "}}");
        isUsed(outcome);
        assertThat(outcome.notices()).isEmpty();
        assertThat(outcome.events(CallEvent.Exchanged.class).getFirst().problem()).isEmpty();
    }

    @Test
    void what_an_outer_flow_left_behind_follows_the_returned_flow() {
        String outer = node("callflow", "{'id':'inner'}", early("after"));
        Outcome outcome =
                Scenario.callTo(outer)
                        .document(
                                "callflow", "inner", "{\"numbers\":[\"x\"],\"flow\":" + PIVOT + "}")
                        .webServerAnswers(HELLO)
                        .plays();
        assertThat(outcome.heard()).containsExactly("hello", "after");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 203, 206, 299})
    void any_2xx_with_a_body_is_read(int status) {
        isUsed(answered(PIVOT, status, "application/json", HELLO));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 302, 304, 400, 401, 404, 500, 503, 600})
    void any_other_status_runs_the_child_even_with_a_flow_in_the_body(int status) {
        isRefused(
                answered(PIVOT, status, "application/json", HELLO),
                "answered with status " + status);
    }

    @Test
    void without_a_child_a_failure_ends_the_call() {
        Outcome outcome = answered(WITHOUT_CHILD, 500, "", "");
        assertThat(outcome.heard()).isEmpty();
        assertThat(outcome.ending().byPerson()).isFalse();
        assertThat(outcome.ending().cause()).isEqualTo(HangupCause.NORMAL_CLEARING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \r\n\t"})
    void a_200_without_a_word_hangs_up_and_runs_no_child(String body) {
        Outcome outcome = answered(PIVOT, 200, "text/html", body);
        assertThat(outcome.heard()).isEmpty();
        assertThat(outcome.lasted()).isZero();
        assertThat(outcome.ending().byPerson()).isFalse();
    }

    @Test
    void a_200_without_a_word_also_ends_what_an_outer_flow_left_behind() {
        String outer = node("callflow", "{'id':'inner'}", early("after"));
        Outcome outcome =
                Scenario.callTo(outer)
                        .document(
                                "callflow", "inner", "{\"numbers\":[\"x\"],\"flow\":" + PIVOT + "}")
                        .webServerAnswersAt("", 200, "", "")
                        .plays();
        assertThat(outcome.heard()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 204, 206})
    void any_other_2xx_without_a_body_is_a_failure(int status) {
        isRefused(answered(PIVOT, status, "", ""), "status " + status + " and no body");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON; charset=utf-8",
                "  application/json ;x=y",
                "application/vnd.api+json",
                "text/html",
                "text/html; charset=iso-8859-1",
                "text/plain",
                "application/octet-stream",
                ""
            })
    void json_is_read_under_every_type_but_xml(String type) {
        isUsed(answered(PIVOT, 200, type, HELLO));
    }

    @Test
    void a_byte_order_mark_and_blanks_around_the_flow_are_harmless() {
        isUsed(answered(PIVOT, 200, "application/json", "\uFEFF\n  " + HELLO + "\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/xml", "application/xml; charset=utf-8", "TEXT/XML"})
    void json_under_an_xml_type_is_refused_with_the_right_type(String type) {
        isRefused(answered(PIVOT, 200, type, HELLO), "application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/xml", "text/html", ""})
    void twiml_is_refused_with_an_explanation(String type) {
        isRefused(answered(PIVOT, 200, type, "\n<Response><Say>Hi</Say></Response>"), "TwiML");
    }

    @Test
    void markup_under_the_json_type_is_broken_json() {
        isRefused(
                answered(PIVOT, 200, "application/json", "<br />\n{}"),
                "invalid JSON at line 1, column 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"module\":\"noop\",\"data\":{} | invalid JSON at line 1, column 27",
                "{'module':'noop'} | invalid JSON at line 1, column 2",
                "{\"module\":\"noop\",\"data\":{}} more | trailing data at line 1, column 28",
                "{\"module\":\"noop\",\"data\":{}}{} | trailing data at line 1, column 28",
                "nonsense | invalid JSON at line 1"
            })
    void broken_json_is_refused_with_its_place(String body, String problem) {
        isRefused(answered(PIVOT, 200, "application/json", body), problem);
    }

    @Test
    void the_place_is_counted_in_lines() {
        isRefused(
                answered(PIVOT, 200, "", "{\n  \"module\": \"noop\",\n  \"data\" {}\n}"),
                "invalid JSON at line 3, column 10");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{'module':'noop','data':{}}] | /: Value did not match type(s): object",
                "\"noop\" | /: Value did not match type(s): object",
                "7 | /: Value did not match type(s): object",
                "null | /: Value did not match type(s): object",
                "{} | /module: Field is required but missing",
                "{'data':{}} | /module: Field is required but missing",
                "{'module':7,'data':{}} | /module: Value did not match type(s): string",
                "{'module':'nonsense','data':{}} | module nonsense at line 1, column 11",
                "{'module':'noop','data':[]} | /data: Value did not match type(s): object",
                "{'module':'tts','data':{'text':7}} | /data/text: Value did not match",
                "{'module':'sleep','data':{'duration':{}}} | /data/duration: Value did not match",
                "{'module':'noop','data':{},'children':{'_':{'module':'play','data':{'id':5}}}}"
                        + " | /children/_/data/id: Value did not match type(s): string at line 1,",
                "{'module':'noop','data':{},'children':[]} | /children: Value did not match"
            })
    void json_that_is_no_usable_flow_is_refused_with_its_pointer(String body, String problem) {
        isRefused(answered(body), problem);
    }

    @Test
    void a_node_without_data_is_as_good_as_one_with_empty_data() {
        isUsed(answered("{'module':'noop','children':{'_':" + HELLO + "}}"));
    }

    @Test
    void numbers_and_booleans_written_as_texts_are_repaired_with_a_warning() {
        Outcome outcome =
                answered(
                        "{'module':'sleep','data':{'duration':'3','skip_module':'false'},"
                                + "'children':{'_':"
                                + HELLO
                                + "}}");
        assertThat(outcome.heard()).containsExactly("hello");
        assertThat(outcome.lasted()).isEqualTo(Duration.ofSeconds(3 + 2));
        assertThat(outcome.notices().stream().map(CallEvent.Noticed::message))
                .containsExactlyInAnyOrder(
                        "/data/duration (line 1, column 38): write 3, not \"3\"",
                        "/data/skip_module (line 1, column 56): write false, not \"false\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'3s'", "' 3'", "''", "'three'", "'3.5'", "[3]", "true", "null"})
    void nothing_else_is_repaired(String duration) {
        isRefused(
                answered("{'module':'sleep','data':{'duration':" + duration + "}}"),
                "/data/duration");
    }

    @Test
    void a_repaired_value_must_still_fit() {
        isRefused(
                answered("{'module':'collect_dtmf','data':{'max_digits':'0'}}"),
                "/data/max_digits: Value must be at least 1");
    }

    @Test
    void the_old_name_of_speech_is_understood_with_a_warning() {
        Outcome outcome = answered("{'module':'say','data':{'text':'Hello'}}");
        assertThat(outcome.heard()).containsExactly("Hello");
        assertThat(outcome.notices().getFirst().message())
                .isEqualTo("/module (line 1, column 11): the module say is called tts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"voicemail", "park", "conference"})
    void an_action_of_kazoo_that_is_yet_to_come_is_skipped_and_told(String module) {
        Outcome outcome =
                answered(
                        "{'module':'"
                                + module
                                + "','data':{'endpoints':['d1']},'children':{'_':"
                                + HELLO
                                + "}}");
        isUsed(outcome);
        assertThat(outcome.notices().toString()).contains("Fulcrum does not yet");
    }

    @Test
    void a_flow_that_leads_to_a_forbidden_url_is_refused_as_a_whole() {
        String nested = "{'module':'pivot','data':{'voice_url':'http://localhost/x'}}";
        Outcome outcome =
                Scenario.callTo(PIVOT)
                        .forbids("http://localhost")
                        .webServerAnswers(
                                json(
                                        "{'module':'play','data':{'id':'first'},'children':{'_':"
                                                + nested
                                                + "}}"))
                        .plays();
        isRefused(outcome, "/children/_/data/voice_url: invalid client URL");
        assertThat(outcome.requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(HttpAnswer.Kind.class)
    void every_failure_of_the_network_runs_the_child_at_once(HttpAnswer.Kind kind) {
        Outcome outcome =
                Scenario.callTo(PIVOT)
                        .webServerAnswers(new HttpAnswer.Unanswered(kind, "for a reason"))
                        .plays();
        isRefused(outcome, "no usable answer: for a reason");
    }

    @Test
    void a_handler_that_takes_too_long_is_given_up_at_the_time_out() {
        String brief =
                node(
                        "pivot",
                        "{'voice_url':'http://handler.example/a','req_timeout_ms':1500}",
                        early("sorry"));
        Outcome outcome =
                Scenario.callTo(brief)
                        .webServerAnswers(HELLO)
                        .handlerTakes(Duration.ofSeconds(3))
                        .plays();
        assertThat(outcome.heard()).containsExactly("sorry");
        assertThat(outcome.lasted()).isEqualTo(Duration.ofMillis(1500 + 2000));
    }

    @Test
    void a_caller_who_leaves_before_the_answer_leaves_nothing_to_carry_out() {
        Outcome outcome =
                Scenario.callTo(node("answer", "{}", PIVOT))
                        .webServerAnswers(HELLO)
                        .handlerTakes(Duration.ofSeconds(3))
                        .waits(Duration.ofSeconds(1))
                        .hangsUp()
                        .plays();
        assertThat(outcome.heard()).isEmpty();
        assertThat(outcome.lasted()).isEqualTo(Duration.ofSeconds(1));
        assertThat(outcome.events(CallEvent.Exchanged.class)).isEmpty();
        assertThat(outcome.crashes()).isEmpty();
    }

    @Test
    void the_time_that_an_exchange_took_is_told() {
        Outcome outcome =
                Scenario.callTo(PIVOT)
                        .webServerAnswers(HELLO)
                        .handlerTakes(Duration.ofSeconds(3))
                        .plays();
        assertThat(outcome.events(CallEvent.Exchanged.class).getFirst().took())
                .isEqualTo(Duration.ofSeconds(3));
    }
}
