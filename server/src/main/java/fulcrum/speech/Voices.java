package fulcrum.speech;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Speaks texts: renders each once, keeps it on the disk, and gives the file to whoever asks for the same text again.
///
/// Threads `speech-1`, `speech-2` render, in the background from the first moment: the first one loads the voice while
/// the server starts. A text that is being rendered is not rendered a second time; who asks for it waits for the same
/// one. Safe for use from any thread; nothing here waits longer than for a look into the cache's folder.
public final class Voices implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Voices.class);

    /// Names under which the default engine is asked for without a notice; `flite` is Kazoo's own default (tts.md).
    private static final List<String> DEFAULT_NAMES = List.of("", "default", "flite");

    private final VoiceEngine engine;
    private final VoiceSettings settings;
    private final SpeechCache cache;
    private final ThreadPoolExecutor line;
    private final Queue<Voice> idle = new ConcurrentLinkedQueue<>();
    private final Map<String, CompletableFuture<Spoken>> running = new ConcurrentHashMap<>();
    private final AtomicLong rendered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    /// @param folder where rendered texts are kept
    /// @throws SpeechFailed when the folder cannot be used
    public Voices(Path folder, VoiceEngine engine, VoiceSettings settings, Clock clock) {
        this.engine = engine;
        this.settings = settings;
        cache = new SpeechCache(folder, settings.cacheBytes(), clock);
        AtomicInteger number = new AtomicInteger();
        line =
                new ThreadPoolExecutor(
                        settings.threads(),
                        settings.threads(),
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        work ->
                                Thread.ofPlatform()
                                        .name("speech-" + number.incrementAndGet())
                                        .daemon()
                                        .unstarted(work));
    }

    /// With the engine that is always there, which begins to load in the background.
    public static Voices start(Path folder) {
        Voices voices = in(folder);
        voices.warmUp();
        return voices;
    }

    /// As [#start], but nothing is loaded before the first text or [#warmUp].
    public static Voices in(Path folder) {
        return new Voices(folder, new FreeTts(), VoiceSettings.DEFAULT, Clock.systemUTC());
    }

    /// Loads the voice in the background and has it speak once, which takes most of its first slowness away.
    public void warmUp() {
        line.execute(
                () -> {
                    try {
                        var _ = render("Ready.", false);
                    } catch (RuntimeException broken) {
                        if (!line.isShutdown()) { // else the server ended first
                            LOG.error(
                                    "nothing can be spoken: the engine {} does not work",
                                    engine.name(),
                                    broken);
                        }
                    }
                });
    }

    /// Speaks a text.
    ///
    /// @return done when the file is there, at the latest after the deadline of the settings; never exceptionally
    public CompletableFuture<Spoken> say(Utterance utterance) {
        List<String> notices = new ArrayList<>();
        boolean high = isHigh(utterance.voice());
        if (!DEFAULT_NAMES.contains(utterance.engine().toLowerCase(Locale.ROOT))) {
            notices.add(
                    "there is no speech engine '%s' here, %s speaks"
                            .formatted(printable(utterance.engine()), engine.name()));
        }
        if (!utterance.language().isEmpty() && !engine.speaks(utterance.language())) {
            notices.add(
                    "%s does not speak '%s', it reads the text as English"
                            .formatted(engine.name(), printable(utterance.language())));
        }
        SpeakableText text = SpeakableText.of(utterance.text());
        if (text.pieces().isEmpty()) {
            return CompletableFuture.completedFuture(
                    new Spoken.Nothing("there is nothing in the text that can be spoken"));
        }
        if (text.isCut()) {
            notices.add("the text was cut after %d characters".formatted(SpeakableText.LONGEST));
        }
        return said(text.pieces(), high)
                .thenApply(spoken -> with(notices, spoken))
                .completeOnTimeout(
                        new Spoken.Nothing(
                                "speaking the text took longer than " + settings.deadline()),
                        settings.deadline().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private static boolean isHigh(String voice) {
        String lower = voice.toLowerCase(Locale.ROOT);
        return lower.startsWith("female")
                || lower.endsWith("female")
                || lower.equals("woman")
                || lower.equals("alice");
    }

    /// A name as a client gave it, fit for a log line.
    private static String printable(String name) {
        String plain = name.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > 40 ? plain.substring(0, 40) + "…" : plain;
    }

    private static Spoken with(List<String> notices, Spoken spoken) {
        return switch (spoken) {
            case Spoken.Audio audio when !notices.isEmpty() ->
                    new Spoken.Audio(
                            audio.file(),
                            audio.sampleRate(),
                            audio.length(),
                            Optional.of(String.join("; ", notices)));
            case Spoken.Audio audio -> audio;
            case Spoken.Nothing nothing -> nothing;
        };
    }

    private CompletableFuture<Spoken> said(List<String> pieces, boolean high) {
        String key =
                SpeechCache.key(engine.name(), high ? "high" : "low", String.join("\n", pieces));
        Optional<Path> there = cache.find(key);
        if (there.isPresent()) {
            return CompletableFuture.completedFuture(audio(there.get()));
        }
        CompletableFuture<Spoken> mine = new CompletableFuture<>();
        CompletableFuture<Spoken> other = running.putIfAbsent(key, mine);
        if (other != null) {
            return other.copy();
        }
        // It may have been finished between the two looks above.
        there = cache.find(key);
        if (there.isPresent()) {
            finish(key, mine, audio(there.get()));
        } else if (line.getQueue().size() >= settings.waiting()) {
            finish(key, mine, new Spoken.Nothing("too many texts wait to be spoken"));
        } else {
            Rendering rendering = new Rendering(pieces, high, this::render, line);
            var _ =
                    rendering
                            .done()
                            .handle((samples, broken) -> kept(key, samples, broken))
                            .thenAccept(spoken -> finish(key, mine, spoken));
            begin(rendering);
        }
        return mine.copy();
    }

    private void begin(Rendering rendering) {
        try {
            line.execute(rendering);
        } catch (RejectedExecutionException closed) {
            rendering.done().completeExceptionally(new SpeechFailed("the server stops", closed));
        }
    }

    private void finish(String key, CompletableFuture<Spoken> mine, Spoken spoken) {
        running.remove(key);
        mine.complete(spoken);
    }

    private Spoken kept(String key, short @Nullable [] samples, @Nullable Throwable broken) {
        if (samples == null) {
            failed.incrementAndGet();
            if (!line.isShutdown()) {
                LOG.error("a text could not be spoken", broken);
            }
            return new Spoken.Nothing(
                    "the speech engine " + engine.name() + " failed: " + reason(broken));
        }
        if (samples.length == 0) {
            return new Spoken.Nothing("there is nothing in the text that can be spoken");
        }
        rendered.incrementAndGet();
        try {
            return audio(cache.keep(key, Wav.of(samples, engine.sampleRate())));
        } catch (SpeechFailed unwritten) {
            failed.incrementAndGet();
            LOG.error("a spoken text could not be kept", unwritten);
            return new Spoken.Nothing(unwritten.getMessage() + ": " + reason(unwritten.getCause()));
        }
    }

    private static String reason(@Nullable Throwable broken) {
        Throwable inner = broken instanceof CompletionException ? broken.getCause() : broken;
        return inner == null ? "no reason given" : String.valueOf(inner.getMessage());
    }

    /// On a speech thread. A voice that failed is not used again.
    private short[] render(String text, boolean high) {
        Voice voice = idle.poll();
        if (voice == null) {
            voice = engine.load();
        }
        short[] samples = voice.render(text, high);
        idle.add(voice);
        return samples;
    }

    private Spoken.Audio audio(Path file) {
        int rate = engine.sampleRate();
        return new Spoken.Audio(
                file, rate, Wav.length(file.toFile().length(), rate), Optional.empty());
    }

    /// How many texts were rendered since the start; those that came from the disk do not count.
    public long rendered() {
        return rendered.get();
    }

    /// How many texts could not be rendered since the start.
    public long failed() {
        return failed.get();
    }

    /// How many pieces of text wait to be rendered.
    public int waiting() {
        return line.getQueue().size();
    }

    /// Stops rendering; texts that still wait are told so by their deadline.
    @Override
    public void close() {
        line.shutdownNow();
    }
}
