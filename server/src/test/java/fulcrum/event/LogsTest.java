package fulcrum.event;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// Reads `logback.xml` into a context of its own, so that the tests' log stays as it is.
class LogsTest {
    private final LoggerContext context = new LoggerContext();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @BeforeEach
    void configure() throws JoranException {
        context.setMDCAdapter(new LogbackMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Objects.requireNonNull(Logs.class.getResource("/logback.xml")));
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    /// Everything that is written when a library and we say something at each level.
    private String writtenLines() {
        Logs.lines(context).orElseThrow().writeTo(written);
        context.getLogger("org.eclipse.jetty.Server").info("a library started");
        context.getLogger("org.eclipse.jetty.Server").warn("a library is in trouble");
        context.getLogger("fulcrum.call").debug("detail");
        context.getLogger("fulcrum.call").info("call 1 started");
        Logs.settle(context);
        return written.toString(StandardCharsets.UTF_8);
    }

    @Test
    void text_has_a_line_for_our_changes_of_state_and_for_warnings_of_libraries() {
        Logs.use(Logs.Format.TEXT, context);

        assertThat(writtenLines().lines().map(line -> line.replaceFirst("^[0-9-]+T[0-9:.]+Z ", "")))
                .containsExactly(
                        "WARN  Server: a library is in trouble", "INFO  call: call 1 started");
    }

    @Test
    void json_has_the_same_lines_as_objects() {
        Logs.use(Logs.Format.JSON, context);

        assertThat(writtenLines().lines())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("{\"time\":").contains("in trouble"),
                        second -> assertThat(second).contains("\"message\":\"call 1 started\"}"));
    }

    @Test
    void quiet_leaves_warnings_only() {
        Logs.quiet(context);

        assertThat(writtenLines().lines())
                .hasSize(1)
                .first()
                .asString()
                .endsWith("WARN  Server: a library is in trouble");
    }

    @Test
    void when_the_process_ends_its_lines_are_written_and_more_may_follow() {
        Logs.lines(context).orElseThrow().writeTo(written);
        LastLines last = new LastLines();
        last.setContext(context);

        context.getLogger("fulcrum.call").info("call 1 started");
        last.run();
        assertThat(written.toString(StandardCharsets.UTF_8)).endsWith("call 1 started\n");
        context.getLogger("fulcrum.call").info("call 1 ended");
        Logs.settle(context);
        assertThat(written.toString(StandardCharsets.UTF_8)).endsWith("call 1 ended\n");
    }

    @Test
    void a_line_has_its_time_in_utc_with_milliseconds_and_an_error_its_stack() {
        Logs.lines(context).orElseThrow().writeTo(written);
        context.getLogger("fulcrum.call").error("it broke", new IllegalStateException("why"));
        Logs.settle(context);

        assertThat(written.toString(StandardCharsets.UTF_8).lines().limit(3))
                .satisfiesExactly(
                        line ->
                                assertThat(line)
                                        .matches(
                                                "20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"
                                                        + " ERROR call: it broke"),
                        line -> assertThat(line).isEqualTo("java.lang.IllegalStateException: why"),
                        line -> assertThat(line).startsWith("\tat "));
    }

    @Test
    void a_log_of_somebody_else_is_left_alone() {
        LoggerContext other = new LoggerContext();
        Logs.use(Logs.Format.JSON, other);
        Logs.settle(other);

        assertThat(Logs.lines(other)).isEmpty();
    }
}
