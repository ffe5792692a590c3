package fulcrum.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

@Timeout(60)
class DatabaseTest {
    @TempDir private Path folder;
    private Database database;

    @BeforeEach
    void open() {
        database = Database.sqlite(folder.resolve("test.db"));
        write("CREATE TABLE t (n INTEGER PRIMARY KEY)").join();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private CompletableFuture<Integer> write(String sql) {
        return database.writeLater(handle -> handle.execute(sql), _ -> {});
    }

    private CompletableFuture<Integer> insert(int n) {
        return write("INSERT INTO t VALUES (" + n + ")");
    }

    private List<Integer> rows() {
        return database.read(
                handle ->
                        handle.createQuery("SELECT n FROM t ORDER BY n")
                                .mapTo(Integer.class)
                                .list());
    }

    /// Holds the writer until the returned latch is counted down, so that what is queued meanwhile becomes one batch.
    private CountDownLatch busyWriter() throws InterruptedException {
        CountDownLatch isBusy = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        var _ =
                database.writeLater(
                        _ -> {
                            isBusy.countDown();
                            try {
                                goOn.await();
                            } catch (InterruptedException stopped) {
                                Thread.currentThread().interrupt();
                            }
                            return 0;
                        },
                        _ -> {});
        isBusy.await();
        return goOn;
    }

    /// A database whose writes that nobody waits for stay for an hour, unless something else hurries them.
    private Database lingering() {
        Database patient = Database.sqlite(folder.resolve("patient.db"), Duration.ofHours(1));
        patient.write(handle -> handle.execute("CREATE TABLE t (n INTEGER PRIMARY KEY)"), _ -> {});
        return patient;
    }

    private static CompletableFuture<Integer> insertTogether(Database into, int n) {
        return into.writeTogether(
                writing -> writing.handle().execute("INSERT INTO t VALUES (" + n + ")"));
    }

    @Test
    void writes_that_nobody_waits_for_share_the_commit_of_one_that_somebody_waits_for() {
        try (Database patient = lingering()) {
            long before = patient.commits();
            List<CompletableFuture<Integer>> queued = new ArrayList<>();
            for (int n = 0; n < WriteQueue.ENOUGH - 1; n++) {
                queued.add(insertTogether(patient, n));
            }
            int waited = patient.waitingWrites();
            int count = patient.write(handle -> handle.execute("DELETE FROM t"), _ -> {});

            assertThat(waited).isEqualTo(WriteQueue.ENOUGH - 1);
            assertThat(count).as("written in their order").isEqualTo(WriteQueue.ENOUGH - 1);
            assertThat(patient.commits()).isEqualTo(before + 1);
            assertThat(queued).allSatisfy(each -> assertThat(each).isCompletedWithValue(1));
        }
    }

    @Test
    void enough_writes_that_nobody_waits_for_are_worth_a_commit() {
        try (Database patient = lingering()) {
            long before = patient.commits();
            List<CompletableFuture<Integer>> queued = new ArrayList<>();
            for (int n = 0; n < WriteQueue.ENOUGH; n++) {
                queued.add(insertTogether(patient, n));
            }
            queued.forEach(CompletableFuture::join);

            assertThat(patient.commits()).isEqualTo(before + 1);
        }
    }

    @Test
    void a_write_that_nobody_waits_for_is_not_left_lying() {
        assertThat(database.writeTogether(writing -> writing.handle().execute("SELECT 1")).join())
                .isNotNull();
    }

    @Test
    void closing_does_not_wait_for_the_writes_that_linger_and_loses_none() {
        Database patient = lingering();
        var last = insertTogether(patient, 7);
        patient.close();

        assertThat(last).isCompletedWithValue(1);
    }

    @Test
    void a_bad_write_that_nobody_waits_for_does_not_spoil_the_others() {
        Database patient = lingering();
        var first = insertTogether(patient, 1);
        var bad = insertTogether(patient, 1);
        var last = insertTogether(patient, 2);
        patient.close();

        assertThat(first).isCompletedWithValue(1);
        assertThat(bad).isCompletedExceptionally();
        assertThat(last).isCompletedWithValue(1);
    }

    @Test
    void one_bad_write_does_not_spoil_the_others_of_its_batch() throws InterruptedException {
        CountDownLatch goOn = busyWriter();
        var first = insert(1);
        var bad = insert(1);
        var last = insert(2);
        goOn.countDown();

        assertThat(first.join()).isEqualTo(1);
        assertThat(last.join()).isEqualTo(1);
        assertThatThrownBy(bad::join).hasMessageContaining("UNIQUE");
        assertThat(rows()).containsExactly(1, 2);
    }

    @Test
    void an_error_in_one_write_does_not_end_the_writer() {
        CompletableFuture<Integer> bug =
                database.writeLater(
                        _ -> {
                            throw new StackOverflowError("deep");
                        },
                        _ -> {});

        assertThatThrownBy(bug::join).hasRootCauseInstanceOf(StackOverflowError.class);
        assertThat(insert(3).join()).isEqualTo(1);
    }

    @Test
    void a_waiting_write_says_why_it_failed() {
        insert(1).join();

        assertThatThrownBy(
                        () ->
                                database.write(
                                        handle -> handle.execute("INSERT INTO t VALUES (1)"),
                                        _ -> {}))
                .isInstanceOf(StorageFailed.class)
                .hasMessageStartingWith("cannot write to the database: ")
                .hasMessageContaining("UNIQUE");
    }

    @Test
    void closing_writes_what_still_waits_and_refuses_what_comes_after()
            throws InterruptedException {
        CountDownLatch goOn = busyWriter();
        List<CompletableFuture<Integer>> queued = new ArrayList<>();
        for (int n = 0; n < 500; n++) {
            queued.add(insert(n));
        }
        int waited = database.waitingWrites();
        goOn.countDown();
        database.close();

        assertThat(waited).isEqualTo(500);
        assertThat(queued).allSatisfy(each -> assertThat(each).isCompletedWithValue(1));
        assertThatThrownBy(() -> insert(1000))
                .isInstanceOf(StorageFailed.class)
                .hasMessage("the database is closed");
        try (Database again = Database.sqlite(folder.resolve("test.db"))) {
            int count =
                    again.read(
                            handle ->
                                    handle.createQuery("SELECT count(*) FROM t")
                                            .mapTo(Integer.class)
                                            .one());
            assertThat(count).isEqualTo(500);
        }
    }

    @Test
    void an_acknowledged_write_is_seen_by_whoever_reads_next() {
        List<Boolean> seenAfter = new ArrayList<>();
        for (int n = 0; n < 100; n++) {
            insert(n).join();
            seenAfter.add(rows().contains(n));
        }

        assertThat(seenAfter).containsOnly(true);
    }

    /// A server that does not know its own newest migration would never make it.
    @Test
    void the_newest_migration_is_known_by_its_version() throws IOException, URISyntaxException {
        Path migrations =
                Path.of(
                        Objects.requireNonNull(Database.class.getResource("/db/migration"))
                                .toURI());
        try (Stream<Path> files = Files.list(migrations)) {
            int newest =
                    files.map(file -> file.getFileName().toString())
                            .mapToInt(
                                    name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                            .max()
                            .orElseThrow();
            assertThat(Database.SCHEMA).isEqualTo(Integer.toString(newest));
        }
    }
}
