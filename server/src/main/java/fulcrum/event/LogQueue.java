package fulcrum.event;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Takes log lines without ever holding up who says them, and writes them to standard error on thread `log`, in order:
/// all that there are at once, every 20 ms at most. An error, and what was said before it, is written without delay.
///
/// When whoever reads standard error cannot keep up: details and news are dropped once the queue is three quarters
/// full, warnings and errors once it is full. A line of its own tells how many were dropped, when it goes on.
public final class LogQueue extends UnsynchronizedAppenderBase<ILoggingEvent> {
    /// Lines; at 1000 lines/s the reader may be away for six seconds before the first is dropped.
    static final int CAPACITY = 8192;

    static final int ROOM_FOR_NEWS = CAPACITY / 4 * 3;
    private static final int BATCH_BYTES = 65_536;
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final AtomicLong dropped = new AtomicLong();
    private final ByteArrayOutputStream batch = new ByteArrayOutputStream(BATCH_BYTES);
    private final RestingQueue.Waits waits;
    private volatile @Nullable Encoder<ILoggingEvent> encoder;
    private volatile Supplier<OutputStream> out = () -> System.err;
    private volatile @Nullable RestingQueue<ILoggingEvent> waiting;
    private long told;

    /// For `logback.xml`; begins to write with [#start].
    public LogQueue() {
        this(RestingQueue.Waits.PARKED);
    }

    LogQueue(RestingQueue.Waits waits) {
        this.waits = waits;
    }

    /// Chooses how a line is written; also while lines are being written.
    public void setEncoder(Encoder<ILoggingEvent> encoder) {
        this.encoder = encoder;
    }

    /// Has lines written elsewhere than to standard error.
    void writeTo(OutputStream other) {
        out = () -> other;
    }

    @Override
    public void start() {
        if (encoder == null) {
            addError("no encoder is set for " + getName());
            return;
        }
        waiting = new RestingQueue<>("log", CAPACITY, new Writer(), waits);
        super.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        RestingQueue<ILoggingEvent> queue = waiting;
        if (queue == null) {
            return;
        }
        event.prepareForDeferredProcessing();
        boolean isGrave = event.getLevel().isGreaterOrEqual(Level.WARN);
        if (!queue.offer(event, isGrave ? CAPACITY : ROOM_FOR_NEWS)) {
            dropped.incrementAndGet();
        } else if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
            queue.hurry();
        }
    }

    /// How many lines wait.
    int depth() {
        RestingQueue<ILoggingEvent> queue = waiting;
        return queue == null ? 0 : queue.depth();
    }

    /// How many lines were dropped since the start.
    long dropped() {
        return dropped.get();
    }

    /// Waits until everything that was said before is written, for at most 10 s.
    void settle() {
        RestingQueue<ILoggingEvent> queue = waiting;
        try {
            if (queue != null && !queue.settle(CLOSING)) {
                addWarn("nobody reads the log's last lines");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Writes what waits, for at most 10 s; later lines are left out.
    @Override
    public void stop() {
        super.stop();
        RestingQueue<ILoggingEvent> queue = waiting;
        try {
            if (queue != null && !queue.close(CLOSING)) {
                addWarn("nobody reads the log's last lines");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// What runs on thread `log`.
    private final class Writer implements RestingQueue.Reader<ILoggingEvent> {
        @Override
        public void take(ILoggingEvent event) {
            Encoder<ILoggingEvent> format = encoder;
            if (format == null) {
                return; // not before start()
            }
            try {
                batch.writeBytes(format.encode(event));
            } catch (RuntimeException | Error bug) {
                addError("a log line could not be put in writing: " + event.getMessage(), bug);
            }
            if (batch.size() >= BATCH_BYTES) {
                write();
            }
        }

        @Override
        public void caughtUp() {
            long now = dropped.get();
            if (now > told && getContext() instanceof LoggerContext context) {
                take(tellDropped(context.getLogger(LogQueue.class), now - told));
                told = now;
            }
            write();
        }

        private LoggingEvent tellDropped(Logger logger, long lines) {
            String message =
                    "%d log lines were dropped, whoever reads them is too slow".formatted(lines);
            return new LoggingEvent(
                    LogQueue.class.getName(), logger, Level.WARN, message, null, null);
        }

        private void write() {
            OutputStream target = out.get();
            try {
                batch.writeTo(target);
                target.flush();
            } catch (IOException gone) {
                addError("log lines could not be written", gone);
            }
            batch.reset();
        }
    }
}
