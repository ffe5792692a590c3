package fulcrum.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The folder that one server keeps everything in, held by a lock file while it is open.
///
/// The file `FULCRUM` holds the number of the folder's format; a folder of a newer format is refused.
public final class DataFolder implements AutoCloseable {
    private static final int FORMAT = 1;

    private final Path path;
    private final FileChannel lockChannel;
    private final boolean throwAway;

    private DataFolder(Path path, FileChannel lockChannel, boolean throwAway) {
        this.path = path;
        this.lockChannel = lockChannel;
        this.throwAway = throwAway;
    }

    /// Opens a folder, and makes it when it does not exist.
    ///
    /// @throws StorageFailed when it is not writable, in use by another server, or of a newer format
    public static DataFolder open(Path path) {
        return open(path.toAbsolutePath().normalize(), false);
    }

    /// A fresh folder below the system's temporary folder; [#close] deletes it with all that is in it.
    public static DataFolder throwAway() {
        try {
            return open(Files.createTempDirectory("fulcrum-"), true);
        } catch (IOException failed) {
            throw new StorageFailed("cannot make a temporary folder: " + reason(failed), failed);
        }
    }

    private static DataFolder open(Path path, boolean throwAway) {
        FileChannel channel = lockFile(path);
        try {
            lock(path, channel);
            checkFormat(path);
            return new DataFolder(path, channel, throwAway);
        } catch (IOException failed) {
            closeAfter(channel, failed);
            throw notWritable(path, failed);
        } catch (StorageFailed refused) {
            closeAfter(channel, refused);
            throw refused;
        }
    }

    private static FileChannel lockFile(Path path) {
        try {
            Files.createDirectories(path);
            return FileChannel.open(
                    path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException failed) {
            throw notWritable(path, failed);
        }
    }

    private static void closeAfter(FileChannel channel, Exception cause) {
        try {
            channel.close();
        } catch (IOException alsoFailed) {
            cause.addSuppressed(alsoFailed);
        }
    }

    private static StorageFailed notWritable(Path path, IOException failed) {
        String said = "cannot write to the data folder " + path + ": " + reason(failed);
        return new StorageFailed(said + "; choose another with --data DIR", failed);
    }

    /// Why it failed, in words; the exceptions of files have only the path for a message.
    static String reason(IOException failed) {
        return switch (failed) {
            case AccessDeniedException denied -> "permission denied for " + denied.getFile();
            case FileAlreadyExistsException there -> there.getFile() + " is not a folder";
            case NoSuchFileException missing -> missing.getFile() + " does not exist";
            default -> failed.getMessage() == null ? failed.toString() : failed.getMessage();
        };
    }

    private static void lock(Path path, FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException inThisProcess) {
            throw inUse(path, inThisProcess);
        }
        if (lock == null) {
            throw inUse(path, new IOException("lock is held"));
        }
    }

    private static StorageFailed inUse(Path path, Exception cause) {
        return new StorageFailed(
                "the data folder " + path + " is in use by another server; stop it or use --data",
                cause);
    }

    private static void checkFormat(Path path) throws IOException {
        Path file = path.resolve("FULCRUM");
        if (!Files.exists(file)) {
            DurableFiles.write(file, List.of(Integer.toString(FORMAT)));
            return;
        }
        String found = Files.readString(file).strip();
        if (!found.equals(Integer.toString(FORMAT))) {
            throw new StorageFailed(
                    "the data folder %s has format '%s', this server knows %d; use a newer server"
                            .formatted(path, found, FORMAT));
        }
    }

    public Path path() {
        return path;
    }

    /// A sub-folder, made when it does not exist.
    public Path folder(String name) {
        Path folder = path.resolve(name);
        try {
            return Files.createDirectories(folder);
        } catch (IOException failed) {
            throw notWritable(folder, failed);
        }
    }

    /// Gives the folder free for another server; the stores in it must be closed before.
    @Override
    public void close() {
        try {
            lockChannel.close();
            if (throwAway) {
                deleteAll();
            }
        } catch (IOException | UncheckedIOException failed) {
            throw new StorageFailed("cannot let go of the data folder " + path, failed);
        }
    }

    private void deleteAll() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> walk = Files.walk(path)) {
            deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.deleteIfExists(each);
        }
    }
}
