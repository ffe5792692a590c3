package fulcrum.storage;

import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The bytes that belong to documents (an uploaded greeting, a recording): one file for each document, below
/// `attachments` in the data folder, and a row that names it.
///
/// 1. The content is streamed to a file with a name of its own, and synced.
/// 2. The row is switched to that file in one transaction: from here on, and not before, it is the content.
/// 3. The file of the earlier content is deleted; whoever is reading it can read on.
///
/// A crash between these steps leaves a file that no row names; [#sweep] deletes it. Safe for use from any thread;
/// everything here may wait for a disk.
public final class Attachments {
    private static final Logger LOG = LoggerFactory.getLogger(Attachments.class);
    private static final int PIECE = 64 * 1024;
    private static final Duration ORPHAN_AGE = Duration.ofHours(1);
    private static final String SELECT =
            "SELECT account_id, document_id, name, content_type, length, sha256, file FROM attachments"
                    + " WHERE account_id = :account AND document_id = :document";
    private static final String SAVE =
            """
            INSERT INTO attachments (account_id, document_id, name, content_type, length, sha256, file)
            VALUES (:account, :document, :name, :type, :length, :sha256, :file)
            ON CONFLICT (account_id, document_id) DO UPDATE SET name = excluded.name,
              content_type = excluded.content_type, length = excluded.length, sha256 = excluded.sha256,
              file = excluded.file
            """;

    private final Database database;
    private final Path folder;
    private final SecureRandom chance = new SecureRandom();

    public Attachments(DataFolder folder, Database database) {
        this.folder = folder.folder("attachments");
        this.database = database;
    }

    /// The content of one document.
    ///
    /// @param name what the sender called it; may be empty
    /// @param length bytes
    /// @param sha256 64 lower-case hexadecimal digits
    /// @param file where the bytes are; only to be read
    public record Stored(
            String accountId,
            String documentId,
            String name,
            String contentType,
            long length,
            String sha256,
            Path file) {}

    /// What became of content that was to be kept.
    public sealed interface Keeping {
        /// It is on the disk and survives a crash.
        record Kept(Stored stored) implements Keeping {}

        /// It had more than `limit` bytes; nothing was kept, the earlier content is still there.
        record TooLong(long limit) implements Keeping {}
    }

    /// Keeps the content of a document in place of the earlier one.
    ///
    /// @param content read to its end, not closed
    /// @param limit the most bytes that are accepted
    /// @throws StorageFailed when the disk failed or the content could not be read; the earlier content is still there
    public Keeping keep(
            String accountId,
            String documentId,
            String name,
            String contentType,
            InputStream content,
            long limit) {
        Path file = freshFile();
        MessageDigest digest = sha256();
        Optional<Stored> earlier;
        Stored stored;
        try {
            long length = copy(content, file, limit, digest);
            if (length > limit) {
                delete(file);
                return new Keeping.TooLong(limit);
            }
            String hash = HexFormat.of().formatHex(digest.digest());
            stored = new Stored(accountId, documentId, name, contentType, length, hash, file);
            earlier = database.write(handle -> replace(handle, stored), _ -> {});
        } catch (IOException failed) {
            delete(file);
            throw new StorageFailed(
                    "cannot keep the content of " + documentId + ": " + DataFolder.reason(failed),
                    failed);
        } catch (StorageFailed failed) {
            delete(file);
            throw failed;
        }
        earlier.ifPresent(old -> delete(old.file));
        return new Keeping.Kept(stored);
    }

