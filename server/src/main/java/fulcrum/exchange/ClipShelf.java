package fulcrum.exchange;

import fulcrum.media.AudioFile;
import fulcrum.media.BadAudio;
import fulcrum.media.Clip;
import fulcrum.media.Codec;
import fulcrum.media.MediaFailed;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Sound files that were read lately, decoded and encoded, so that a thousand listeners cost no more than one.
///
/// Files are named by what is in them or written once, so a path stands for its content. The least recently used make
/// room. One file is read once at a time; whoever wants it meanwhile waits for the same one. Used on worker threads;
/// the lock is not held while a file is read.
final class ClipShelf {
    private final long mostBytes;
    private final Map<Path, CompletableFuture<Clip>> clips = new LinkedHashMap<>(64, 0.75f, true);
    private long reads;

    /// @param mostBytes how much memory the clips may take together, about
    ClipShelf(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /// The sound in a file, encoded for a codec.
    ///
    /// @throws BadAudio when it is no sound that we can read
    /// @throws MediaFailed when the disk refuses
    Clip clip(Path file, Codec codec) {
        CompletableFuture<Clip> mine = new CompletableFuture<>();
        CompletableFuture<Clip> found;
        synchronized (this) {
            found = clips.putIfAbsent(file, mine);
        }
        if (found == null) {
            found = mine;
            read(file, mine);
        }
        try {
            return found.join().prepare(codec);
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException why ? why : failed;
        } finally {
            makeRoom();
        }
    }

    private void read(Path file, CompletableFuture<Clip> into) {
        try {
            into.complete(AudioFile.read(file));
            synchronized (this) {
                reads++;
            }
        } catch (BadAudio | MediaFailed | OutOfMemoryError failed) {
            synchronized (this) {
                clips.remove(file);
            }
            into.completeExceptionally(failed);
        }
    }

    /// Forgets the oldest until what is left fits; the newest always stays.
    private synchronized void makeRoom() {
        long bytes = 0;
        for (CompletableFuture<Clip> clip : clips.values()) {
            bytes += bytesOf(clip);
        }
        var oldest = clips.entrySet().iterator();
        while (bytes > mostBytes && clips.size() > 1) {
            Map.Entry<Path, CompletableFuture<Clip>> next = oldest.next();
            bytes -= bytesOf(next.getValue());
            oldest.remove();
        }
    }

    private static long bytesOf(CompletableFuture<Clip> clip) {
        return clip.isDone() && !clip.isCompletedExceptionally() ? clip.join().bytes() : 0;
    }

    /// How many files were read since the start.
    synchronized long reads() {
        return reads;
    }
}
