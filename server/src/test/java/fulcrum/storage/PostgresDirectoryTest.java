package fulcrum.storage;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.directory.Directory;
import fulcrum.directory.Document;
import fulcrum.directory.Json;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;

/// The same SQL on PostgreSQL: the directory's contract, monthly records and attachments.
class PostgresDirectoryTest extends DirectoryContract {
    private static EmbeddedPostgres server;
    private static Database database;
    private static SqlDirectory directory;

    @BeforeAll
    static void open() throws IOException {
        server = EmbeddedPostgres.start();
        database =
                Database.postgres(
                        server.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
        directory = new SqlDirectory(database);
    }

    @AfterAll
    static void close() throws IOException {
        database.close();
        server.close();
    }

    @Override
    Directory directory() {
        return directory;
    }

    @Test
    void monthly_records_are_kept_paged_and_expired() {
        MonthlyStoreTest.tour(new MonthlyStore(database));
    }

    @Test
    void attachments_are_kept_and_replaced(@TempDir Path path) {
        try (DataFolder folder = DataFolder.open(path)) {
            Attachments attachments = new Attachments(folder, database);
            for (String content : new String[] {"first", "second one"}) {
                byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
                attachments.keep(
                        "a", "d", "x.wav", "audio/wav", new ByteArrayInputStream(bytes), 100);
                Attachments.Stored stored = attachments.find("a", "d").orElseThrow();
                assertThat(attachments.bytes(stored)).isEqualTo(bytes);
            }
        }
    }

    @Test
    void one_bad_write_does_not_spoil_the_others_of_its_batch() {
        Document good = Document.fresh("good", "user", "1", Json.object(), Instant.EPOCH);
        var bad = database.writeLater(handle -> handle.execute("this is no SQL"), _ -> {});

        assertThat(directory.save(good)).isInstanceOf(fulcrum.directory.Saving.Saved.class);
        assertThat(bad).isCompletedExceptionally();
    }
}