    /// @return how many bytes were read; more than `limit` when it stopped for that reason
    private static long copy(InputStream content, Path file, long limit, MessageDigest digest)
            throws IOException {
        byte[] piece = new byte[PIECE];
        long length = 0;
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            int read = content.read(piece);
            while (read >= 0) {
                length += read;
                if (length > limit) {
                    return length;
                }
                digest.update(piece, 0, read);
                ByteBuffer left = ByteBuffer.wrap(piece, 0, read);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                read = content.read(piece);
            }
            channel.force(true);
        }
        DurableFiles.syncFolderOf(file);
        return length;
    }

    private Optional<Stored> replace(Handle handle, Stored stored) {
        Optional<Stored> earlier = find(handle, stored.accountId, stored.documentId);
        handle.createUpdate(SAVE)
                .bind("account", stored.accountId)
                .bind("document", stored.documentId)
                .bind("name", stored.name)
                .bind("type", stored.contentType)
                .bind("length", stored.length)
                .bind("sha256", stored.sha256)
                .bind("file", stored.file.getFileName().toString())
                .execute();
        return earlier;
    }

    public Optional<Stored> find(String accountId, String documentId) {
        return database.read(handle -> find(handle, accountId, documentId));
    }

    private Optional<Stored> find(Handle handle, String accountId, String documentId) {
        return handle.createQuery(SELECT)
                .bindMap(Map.of("account", accountId, "document", documentId))
                .map((row, _) -> stored(row))
                .findFirst();
    }

    private Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                row.getString("account_id"),
                row.getString("document_id"),
                row.getString("name"),
                row.getString("content_type"),
                row.getLong("length"),
                row.getString("sha256"),
                placeOf(row.getString("file")));
    }

    /// All bytes of a content, as they were when it was found.
    ///
    /// @throws StorageFailed when they cannot be read, or the content was replaced or removed meanwhile
    public byte[] bytes(Stored stored) {
        return bytes(stored, 0, stored.length - 1);
    }

    /// A range of bytes, both ends included, cut to what there is.
    ///
    /// @param from the first byte, counted from 0
    /// @throws StorageFailed as for [#bytes(Stored)]
    public byte[] bytes(Stored stored, long from, long to) {
        long first = Math.clamp(from, 0, stored.length);
        long behind = Math.clamp(to + 1, first, stored.length);
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(behind - first));
        try (FileChannel channel = FileChannel.open(stored.file, StandardOpenOption.READ)) {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, first + bytes.position()) < 0) {
                    throw new IOException("the file is shorter than it was");
                }
            }
        } catch (IOException failed) {
            throw new StorageFailed(
                    "cannot read the content of "
                            + stored.documentId
                            + ": "
                            + DataFolder.reason(failed),
                    failed);
        }
        return bytes.array();
    }

    /// Removes the content of a document; nothing happens when there is none.
    public void remove(String accountId, String documentId) {
        database.write(
                        handle -> {
                            Optional<Stored> there = find(handle, accountId, documentId);
                            handle.createUpdate(
                                            "DELETE FROM attachments"
                                                    + " WHERE account_id = :a AND document_id = :b")
                                    .bind("a", accountId)
                                    .bind("b", documentId)
                                    .execute();
                            return there;
                        },
                        _ -> {})
                .ifPresent(gone -> delete(gone.file));
    }

    /// Deletes files that no row names: what a crash left behind. Files of the last hour are left alone, they may be
    /// on their way in.
    ///
    /// @return how many were deleted
    public int sweep(Instant now) {
        Set<String> named =
                new HashSet<>(
                        database.read(
                                handle ->
                                        handle.createQuery("SELECT file FROM attachments")
                                                .mapTo(String.class)
                                                .list()));
        int deleted = 0;
        for (Path file : files()) {
            try {
                boolean old =
                        Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(ORPHAN_AGE));
                if (old
                        && !named.contains(file.getFileName().toString())
                        && Files.deleteIfExists(file)) {
                    deleted++;
                }
            } catch (IOException failed) {
                throw new StorageFailed(
                        "cannot sweep " + file + ": " + DataFolder.reason(failed), failed);
            }
        }
        return deleted;
    }

    private List<Path> files() {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).toList();
        } catch (IOException failed) {
            throw new StorageFailed(
                    "cannot list " + folder + ": " + DataFolder.reason(failed), failed);
        } catch (UncheckedIOException failed) {
            throw new StorageFailed("cannot list " + folder, failed);
        }
    }

    private Path freshFile() {
        byte[] name = new byte[16];
        chance.nextBytes(name);
        Path file = placeOf(HexFormat.of().formatHex(name));
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException failed) {
            throw new StorageFailed(
                    "cannot make " + file.getParent() + ": " + DataFolder.reason(failed), failed);
        }
        return file;
    }

    /// In 256 folders, so that none grows too large.
    private Path placeOf(String fileName) {
        return folder.resolve(fileName.substring(0, 2)).resolve(fileName);
    }

    /// A file that cannot be deleted is deleted by a later [#sweep].
    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            LOG.warn("cannot delete {}: {}", file, DataFolder.reason(failed));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
