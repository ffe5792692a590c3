package fulcrum.web;

import fulcrum.call.HttpAnswer;
import fulcrum.call.HttpAsk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Media from the web, kept in files and asked for again as HTTP caching says (RFC 9111).
///
/// One URL is fetched once at a time; whoever wants it meanwhile gets the same file. What is stale is asked for again
/// with its `ETag` or date, and used nevertheless when the web server fails and did not forbid that. The least
/// recently used make room. The folder is this cache's alone and begins empty. Thread-safe; one lock, never held over
/// I/O but the deletion of a file.
public final class MediaCache {
    /// A file stays for so long after somebody got it.
    private static final Duration GRACE = Duration.ofMinutes(1);

    /// @param mostPerFile bytes of one file
    /// @param mostInAll bytes of all files; files that somebody just got may exceed it for [#GRACE]
    /// @param patience for one fetch, everything included
    public record Settings(long mostPerFile, long mostInAll, Duration patience) {
        /// 64 MiB a file, 1 GiB in all, 20 s.
        public static final Settings DEFAULT =
                new Settings(64L << 20, 1L << 30, Duration.ofSeconds(20));
    }

    private record Entry(
            Path file, long bytes, String type, String etag, String modified, Freshness freshness) {
        Map<String, String> conditions() {
            Map<String, String> conditions = new LinkedHashMap<>();
            if (!etag.isEmpty()) {
                conditions.put("If-None-Match", etag);
            }
            if (!modified.isEmpty()) {
                conditions.put("If-Modified-Since", modified);
            }
            return conditions;
        }

        Entry freshAs(Freshness renewed) {
            return new Entry(file, bytes, type, etag, modified, renewed);
        }
    }

    private record Old(Path file, Instant since) {}

    /// A file that is being written, which nobody wants any more once the deadline has passed.
    private static final class Draft {
        private Optional<Path> file = Optional.empty();
        private boolean unwanted;

        /// @return false when it came too late; the file is then its writer's to delete
        synchronized boolean finish(Path whole) {
            file = Optional.of(whole);
            return !unwanted;
        }

        synchronized void giveUp() {
            unwanted = true;
            file.ifPresent(MediaCache::delete);
        }
    }

    /// What an exchange brought: a new file, or word that the old one is still good.
    private sealed interface Brought {
        record File(Entry entry) implements Brought {}

        record SameAsBefore(Freshness freshness) implements Brought {}

        record Status(int status) implements Brought {}
    }

    private final GuardedClient client;
    private final Path folder;
    private final Settings settings;
    private final InstantSource clock;
    private final AtomicLong names = new AtomicLong();

    /// In the order of their last use.
    private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    private final Map<String, Instant> used = new HashMap<>();
    private final Map<String, List<Consumer<CachedMedia>>> waiting = new HashMap<>();
    private final Deque<Old> replaced = new ArrayDeque<>();
    private long total;

    /// @param folder made when it does not exist; what is in it is deleted
    /// @throws UncheckedIOException when the folder cannot be written to
    public MediaCache(GuardedClient client, Path folder, Settings settings, InstantSource clock) {
        this.client = client;
        this.folder = folder;
        this.settings = settings;
        this.clock = clock;
        try {
            Files.createDirectories(folder);
            try (Stream<Path> left = Files.list(folder)) {
                left.sorted(Comparator.naturalOrder()).forEach(MediaCache::delete);
            }
        } catch (IOException unusable) {
            throw new UncheckedIOException("the media cache " + folder, unusable);
        }
    }

    /// Gets a URL's media.
    ///
    /// @param done told exactly once: on the calling thread when it is there already, else on a thread of the client;
    ///     must not block
    public void fetch(String url, Consumer<CachedMedia> done) {
        Optional<Entry> known;
        boolean fresh;
        synchronized (this) {
            known = Optional.ofNullable(entries.get(url));
            fresh = known.filter(this::isFresh).isPresent();
            List<Consumer<CachedMedia>> others = waiting.get(url);
            if (fresh) {
                used.put(url, clock.instant());
            } else if (others != null) {
                others.add(done);
                return;
            } else {
                waiting.put(url, new ArrayList<>(List.of(done)));
            }
            tidy();
        }
        if (fresh) {
            done.accept(ready(known.orElseThrow()));
        } else {
            ask(url, known);
        }
    }

    /// The bytes that all files have together.
    public synchronized long bytes() {
        return total;
    }

    private boolean isFresh(Entry entry) {
        return clock.instant().isBefore(entry.freshness.until());
    }

