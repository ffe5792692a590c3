package fulcrum.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/// One database: readers on a small pool, all writes on one thread that commits many of them at once.
///
/// Thread `storage-writer` takes whatever writes wait (at most 256), runs them in one transaction and tells each waiter
/// after the commit. When one of them fails, the batch is rolled back and each is run again in its own transaction; so
/// a write must have no effect outside its [Handle]. At most 4096 writes wait; who comes then waits for room.
///
/// A commit costs a sync of the disk. So a write that nobody waits for ([#writeTogether]) stays in the queue for up to
/// [#LINGER], to share the commit of others ([WriteQueue]); one that somebody waits for is taken at once, with all that
/// were queued before it. The order of writes is the order in which they were queued.
public final class Database implements AutoCloseable {
    /// How long a write that nobody waits for may wait for others.
    static final Duration LINGER = Duration.ofMillis(100);

    private static final int READERS = 4;

    /// The version of the newest file in `db/migration`.
    static final String SCHEMA = "1";

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final WriteQueue<Job<?>> waiting;
    private final AtomicLong commits = new AtomicLong();
    private final Thread writer;

    private record Job<T>(
            Function<Writing, T> work, Consumer<T> committed, CompletableFuture<T> done) {}

    /// One job's outcome inside a batch that has not been committed yet.
    private record Ran<T>(Job<T> job, T outcome) {
        void acknowledge() {
            try {
                job.committed().accept(outcome);
                job.done().complete(outcome);
            } catch (RuntimeException failed) {
                job.done().completeExceptionally(failed);
            }
        }
    }

    private Database(String url, Properties properties, Duration linger) {
        waiting = new WriteQueue<>(linger);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setDataSourceProperties(properties);
        config.setMaximumPoolSize(READERS + 1); // and the writer's one
        config.setMinimumIdle(1);
        config.setPoolName("storage");
        try {
            pool = new HikariDataSource(config);
        } catch (PoolInitializationException failed) {
            throw cannotOpen(url, failed);
        }
        jdbi = Jdbi.create(pool);
        try {
            if (!SCHEMA.equals(schemaOf(jdbi))) {
                migrate(url, properties);
            }
        } catch (FlywayException failed) {
            pool.close();
            throw cannotOpen(url, failed);
        } catch (StorageFailed refused) {
            pool.close();
            throw refused;
        }
        writer = Thread.ofPlatform().name("storage-writer").daemon().start(this::writeAll);
    }

    private static StorageFailed cannotOpen(String url, RuntimeException failed) {
        return new StorageFailed("cannot open the database " + url + ": " + reason(failed), failed);
    }

    /// The version that the database was brought to last; empty for a new one. Asked first because Flyway, which would
    /// find out as well, takes as long to load as half the rest of the server.
    private static String schemaOf(Jdbi jdbi) {
        try {
            return jdbi.withHandle(
                    handle ->
                            handle.createQuery(
                                            "SELECT version FROM flyway_schema_history WHERE success"
                                                    + " ORDER BY installed_rank DESC LIMIT 1")
                                    .mapTo(String.class)
                                    .findFirst()
                                    .orElse(""));
        } catch (JdbiException _) {
            return ""; // there is no such table yet; where there is another reason, Flyway finds it
            // too and says it
        }
    }

    private static void migrate(String url, Properties properties) {
        Flyway flyway =
                Flyway.configure(Database.class.getClassLoader())
                        .dataSource(
                                url,
                                properties.getProperty("user", ""),
                                properties.getProperty("password", ""))
                        .locations("classpath:db/migration")
                        .load();
        for (MigrationInfo each : flyway.info().all()) {
            if (each.getState() == MigrationState.FUTURE_SUCCESS) {
                throw new StorageFailed(
                        ("the database %s was last used by a newer server (its schema has version"
                                        + " %s); use a newer server")
                                .formatted(url, each.getVersion()));
            }
        }
        flyway.migrate();
    }

    /// The default: SQLite in a data folder, write-ahead log, every commit synced to the disk.
    public static Database in(DataFolder folder) {
        return sqlite(folder.path().resolve("fulcrum.db"));
    }

    static Database sqlite(Path file) {
        return sqlite(file, LINGER);
    }

