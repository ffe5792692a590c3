package fulcrum.mail;

import fulcrum.call.CallEvent;
import fulcrum.call.EventSink;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Delayed;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Sends the mails that calls write.
///
/// 1. A mail becomes a letter for each recipient, which is kept on disk first.
/// 2. The letter is handed to the mail server. While that cannot take it, it is tried again, each time later.
/// 3. What the server refuses for good, and what is too old, is given up, with a line in the log.
/// 4. Letters that a stopped server left behind are sent at the next start.
///
/// One thread does all this; [#emit] may be called from any and never blocks.
public final class Mailer implements EventSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Mailer.class);

    /// How patient it is.
    ///
    /// @param delays until the next attempt; the last one is repeated
    /// @param giveUpAfter how old a letter may become
    /// @param most how many letters may wait; further ones are refused
    public record Settings(List<Duration> delays, Duration giveUpAfter, int most) {
        public static final Settings DEFAULT =
                new Settings(
                        List.of(
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(5),
                                Duration.ofMinutes(15),
                                Duration.ofHours(1)),
                        Duration.ofHours(48),
                        10_000);

        public Settings {
            delays = List.copyOf(delays);
            if (delays.isEmpty()) {
                throw new IllegalArgumentException("a delay at least");
            }
        }

        private Duration delay(int attempt) {
            return delays.get(Math.min(attempt, delays.size() - 1));
        }
    }

    private final Optional<Postman> postman;
    private final MailSpool spool;
    private final Clock clock;
    private final Settings settings;
    private final AtomicInteger waiting = new AtomicInteger();
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("mail").daemon().factory());
    private volatile boolean closing;

    /// @param server absent: every mail is refused, with a line in the log
    /// @param folder where letters wait
    public Mailer(Optional<SmtpServer> server, Path folder, Clock clock) {
        this(server, folder, clock, Settings.DEFAULT);
    }

    public Mailer(Optional<SmtpServer> server, Path folder, Clock clock, Settings settings) {
        this.postman = server.map(Postman::new);
        this.spool = new MailSpool(folder);
        this.clock = clock;
        this.settings = settings;
    }

    /// Begins to send, with what an earlier server left behind.
    public Mailer start() {
        if (postman.isPresent()) {
            thread.execute(
                    () ->
                            guarded(
                                    () -> {
                                        List<Letter> left = spool.all();
                                        waiting.addAndGet(left.size());
                                        left.forEach(this::attemptAgain);
                                    }));
        }
        return this;
    }

    /// How many letters wait, for the gauges.
    public int waiting() {
        return waiting.get();
    }

    @Override
    public void emit(CallEvent event) {
        if (!(event instanceof CallEvent.MailWritten written)) {
            return;
        }
        int count = written.mail().to().size();
        if (postman.isEmpty()) {
            refuse(written, "no mail server is set, see --smtp");
        } else if (waiting.addAndGet(count) > settings.most) {
            waiting.addAndGet(-count);
            refuse(written, settings.most + " letters wait already");
        } else {
            accept(written, count);
        }
    }

    private static void refuse(CallEvent.MailWritten written, String why) {
        LOG.warn(
                "call {}: the mail about a {} is not sent: {}",
                written.callId(),
                written.mail().kind(),
                why);
    }

    private void accept(CallEvent.MailWritten written, int count) {
        try {
            thread.execute(() -> Letter.of(written).forEach(letter -> guarded(() -> take(letter))));
        } catch (RejectedExecutionException closed) {
            waiting.addAndGet(-count);
            refuse(written, "the server is stopping");
        }
    }

    private void attemptAgain(Letter letter) {
        thread.execute(() -> guarded(() -> attempt(letter, 0)));
    }

    private void take(Letter letter) {
        spool.keep(letter);
        attempt(letter, 0);
    }

    /// A disk that fails costs this letter, never the thread.
    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            LOG.error("a mail could not be handled", failed);
        }
    }

    private void attempt(Letter letter, int attempt) {
        if (closing) {
            return;
        }
        switch (postman.orElseThrow().deliver(letter)) {
            case Delivery.Sent sent -> {
                LOG.info("call {}: mail about a {} sent", letter.callId(), letter.kind());
                done(letter);
            }
            case Delivery.Never never -> giveUp(letter, never.reason());
            case Delivery.Later later -> {
                if (clock.instant().isAfter(letter.written().plus(settings.giveUpAfter))) {
                    giveUp(letter, "tried too long, at last: " + later.reason());
                } else {
                    again(letter, attempt, later.reason());
                }
            }
        }
    }

    private void again(Letter letter, int attempt, String reason) {
        Duration delay = settings.delay(attempt);
        LOG.warn(
                "call {}: the mail about a {} waits, next attempt in {} s: {}",
                letter.callId(),
                letter.kind(),
                delay.toSeconds(),
                reason);
        try {
            var _ =
                    thread.schedule(
                            () -> guarded(() -> attempt(letter, attempt + 1)),
                            delay.toMillis(),
                            TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.info("call {}: the mail waits for the next start", letter.callId());
        }
    }

    private void giveUp(Letter letter, String reason) {
        LOG.error(
                "call {}: the mail about a {} is given up: {}",
                letter.callId(),
                letter.kind(),
                reason);
        done(letter);
    }

    private void done(Letter letter) {
        waiting.decrementAndGet();
        spool.remove(letter);
    }

    /// Finishes the letter in hand and keeps those that were just taken; they wait on disk for the next start.
    @Override
    public void close() {
        closing = true;
        thread.shutdown();
        thread.getQueue().removeIf(task -> delay(task).isPositive());
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                thread.shutdownNow();
                LOG.warn("a mail server did not answer within 10 s; the mail waits on disk");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// How long a queued task is put off.
    private static Duration delay(Runnable task) {
        return task instanceof Delayed later
                ? Duration.ofMillis(later.getDelay(TimeUnit.MILLISECONDS))
                : Duration.ZERO;
    }
}
