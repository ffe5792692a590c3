package fulcrum.event;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;

import org.slf4j.LoggerFactory;

import java.util.Optional;

/// Chooses how log lines are written. Libraries say only warnings, we say also each change of state (`logback.xml`).
///
/// Nothing here does anything when the log was set up by somebody else, with `-Dlogback.configurationFile`.
public final class Logs {
    private static final String LINES = "LINES";

    private Logs() {}

    /// How log lines are written (`--log`).
    public enum Format {
        TEXT,
        JSON
    }

    /// Has lines written in a format from now on. To be called once, when the server starts.
    public static void use(Format format) {
        context().ifPresent(context -> use(format, context));
    }

    static void use(Format format, LoggerContext context) {
        if (format == Format.TEXT) {
            return; // that is what logback.xml says
        }
        Encoder<ILoggingEvent> json = new JsonLines();
        json.setContext(context);
        json.start();
        lines(context).ifPresent(lines -> lines.setEncoder(json));
    }

    /// Has only warnings and errors written: for commands whose own output is what counts.
    public static void quiet() {
        context().ifPresent(Logs::quiet);
    }

    static void quiet(LoggerContext context) {
        context.getLogger("fulcrum").setLevel(Level.WARN);
    }

    /// How many lines wait to be written.
    public static int depth() {
        return context().flatMap(Logs::lines).map(LogQueue::depth).orElse(0);
    }

    /// How many lines were dropped since the start, because nobody read them.
    public static long dropped() {
        return context().flatMap(Logs::lines).map(LogQueue::dropped).orElse(0L);
    }

    /// Waits until everything that was said before is written, for at most 10 s: the last thing a process does.
    public static void settle() {
        context().ifPresent(Logs::settle);
    }

    static void settle(LoggerContext context) {
        lines(context).ifPresent(LogQueue::settle);
    }

    private static Optional<LoggerContext> context() {
        return LoggerFactory.getILoggerFactory() instanceof LoggerContext context
                ? Optional.of(context)
                : Optional.empty();
    }

    static Optional<LogQueue> lines(LoggerContext context) {
        return context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(LINES)
                        instanceof LogQueue lines
                ? Optional.of(lines)
                : Optional.empty();
    }
}
