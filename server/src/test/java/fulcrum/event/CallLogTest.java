package fulcrum.event;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import fulcrum.call.HttpAnswer;
import fulcrum.directory.Json;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

class CallLogTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("fulcrum.call");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final CallLog log = new CallLog();

    @BeforeEach
    void listen() {
        lines.start();
        logger.setAdditive(false);
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    private List<String> said() {
        return lines.list.stream()
                .map(line -> line.getLevel() + " " + line.getFormattedMessage())
                .toList();
    }

    @Test
    void each_change_of_state_is_one_line_with_the_calls_id() {
        HttpAnswer good = new HttpAnswer.Response(200, Map.of(), "{}", "http://x/");
        log.emit(Events.started());
        log.emit(Events.answered());
        log.emit(Events.entered());
        log.emit(Events.exchanged(good, ""));
        log.emit(Events.pivotDebug(1));
        log.emit(Events.ended());

        assertThat(said())
                .containsExactly(
                        "INFO call call@1 started: 1001 calls +14155550100 in account acme",
                        "INFO call call@1 answered",
                        "INFO call call@1 ended after 12 s: NORMAL_CLEARING, the caller hung up");
    }

    @Test
    void what_is_not_right_is_a_warning() {
        HttpAnswer none = new HttpAnswer.Unanswered(HttpAnswer.Kind.TIMEOUT, "too late");
        log.emit(Events.noticed("max_digits: must be at least 1, was 0"));
        log.emit(Events.exchanged(none, "the handler did not answer within 5 s"));

        assertThat(said())
                .containsExactly(
                        "WARN call call@1 at children._: max_digits: must be at least 1, was 0",
                        "WARN call call@1 the handler did not answer within 5 s");
    }

    @Test
    void passwords_and_query_strings_of_urls_are_left_out() {
        log.emit(Events.noticed("http://user:secret@host/x?token=secret&a=b is not reachable"));

        assertThat(said())
                .containsExactly(
                        "WARN call call@1 at children._: http://host/x?… is not reachable");
    }

    @Test
    void braces_are_written_as_they_are() {
        log.emit(Events.noticed("{\"module\":\"play\",\"data\":{}} is odd"));

        assertThat(said())
                .containsExactly(
                        "WARN call call@1 at children._: {\"module\":\"play\",\"data\":{}} is odd");
    }

    @Test
    void nothing_is_said_of_what_nobody_wants_to_hear() {
        logger.setLevel(Level.ERROR);

        log.emit(Events.started());
        log.emit(Events.noticed("x"));

        assertThat(said()).isEmpty();
    }

    @Test
    void nobody_can_begin_a_new_line() {
        log.emit(Events.noticed("a\r\nERROR call x: forged\u2028\u001b[31m"));
        log.emit(Events.noticed("a\u0085b\u007fc"));
        log.emit(Events.started("evil\ncall"));

        assertThat(said().getFirst()).endsWith("a??ERROR call x: forged??[31m");
        assertThat(said().get(1)).endsWith("a?b?c");
        assertThat(said().getLast()).startsWith("INFO call evil?call started");
    }

    @Test
    void the_way_through_the_flow_is_told_when_asked_for() {
        logger.setLevel(Level.DEBUG);

        log.emit(Events.entered());

        assertThat(said()).containsExactly("DEBUG call call@1 at children._: play");
    }

    @Test
    void a_line_of_json_has_the_ids_by_name() {
        log.emit(Events.answered());

        byte[] encoded = new JsonLines().encode(lines.list.getFirst());
        String line = new String(encoded, StandardCharsets.UTF_8);
        assertThat(line).endsWith("}\n").hasLineCount(1);
        ObjectNode json = Json.object(line);
        assertThat(json.propertyNames())
                .containsExactly(
                        "time", "level", "logger", "thread", "message", "call_id", "account_id");
        assertThat(json.get("call_id").asString()).isEqualTo("call@1");
        assertThat(json.get("message").asString()).isEqualTo("call call@1 answered");
        assertThat(json.get("time").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*Z");
    }

    @Test
    void a_line_of_json_has_the_whole_error_in_one_line() {
        logger.error("it broke", new IllegalStateException("first line\nsecond line"));

        String line =
                new String(new JsonLines().encode(lines.list.getFirst()), StandardCharsets.UTF_8);
        assertThat(line.strip()).hasLineCount(1);
        assertThat(Json.object(line).get("error").asString())
                .contains("IllegalStateException: first line\nsecond line", "CallLogTest");
    }
}
