package fulcrum.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fulcrum.directory.Directory;
import fulcrum.directory.DirectoryFailed;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.directory.LookUps;
import fulcrum.directory.NotAtHand;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
    void what_was_not_asked_before_is_not_at_hand() {
        LookUps memory = directory.atHand();
        Document user = Document.fresh("h", "user", "1", Json.object(), Instant.EPOCH);
        directory.save(user);

        List<ThrowingCallable> unasked =
                List.of(
                        () -> memory.find("h", "1"),
                        () -> memory.all("h", "user"),
                        () -> memory.accounts(),
                        () -> memory.accountByRealm("h.example"),
                        () -> memory.devicesByUsername("h"),
                        () -> memory.number("h"),
                        () -> memory.callflowFor("h", "1"),
                        () -> memory.accountsAnswering("h"));
        assertThat(unasked)
                .allSatisfy(each -> assertThatThrownBy(each).isInstanceOf(NotAtHand.class));
        assertThat(directory.find("h", "1")).isPresent();
        assertThat(memory.find("h", "1")).isPresent();
    }

    @Test
    void patterns_that_users_wrote_are_never_at_hand() {
        LookUps memory = directory.atHand();
        String patterns = "{\"numbers\":[\"1\"],\"patterns\":[\"^9$\"]}";
        directory.save(Document.fresh("p", "callflow", "1", Json.object(patterns), Instant.EPOCH));
        Document planned =
                Document.fresh(
                        "p",
                        "account",
                        "p",
                        Json.object("{\"dial_plan\":{\"^9$\":{\"prefix\":\"8\"}}}"),
                        Instant.EPOCH);
        assertThat(directory.callflowFor("p", "9")).isPresent();

        assertThat(memory.callflowFor("p", "1")).isPresent();
        assertThatThrownBy(() -> memory.callflowFor("p", "9")).isInstanceOf(NotAtHand.class);
        assertThatThrownBy(() -> memory.normalise("9", Optional.of(planned)))
                .isInstanceOf(NotAtHand.class);
        assertThat(memory.normalise("+9", Optional.of(planned))).isEqualTo("+9");
        assertThat(memory.normalise("4155550100", Optional.empty())).isEqualTo("+14155550100");
        assertThat(directory.normalise("9", Optional.of(planned))).isEqualTo("89");
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
