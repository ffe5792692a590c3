package fulcrum.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class DataFolderTest {
    @TempDir private Path parent;

    @Test
    void a_folder_is_made_with_those_above_it() {
        Path path = parent.resolve("a").resolve("b");
        try (DataFolder folder = DataFolder.open(path)) {
            assertThat(folder.path()).isEqualTo(path);
            assertThat(path.resolve("FULCRUM")).hasContent("1\n");
            assertThat(folder.folder("sound")).isDirectory().hasParent(path);
        }
    }

    @Test
    void a_folder_that_another_server_holds_is_refused() {
        try (DataFolder held = DataFolder.open(parent)) {
            assertThatThrownBy(() -> DataFolder.open(parent))
                    .isInstanceOf(StorageFailed.class)
                    .hasMessage(
                            "the data folder %s is in use by another server; stop it or use --data"
                                    .formatted(held.path()));
        }
    }

    @Test
    void a_folder_is_free_again_when_its_server_has_let_go_of_it() {
        DataFolder.open(parent).close();
        DataFolder.open(parent).close();

        assertThat(parent).isDirectory();
    }

    @Test
    void a_folder_of_a_newer_format_is_refused_and_left_alone() throws IOException {
        Files.writeString(parent.resolve("FULCRUM"), "2\n");

        assertThatThrownBy(() -> DataFolder.open(parent))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("has format '2', this server knows 1; use a newer server");
        assertThat(parent.resolve("FULCRUM")).hasContent("2\n");
    }

    @Test
    void a_refused_folder_is_not_kept_locked() throws IOException {
        Files.writeString(parent.resolve("FULCRUM"), "2\n");
        assertThatThrownBy(() -> DataFolder.open(parent)).isInstanceOf(StorageFailed.class);
        Files.writeString(parent.resolve("FULCRUM"), "1\n");

        DataFolder.open(parent).close();
    }

    /// A file stands where the folder should be; permissions would not stop a test that runs as root.
    @Test
    void a_folder_that_cannot_be_written_says_what_to_do() throws IOException {
        Path file = Files.writeString(parent.resolve("file"), "");

        assertThatThrownBy(() -> DataFolder.open(file))
                .isInstanceOf(StorageFailed.class)
                .hasMessage(
                        "cannot write to the data folder %s: %s is not a folder; choose another with --data DIR"
                                .formatted(file, file));
        assertThatThrownBy(() -> DataFolder.open(file.resolve("below")))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("choose another with --data DIR");
    }

    @Test
    void a_throw_away_folder_is_deleted_with_everything_in_it() throws IOException {
        Path path;
        try (DataFolder folder = DataFolder.throwAway()) {
            path = folder.path();
            Files.writeString(folder.folder("a").resolve("b"), "c");
            assertThat(path).isDirectory();
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void a_database_of_a_newer_server_is_refused() {
        try (DataFolder folder = DataFolder.open(parent)) {
            try (Database database = Database.in(folder)) {
                int rows =
                        database.writeLater(
                                        handle ->
                                                handle.execute(
                                                        """
                                                        INSERT INTO flyway_schema_history
                                                        SELECT 99, '99', 'from the future', type, 'V99__x.sql', 1,
                                                          installed_by, installed_on, 1, 1
                                                        FROM flyway_schema_history WHERE version = '1'
                                                        """),
                                        _ -> {})
                                .join();
                assertThat(rows).isEqualTo(1);
            }
            assertThatThrownBy(() -> Database.in(folder))
                    .isInstanceOf(StorageFailed.class)
                    .hasMessageContaining(
                            "was last used by a newer server (its schema has version 99)")
                    .hasMessageContaining("use a newer server");
        }
    }

    @Test
    void a_broken_database_says_which_file_it_is() throws IOException {
        try (DataFolder folder = DataFolder.open(parent)) {
            Files.writeString(parent.resolve("fulcrum.db"), "this is not a database".repeat(100));

            assertThatThrownBy(() -> Database.in(folder))
                    .isInstanceOf(StorageFailed.class)
                    .hasMessageContaining("cannot open the database")
                    .hasMessageContaining("fulcrum.db")
                    .hasMessageContaining("not a database");
        }
    }
}
