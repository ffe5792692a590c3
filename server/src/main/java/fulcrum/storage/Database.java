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
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;

/// One database: readers on a small pool, all writes on one thread that commits many of them at once.
///
/// Thread `storage-writer` takes whatever writes wait (at most 256), runs them in one transaction and tells each waiter
/// after the commit. When one of them fails, the batch is rolled back and each is run again in its own transaction; so
/// a write must have no effect outside its [Handle]. At most 4096 writes wait; who comes then waits for room.
public final class Database implements AutoCloseable {
    private static final int QUEUE = 4096;
    private static final int BATCH = 256;
    private static final int READERS = 4;

    /// The version of the newest file in `db/migration`.
    static final String SCHEMA = "1";

    /// Told to the writer by [#close]: nothing comes after it.
    private static final Job<Boolean> END =
            new Job<>(_ -> true, _ -> {}, new CompletableFuture<>());

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final Semaphore room = new Semaphore(QUEUE);
    private final BlockingQueue<Job<?>> waiting = new LinkedBlockingQueue<>();
    private final Thread writer;
    private final Object gate = new Object();
    private boolean closed;

    private record Job<T>(
            Function<Handle, T> work, Consumer<T> committed, CompletableFuture<T> done) {}

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

    private Database(String url, Properties properties) {
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
        Properties properties = new Properties();
        properties.setProperty("journal_mode", "WAL");
        properties.setProperty("synchronous", "FULL");
        properties.setProperty("busy_timeout", "10000");
        return new Database("jdbc:sqlite:" + file, properties);
    }

    /// A PostgreSQL database, by its JDBC URL.
    public static Database postgres(String url, String user, String password) {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return new Database(url, properties);
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

    /// Queues a write; waits only while the queue is full. Writes are done in the order they were queued.
    ///
    /// @return done after the commit, on the writer's thread, which whoever hears of it must not hold up
    <T> CompletableFuture<T> writeLater(Function<Handle, T> work, Consumer<T> committed) {
        Job<T> job = new Job<>(work, committed, new CompletableFuture<>());
        try {
            room.acquire();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StorageFailed("interrupted while waiting to write", interrupted);
        }
        synchronized (gate) {
            if (closed) {
                room.release();
                throw new StorageFailed("the database is closed");
            }
            waiting.add(job);
        }
        return job.done;
    }

    /// How many writes wait for their commit.
    public int waitingWrites() {
        return waiting.size();
    }

    private void writeAll() {
        List<Job<?>> batch = new ArrayList<>();
        boolean ended = false;
        while (!ended) {
            try {
                batch.add(waiting.take());
            } catch (InterruptedException _) {
                continue; // nobody has a reason to; the writer ends when the database is closed
            }
            waiting.drainTo(batch, BATCH - 1);
            room.release(batch.size());
            ended = batch.remove(END);
            if (!batch.isEmpty()) {
                commitAll(batch);
            }
            batch.clear();
        }
    }

    private void commitAll(List<Job<?>> batch) {
        try {
            commit(batch);
        } catch (RuntimeException | Error _) {
            batch.forEach(this::commitAlone); // and the one that is to blame hears of it there
        }
    }

    private void commit(List<Job<?>> batch) {
        List<Ran<?>> ran =
                jdbi.inTransaction(
                        handle -> {
                            List<Ran<?>> outcomes = new ArrayList<>();
                            batch.forEach(job -> outcomes.add(run(job, handle)));
                            return outcomes;
                        });
        ran.forEach(Ran::acknowledge);
    }

    private static <T> Ran<T> run(Job<T> job, Handle handle) {
        return new Ran<>(job, job.work.apply(handle));
    }

    private void commitAlone(Job<?> job) {
        try {
            commit(List.of(job));
        } catch (RuntimeException | Error failed) {
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
        synchronized (gate) {
            if (closed) {
                return;
            }
            closed = true;
            waiting.add(END);
        }
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