    static Database sqlite(Path file, Duration linger) {
        Properties properties = new Properties();
        properties.setProperty("journal_mode", "WAL");
        properties.setProperty("synchronous", "FULL");
        properties.setProperty("busy_timeout", "10000");
        properties.setProperty(
                "jdbc.get_generated_keys", "false"); // else asked for after each insert
        return new Database("jdbc:sqlite:" + file, properties, linger);
    }

    /// A PostgreSQL database, by its JDBC URL.
    public static Database postgres(String url, String user, String password) {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return new Database(url, properties, LINGER);
    }

    /// Reads on the caller's thread.
    ///
    /// @throws StorageFailed when the database failed
    <T> T read(Function<Handle, T> work) {
        try {
            return jdbi.withHandle(work::apply);
        } catch (JdbiException failed) {
            throw new StorageFailed("cannot read from the database: " + reason(failed), failed);
        }
    }

    /// Writes, and returns after the commit.
    ///
    /// @param committed run on the writer's thread after the commit and before the caller hears of it
    /// @throws StorageFailed when the database failed; nothing of this write is stored
    <T> T write(Function<Handle, T> work, Consumer<T> committed) {
        try {
            return writeLater(work, committed).join();
        } catch (CompletionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new StorageFailed("cannot write to the database: " + reason(cause), cause);
        }
    }

    /// Queues a write that somebody waits for; waits only while the queue is full. Writes are done in the order they
    /// were queued.
    ///
    /// @return done after the commit, on the writer's thread, which whoever hears of it must not hold up
    <T> CompletableFuture<T> writeLater(Function<Handle, T> work, Consumer<T> committed) {
        return queued(writing -> work.apply(writing.handle()), committed, true);
    }

    /// As [#writeLater], for a write that nobody waits for and of which many come: committed together with others,
    /// after [#LINGER] at the latest.
    <T> CompletableFuture<T> writeTogether(Function<Writing, T> work) {
        return queued(work, _ -> {}, false);
    }

    private <T> CompletableFuture<T> queued(
            Function<Writing, T> work, Consumer<T> committed, boolean isAwaited) {
        Job<T> job = new Job<>(work, committed, new CompletableFuture<>());
        waiting.put(job, isAwaited);
        return job.done;
    }

    /// How many writes wait for their commit.
    public int waitingWrites() {
        return waiting.size();
    }

    /// How many transactions were committed since the start.
    public long commits() {
        return commits.get();
    }

    private void writeAll() {
        List<Job<?>> batch = waiting.take();
        while (!batch.isEmpty()) {
            commitAll(batch);
            batch = waiting.take();
        }
    }

    private void commitAll(List<Job<?>> batch) {
        try {
            commit(batch);
        } catch (SQLException | RuntimeException | Error _) {
            batch.forEach(this::commitAlone); // and the one that is to blame hears of it there
        }
    }

    private void commit(List<Job<?>> batch) throws SQLException {
        List<Ran<?>> ran = jdbi.inTransaction(handle -> run(batch, handle));
        commits.incrementAndGet();
        ran.forEach(Ran::acknowledge);
    }

    private static List<Ran<?>> run(List<Job<?>> batch, Handle handle) throws SQLException {
        try (Writing writing = new Writing(handle)) {
            List<Ran<?>> outcomes = new ArrayList<>(batch.size());
            for (Job<?> job : batch) {
                outcomes.add(run(job, writing));
            }
            return outcomes;
        }
    }

    private static <T> Ran<T> run(Job<T> job, Writing writing) {
        return new Ran<>(job, job.work.apply(writing));
    }

    private void commitAlone(Job<?> job) {
        try {
            commit(List.of(job));
        } catch (SQLException | RuntimeException | Error failed) {
            job.done.completeExceptionally(failed);
        }
    }

    /// The innermost cause in one line; the outer ones only say that something failed.
    static String reason(Throwable failed) {
        Throwable inner = failed;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        String said =
                inner.getMessage() == null ? inner.getClass().getSimpleName() : inner.getMessage();
        return said.lines().findFirst().orElse(said);
    }

    /// Writes what still waits, then closes; later writes fail.
    @Override
    public void close() {
        waiting.close();
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException _) {
                interrupted = true; // an acknowledged write is not given up for it
            }
        }
        pool.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
