package fulcrum.event;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;

import org.slf4j.LoggerFactory;

/// Chooses how log lines are written. Libraries say only warnings, we say also each change of state (`logback.xml`).
public final class Logs {
    private static final String ASIDE = "ASIDE";
    private static final String LINES = "LINES";

    private Logs() {}

    /// How log lines are written (`--log`).
    public enum Format {
        TEXT,
        JSON
    }

    /// Has lines written in a format from now on. To be called once, when the server starts.
    ///
    /// Does nothing when the log was set up by somebody else, with `-Dlogback.configurationFile`.
    public static void use(Format format) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            use(format, context);
        }
    }

    static void use(Format format, LoggerContext context) {
        if (format == Format.TEXT
                || !(context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(ASIDE)
                        instanceof AsyncAppender aside)
                || !(aside.getAppender(LINES)
                        instanceof OutputStreamAppender<ILoggingEvent> lines)) {
            return; // text is what logback.xml says
        }
        Encoder<ILoggingEvent> json = new JsonLines();
        json.setContext(context);
        json.start();
        lines.setEncoder(json);
    }

    /// Has only warnings and errors written: for commands whose own output is what counts.
    public static void quiet() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            quiet(context);
        }
    }

    static void quiet(LoggerContext context) {
        context.getLogger("fulcrum").setLevel(Level.WARN);
    }
}
