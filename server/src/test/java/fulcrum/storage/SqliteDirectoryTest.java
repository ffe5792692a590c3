package fulcrum.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fulcrum.directory.Directory;
import fulcrum.directory.DirectoryFailed;
import fulcrum.directory.Document;
import fulcrum.directory.Json;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;

class SqliteDirectoryTest extends DirectoryContract {
    @TempDir private static Path folder;
    private static Database database;
    private static SqlDirectory directory;

    @BeforeAll
    static void open() {
        database = Database.sqlite(folder.resolve("test.db"));
        directory = new SqlDirectory(database);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    Directory directory() {
        return directory;
    }

    @Test
    void documents_are_there_after_a_restart() {
        Path file = folder.resolve("restart.db");
        Document document =
                Document.fresh("a", "user", "1", Json.object("{\"x\":1}"), Instant.EPOCH);
        try (Database first = Database.sqlite(file)) {
            new SqlDirectory(first).save(document);
        }
        try (Database second = Database.sqlite(file)) {
            assertThat(new SqlDirectory(second).find("a", "1").orElseThrow().body())
                    .isEqualTo(document.body());
        }
    }

    @Test
    void a_closed_store_says_so() {
        Database closed = Database.sqlite(folder.resolve("closed.db"));
        SqlDirectory store = new SqlDirectory(closed);
        closed.close();
        closed.close();

        Document document = Document.fresh("a", "user", "1", Json.object(), Instant.EPOCH);
        assertThatThrownBy(() -> store.save(document))
                .isInstanceOf(DirectoryFailed.class)
                .hasMessageContaining("save user 1")
                .hasMessageContaining("closed");
    }
}
