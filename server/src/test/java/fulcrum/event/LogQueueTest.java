package fulcrum.event;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

@Timeout(60)
class LogQueueTest {
    private final LoggerContext context = new LoggerContext();
    private final Logger logger = context.getLogger("fulcrum.call");
    private final ScriptedWaits waits = new ScriptedWaits();
    private final LogQueue queue = new LogQueue(waits);
    private final Written written = new Written();

    /// Whoever reads the log: may be stuck.
    private static final class Written extends OutputStream {
        final Semaphore writing = new Semaphore(0);
        final Semaphore goOn = new Semaphore(Integer.MAX_VALUE / 2);
        final List<String> writes = new ArrayList<>();

        @Override
        public void write(int each) {
            write(new byte[] {(byte) each}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            writing.release();
            goOn.acquireUninterruptibly();
            synchronized (writes) {
                writes.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
            }
        }

        List<String> writes() {
            synchronized (writes) {
                return List.copyOf(writes);
            }
        }

        List<String> lines() {
            return String.join("", writes()).lines().toList();
        }

        void stick() {
            goOn.drainPermits();
        }

        void goOn() {
            goOn.release(Integer.MAX_VALUE / 2);
        }
    }

    @BeforeEach
    void start() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%level [%thread] %msg%n");
        encoder.start();
        queue.setContext(context);
        queue.setEncoder(encoder);
        queue.writeTo(written);
        queue.start();
        logger.addAppender(queue);
        waits.awaitSleep();
    }

    @AfterEach
    void stop() {
        written.goOn();
        context.stop();
    }

    private static String line(String text) {
        return text.replaceFirst(" ", " [" + Thread.currentThread().getName() + "] ");
    }

    @Test
    void lines_that_come_together_are_written_together_in_order() {
        logger.info("first");
        waits.awaitRest();
        for (int i = 0; i < 5; i++) {
            logger.info("line {}", i);
        }
        waits.endWait();
        waits.awaitRest();

        assertThat(written.writes()).hasSize(2);
        assertThat(written.lines())
                .containsExactly(
                        line("INFO first"),
                        line("INFO line 0"),
                        line("INFO line 1"),
                        line("INFO line 2"),
                        line("INFO line 3"),
                        line("INFO line 4"));
        assertThat(waits.wakes).hasValue(1);
    }

    @Test
    void an_error_is_written_at_once_with_what_was_said_before_it() {
        logger.info("first");
        waits.awaitRest();
        logger.warn("it may break");
        assertThat(written.writes()).hasSize(1);
        logger.error("it broke");
        waits.awaitRest();

        assertThat(written.lines())
                .containsExactly(
                        line("INFO first"), line("WARN it may break"), line("ERROR it broke"));
        assertThat(waits.wakes).hasValue(2);
    }

    @Test
    void what_is_said_does_not_change_any_more() {
        logger.info("first");
        waits.awaitRest();
        StringBuilder text = new StringBuilder("as it was");
        logger.info("{}", text);
        text.append(", and later");
        queue.settle();

        assertThat(written.lines()).last().isEqualTo(line("INFO as it was"));
    }

    @Test
    void stopping_writes_what_waits() {
        logger.info("first");
        waits.awaitRest();
        logger.info("last");
        context.stop();

        assertThat(written.lines()).containsExactly(line("INFO first"), line("INFO last"));
    }

    @Test
    void news_are_dropped_before_warnings_when_nobody_reads_and_how_many_is_told()
            throws InterruptedException {
        written.stick();
        logger.info("first");
        written.writing.acquire();
        for (int i = 0; i < LogQueue.ROOM_FOR_NEWS + 3; i++) {
            logger.info("news");
        }
        int depth = queue.depth();
        for (int i = 0; i < LogQueue.CAPACITY - LogQueue.ROOM_FOR_NEWS + 2; i++) {
            logger.warn("trouble");
        }

        assertThat(depth).isEqualTo(LogQueue.ROOM_FOR_NEWS);
        assertThat(queue.depth()).isEqualTo(LogQueue.CAPACITY);
        assertThat(queue.dropped()).isEqualTo(5);
        written.goOn();
        queue.settle();
        logger.info("again");
        queue.settle();
        assertThat(count("news")).isEqualTo(LogQueue.ROOM_FOR_NEWS);
        assertThat(count("trouble")).isEqualTo(LogQueue.CAPACITY - LogQueue.ROOM_FOR_NEWS);
        assertThat(written.lines().subList(LogQueue.CAPACITY + 1, LogQueue.CAPACITY + 3))
                .containsExactly(
                        "WARN [log] 5 log lines were dropped, whoever reads them is too slow",
                        line("INFO again"));
    }

    private long count(String text) {
        return written.lines().stream().filter(line -> line.endsWith(text)).count();
    }

    @Test
    void a_line_that_cannot_be_put_in_writing_does_not_keep_the_next_from_it() {
        queue.setEncoder(
                new PatternLayoutEncoder() {
                    @Override
                    public byte[] encode(ILoggingEvent event) {
                        if (event.getLevel().equals(Level.WARN)) {
                            throw new IllegalStateException("a bug");
                        }
                        return event.getMessage().getBytes(StandardCharsets.UTF_8);
                    }
                });
        logger.warn("cannot be written");
        logger.info("can");
        queue.settle();

        assertThat(written.lines()).containsExactly("can");
    }

    @Test
    void without_an_encoder_it_does_not_start() {
        LogQueue none = new LogQueue();
        none.setContext(context);
        none.start();

        assertThat(none.isStarted()).isFalse();
        assertThat(none.depth()).isZero();
        none.settle();
        none.stop();
    }

    @Test
    void it_writes_to_standard_error_unless_told_otherwise() {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        PrintStream before = System.err;
        LogQueue usual = new LogQueue();
        usual.setContext(context);
        usual.setEncoder(new JsonLines());
        usual.start();
        Logger other = context.getLogger("other");
        other.addAppender(usual);
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        try {
            other.info("häh");
            usual.stop();
        } finally {
            System.setErr(before);
        }

        assertThat(errors.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .contains("\"message\":\"häh\"");
    }
}