    private static CachedMedia ready(Entry entry) {
        return new CachedMedia.Ready(entry.file, entry.type);
    }

    private void ask(String url, Optional<Entry> known) {
        Map<String, String> headers = known.map(Entry::conditions).orElseGet(Map::of);
        HttpAsk ask = new HttpAsk("GET", url, headers, "", settings.patience, Integer.MAX_VALUE);
        Draft draft = new Draft();
        client.exchange(
                ask,
                (head, body) -> read(head, body, known, draft),
                new GuardedClient.Ending<Brought>() {
                    @Override
                    public void got(Brought brought) {
                        conclude(url, known, brought);
                    }

                    @Override
                    public void failed(HttpAnswer.Unanswered why) {
                        draft.giveUp();
                        fail(url, known, why);
                    }
                });
    }

    private Brought read(Head head, InputStream body, Optional<Entry> known, Draft draft)
            throws IOException {
        if (head.status() == 304 && known.isPresent()) {
            return new Brought.SameAsBefore(Freshness.of(head, clock.instant()));
        }
        if (head.status() != 200) {
            return new Brought.Status(head.status());
        }
        Path file = folder.resolve(names.incrementAndGet() + ".media");
        boolean whole = false;
        try (OutputStream to = Files.newOutputStream(file)) {
            long bytes = Body.copy(head, body, to, settings.mostPerFile);
            whole = draft.finish(file);
            return new Brought.File(entry(head, file, bytes));
        } finally {
            if (!whole) {
                delete(file);
            }
        }
    }

    private Entry entry(Head head, Path file, long bytes) {
        String type = head.header("content-type").replaceAll(";.*$", "").strip();
        return new Entry(
                file,
                bytes,
                type.toLowerCase(Locale.ROOT),
                head.header("etag"),
                head.header("last-modified"),
                Freshness.of(head, clock.instant()));
    }

    private void conclude(String url, Optional<Entry> known, Brought brought) {
        switch (brought) {
            case Brought.File file -> {
                keep(url, file.entry);
                tell(url, ready(file.entry));
            }
            case Brought.SameAsBefore same -> {
                Entry renewed = known.orElseThrow().freshAs(same.freshness);
                keep(url, renewed);
                tell(url, ready(renewed));
            }
            case Brought.Status answer -> {
                String reason = "answered " + answer.status;
                Optional<Entry> stale = answer.status >= 500 ? known : Optional.empty();
                fail(url, stale, new HttpAnswer.Unanswered(HttpAnswer.Kind.BROKEN, reason));
            }
        }
    }

    private void fail(String url, Optional<Entry> stale, HttpAnswer.Unanswered why) {
        Optional<Entry> usable = stale.filter(entry -> !entry.freshness.strict());
        synchronized (this) {
            if (usable.isPresent() && entries.get(url) != null) {
                used.put(url, clock.instant());
            }
        }
        tell(
                url,
                usable.map(MediaCache::ready)
                        .orElseGet(() -> new CachedMedia.Unavailable(why.kind(), why.reason())));
    }

    private synchronized void keep(String url, Entry entry) {
        Entry before = entries.put(url, entry);
        if (before == null) {
            total += entry.bytes;
        } else if (!before.file.equals(entry.file)) {
            total += entry.bytes;
            replaced.add(new Old(before.file, clock.instant()));
            total -= before.bytes;
        }
        used.put(url, clock.instant());
        tidy();
    }

    private void tell(String url, CachedMedia outcome) {
        List<Consumer<CachedMedia>> listeners;
        synchronized (this) {
            List<Consumer<CachedMedia>> all = waiting.remove(url);
            listeners = all == null ? List.of() : all;
        }
        listeners.forEach(listener -> listener.accept(outcome));
    }

    /// Deletes replaced files after the grace and makes room. Only with the lock.
    private void tidy() {
        Instant longAgo = clock.instant().minus(GRACE);
        while (!replaced.isEmpty() && replaced.element().since.isBefore(longAgo)) {
            delete(replaced.remove().file);
        }
        List<String> oldestFirst = new ArrayList<>(entries.keySet());
        for (String url : oldestFirst) {
            if (total <= settings.mostInAll) {
                return;
            }
            boolean idle = used.getOrDefault(url, Instant.MIN).isBefore(longAgo);
            if (idle && !waiting.containsKey(url)) {
                Entry gone = Objects.requireNonNull(entries.remove(url));
                used.remove(url);
                total -= gone.bytes;
                delete(gone.file);
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            throw new UncheckedIOException("cannot delete " + file, stays);
        }
    }
}
