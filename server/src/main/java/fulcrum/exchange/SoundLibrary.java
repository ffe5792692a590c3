package fulcrum.exchange;

import fulcrum.call.Sound;
import fulcrum.media.BadAudio;
import fulcrum.media.MediaFailed;
import fulcrum.media.Silence;
import fulcrum.media.ToneScript;
import fulcrum.speech.Prompt;
import fulcrum.speech.Prompts;
import fulcrum.speech.Spoken;
import fulcrum.speech.Utterance;
import fulcrum.speech.Voices;
import fulcrum.storage.StorageFailed;
import fulcrum.web.CachedMedia;
import fulcrum.web.MediaCache;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds what a [Sound] means (prompts.md §2, "At playback time") and makes it ready: stored media, prompts, speech,
/// files on the web, tones, silence, and recordings of this call.
public final class SoundLibrary implements Sounds {
    private static final Logger LOG = LoggerFactory.getLogger(SoundLibrary.class);
    private static final Pattern SYSTEM = Pattern.compile("/?system_media/([^/]+)/([^/]+)");
    private static final Pattern DOCUMENT = Pattern.compile("/([^/]+)/([^/]+)(?:/.*)?");
    private static final long CLIP_BYTES = 64L * 1024 * 1024;

    private final Prompts prompts;
    private final Voices voices;
    private final MediaCache cache;
    private final Recordings recordings;
    private final Executor workers;
    private final ClipShelf clips = new ClipShelf(CLIP_BYTES);

    /// @param workers read files and documents; refuse when too much waits
    public SoundLibrary(
            Prompts prompts,
            Voices voices,
            MediaCache cache,
            Recordings recordings,
            Executor workers) {
        this.prompts = prompts;
        this.voices = voices;
        this.cache = cache;
        this.recordings = recordings;
        this.workers = workers;
    }

    @Override
    public void prepare(Wish wish, Consumer<Outcome> ready) {
        switch (wish.sound()) {
            case Sound.Silence silence ->
                    ready.accept(new Outcome.Ready(Silence.of(Optional.of(silence.length()))));
            case Sound.Tone tone -> ready.accept(tone(tone.script(), wish));
            case Sound.Speech speech ->
                    say(
                            new Utterance(
                                    speech.text(),
                                    speech.voice(),
                                    speech.language(),
                                    speech.engine()),
                            wish,
                            ready);
            case Sound.Prompt prompt ->
                    work(
                            ready,
                            () ->
                                    prompt(
                                            prompts.find(
                                                    prompt.accountId(),
                                                    prompt.id(),
                                                    prompt.language()),
                                            wish,
                                            ready));
            case Sound.Recorded recorded ->
                    work(ready, () -> play(recordings.file(recorded.recordingId()), wish, ready));
            case Sound.Media media -> media(media.reference(), wish, ready);
        }
    }

    private void media(String reference, Wish wish, Consumer<Outcome> ready) {
        Matcher system = SYSTEM.matcher(reference);
        Matcher document = DOCUMENT.matcher(reference);
        if (reference.isEmpty() || reference.equals("silence")) {
            ready.accept(new Outcome.Ready(Silence.parse("5")));
        } else if (reference.startsWith("silence_stream://")) {
            ready.accept(silence(reference));
        } else if (reference.startsWith("tone_stream://")) {
            ready.accept(tone(reference, wish));
        } else if (reference.startsWith("http://") || reference.startsWith("https://")) {
            cache.fetch(reference, found -> fetched(found, wish, ready));
        } else if (reference.startsWith("prompt://")) {
            work(ready, () -> prompt(prompts.byReference(reference), wish, ready));
        } else if (system.matches()) {
            work(
                    ready,
                    () ->
                            prompt(
                                    prompts.find(
                                            Prompts.SYSTEM_ACCOUNT,
                                            system.group(2),
                                            system.group(1)),
                                    wish,
                                    ready));
        } else if (document.matches()) {
            work(
                    ready,
                    () -> prompt(prompts.media(document.group(1), document.group(2)), wish, ready));
        } else {
            failed(ready, "nothing here can play " + reference);
        }
    }

    private static Outcome silence(String reference) {
        try {
            return new Outcome.Ready(Silence.parse(reference));
        } catch (BadAudio bad) {
            return new Outcome.Failed(reference + ": " + bad.getMessage());
        }
    }

    private static Outcome tone(String script, Wish wish) {
        try {
            return new Outcome.Ready(
                    ToneScript.parse(script).source(wish.codec().sampleRate(), wish.times()));
        } catch (BadAudio bad) {
            return new Outcome.Failed("tone " + script + ": " + bad.getMessage());
        }
    }

    private void fetched(CachedMedia found, Wish wish, Consumer<Outcome> ready) {
        switch (found) {
            case CachedMedia.Ready file ->
                    work(ready, () -> play(Optional.of(file.file()), wish, ready));
            case CachedMedia.Unavailable gone -> failed(ready, gone.reason());
        }
    }

    private void prompt(Prompt prompt, Wish wish, Consumer<Outcome> ready) {
        switch (prompt) {
            case Prompt.Recording recording ->
                    play(Optional.of(recording.content().file()), wish, ready);
            case Prompt.Text text -> say(text.utterance(), wish, ready);
            case Prompt.Missing missing -> failed(ready, missing.reason());
        }
    }

    private void say(Utterance utterance, Wish wish, Consumer<Outcome> ready) {
        var _ =
                voices.say(utterance)
                        .whenComplete(
                                (spoken, bug) -> {
                                    if (bug != null) {
                                        failed(ready, "the voice failed: " + bug.getMessage());
                                    } else {
                                        said(spoken, wish, ready);
                                    }
                                });
    }

    private void said(Spoken spoken, Wish wish, Consumer<Outcome> ready) {
        switch (spoken) {
            case Spoken.Audio audio -> {
                audio.notice().ifPresent(notice -> LOG.info("{}", notice));
                work(ready, () -> play(Optional.of(audio.file()), wish, ready));
            }
            case Spoken.Nothing nothing -> failed(ready, nothing.reason());
        }
    }

    private void play(Optional<Path> file, Wish wish, Consumer<Outcome> ready) {
        if (file.isEmpty()) {
            failed(ready, "there is no such recording on this call");
            return;
        }
        ready.accept(new Outcome.Ready(clips.clip(file.get(), wish.codec()).source(wish.times())));
    }

    /// Does something that may wait for a disk; whatever goes wrong becomes the outcome.
    private void work(Consumer<Outcome> ready, Runnable work) {
        try {
            workers.execute(
                    () -> {
                        try {
                            work.run();
                        } catch (BadAudio | MediaFailed | StorageFailed failed) {
                            failed(ready, String.valueOf(failed.getMessage()));
                        } catch (RuntimeException bug) {
                            LOG.error("a sound could not be made ready", bug);
                            failed(ready, "a fault in the server: " + bug);
                        }
                    });
        } catch (RejectedExecutionException full) {
            failed(ready, "the server has too much to read");
        }
    }

    private static void failed(Consumer<Outcome> ready, String reason) {
        ready.accept(new Outcome.Failed(reason));
    }
}
