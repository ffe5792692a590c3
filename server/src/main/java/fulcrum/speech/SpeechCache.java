package fulcrum.speech;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Rendered texts as WAV files in one folder, named by the hash of what was asked for; the longest unused are deleted
/// when there are too many bytes.
///
/// A file appears whole (it is renamed into place); one that a crash left broken is deleted when the folder is opened.
/// Safe from any thread.
final class SpeechCache {
    private static final Logger LOG = LoggerFactory.getLogger(SpeechCache.class);

    /// Whoever was just given a file has not opened it yet.
    private static final Duration LEFT_ALONE = Duration.ofMinutes(1);

    /// How coarse the time of last use is on the disk, from which the order comes after a restart.
    private static final Duration TOUCHED_EVERY = Duration.ofHours(1);

    private final Path folder;
    private final long capacity;
    private final Clock clock;
    private final Map<String, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    private static final class Entry {
        final long size;
        Instant used;
        Instant touched;

        Entry(long size, Instant used, Instant touched) {
            this.size = size;
            this.used = used;
            this.touched = touched;
        }
    }

    private record Found(Path file, long size, Instant used) {}

    /// @param capacity bytes of all files together
    /// @throws SpeechFailed when the folder cannot be made or read
    SpeechCache(Path folder, long capacity, Clock clock) {
        this.folder = folder;
        this.capacity = capacity;
        this.clock = clock;
        try {
            Files.createDirectories(folder);
            for (Found found : wholeFiles()) {
                String key = found.file.getFileName().toString();
                // whatever is here was given to nobody yet, so the first cleaning may take it
                entries.put(key, new Entry(found.size, Instant.MIN, found.used));
                bytes += found.size;
            }
        } catch (IOException failed) {
            throw new SpeechFailed("cannot open the folder of spoken texts " + folder, failed);
        }
    }

    /// Longest unused first. Deletes the others: unfinished and broken ones.
    private List<Found> wholeFiles() throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.toList();
        }
        List<Found> whole = new ArrayList<>();
        for (Path file : files) {
            if (file.getFileName().toString().endsWith(".wav") && Wav.isWhole(file)) {
                Instant used = Files.getLastModifiedTime(file).toInstant();
                whole.add(new Found(file, Files.size(file), used));
            } else if (Files.isRegularFile(file)) {
                Files.delete(file);
            }
        }
        whole.sort(Comparator.comparing(Found::used));
        return whole;
    }

    /// The file name for what was asked for. Each part counts with its length, so no two questions are written alike.
    static String key(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
                digest.update((utf8.length + ":").getBytes(StandardCharsets.US_ASCII));
                digest.update(utf8);
            }
            return HexFormat.of().formatHex(digest.digest()) + ".wav";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /// The file of a key, if it is here; it counts as used now.
    synchronized Optional<Path> find(String key) {
        Entry entry = entries.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        Path file = folder.resolve(key);
        if (!Files.exists(file)) {
            entries.remove(key); // somebody cleaned the folder up by hand
            bytes -= entry.size;
            return Optional.empty();
        }
        entry.used = clock.instant();
        if (entry.touched.plus(TOUCHED_EVERY).isBefore(entry.used)) {
            entry.touched = entry.used;
            touch(file, entry.used);
        }
        return Optional.of(file);
    }

    private static void touch(Path file, Instant when) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(when));
        } catch (IOException failed) {
            LOG.debug("cannot touch {}", file, failed); // it only makes the file look older
        }
    }

    /// Keeps a file under a key.
    ///
    /// @throws SpeechFailed when it cannot be written
    Path keep(String key, byte[] wav) {
        Path file = folder.resolve(key);
        Path part = folder.resolve(key + ".part");
        try {
            Files.write(part, wav);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new SpeechFailed("cannot write a spoken text to " + folder, failed);
        }
        kept(key, wav.length);
        return file;
    }

    private synchronized void kept(String key, long size) {
        Instant now = clock.instant();
        Entry earlier = entries.put(key, new Entry(size, now, now));
        bytes += size - (earlier == null ? 0 : earlier.size);
        Iterator<Map.Entry<String, Entry>> eldest = entries.entrySet().iterator();
        while (bytes > capacity && eldest.hasNext()) {
            Map.Entry<String, Entry> each = eldest.next();
            if (each.getValue().used.isAfter(now.minus(LEFT_ALONE))) {
                return; // and so are all that follow
            }
            delete(folder.resolve(each.getKey()));
            bytes -= each.getValue().size;
            eldest.remove();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            LOG.warn("cannot delete {}; delete it by hand", file, failed);
        }
    }

    synchronized long bytes() {
        return bytes;
    }
}
