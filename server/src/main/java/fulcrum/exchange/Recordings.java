package fulcrum.exchange;

import fulcrum.directory.Document;
import fulcrum.media.MediaPath;
import fulcrum.media.TapSide;
import fulcrum.media.TapSink;
import fulcrum.media.WavWriter;
import fulcrum.storage.Attachments;
import fulcrum.storage.StorageFailed;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Writes what parties say into WAV files while they say it, and keeps these until their call is over.
///
/// Thread `recordings` empties the taps of all running recordings twenty times a second; a disk that is too slow makes
/// a tap overflow, which drops sound and never holds up a call. The first start after a crash finds the files and
/// [#sweep] removes them: what was not kept as a media document was on its way to be one.
public final class Recordings implements AutoCloseable {
    static final int SAMPLE_RATE = 8000;

    private static final Logger LOG = LoggerFactory.getLogger(Recordings.class);
    private static final Duration PERIOD = Duration.ofMillis(50);
    private static final int RING_SECONDS = 4;
    private static final long LONGEST_BYTES = 2L * SAMPLE_RATE * 3600 * 4;

    private final Path folder;
    private final Attachments attachments;
    private final List<LegRecording> running = new CopyOnWriteArrayList<>();
    private final Map<String, Path> files = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    /// @param folder of these files alone
    public Recordings(Path folder, Attachments attachments) {
        this.folder = folder;
        this.attachments = attachments;
        sweep();
        thread = Thread.ofPlatform().name("recordings").daemon().start(this::write);
    }

    /// Begins to record what the party of a path says.
    ///
    /// @param ended told once how long it became
    LegRecording begin(
            String recordingId, Duration limit, MediaPath path, Consumer<Duration> ended) {
        Path file = folder.resolve(recordingId.replaceAll("[^A-Za-z0-9_-]", "_") + ".wav");
        TapSink tap = new TapSink(SAMPLE_RATE, SAMPLE_RATE * RING_SECONDS);
        LegRecording recording =
                new LegRecording(
                        recordingId, limit, tap, new WavWriter(file, SAMPLE_RATE, 1), path, ended);
        files.put(recordingId, file);
        path.startTap(tap, TapSide.RECEIVED);
        running.add(recording);
        return recording;
    }

    /// The file of a recording that was made on a running call.
    Optional<Path> file(String recordingId) {
        return Optional.ofNullable(files.get(recordingId));
    }

    /// Keeps a recording as the content of a media document. Waits for the disk.
    ///
    /// @throws StorageFailed when there is no such recording, or the disk failed
    void keep(String recordingId, Document media) {
        Path file =
                file(recordingId)
                        .orElseThrow(() -> new StorageFailed("no recording " + recordingId));
        try (InputStream content = Files.newInputStream(file)) {
            switch (attachments.keep(
                    media.accountId(),
                    media.id(),
                    media.id() + ".wav",
                    "audio/x-wav",
                    content,
                    LONGEST_BYTES)) {
                case Attachments.Keeping.Kept kept ->
                        LOG.debug("recording {} kept as {}", recordingId, media.id());
                case Attachments.Keeping.TooLong tooLong ->
                        throw new StorageFailed("the recording is too long to be kept");
            }
        } catch (IOException failed) {
            throw new StorageFailed("cannot read the recording " + recordingId, failed);
        }
    }

    /// Deletes the recordings of a call that is over.
    void forget(List<String> recordingIds) {
        for (String id : recordingIds) {
            Path file = files.remove(id);
            if (file != null) {
                delete(file);
            }
        }
    }

    private void sweep() {
        try (var left = Files.list(folder)) {
            left.forEach(Recordings::delete);
        } catch (IOException failed) {
            throw new StorageFailed("cannot list " + folder, failed);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            LOG.warn("cannot delete {}: {}", file, failed.getMessage());
        }
    }

    private void write() {
        while (!closed) {
            running.removeIf(recording -> !recording.write());
            try {
                Thread.sleep(PERIOD);
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
