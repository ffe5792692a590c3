package fulcrum.storage;

import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.storage.MonthlyQuery.Position;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Records that are written once and never changed, month by month: call detail records (`cdr`), pivot debug documents
/// (`pivot_debug`). Their ids are `YYYYMM-<rest>` (REST conventions §2).
///
/// Safe for use from any thread; everything here may wait for a disk. A record has its time in whole milliseconds.
public final class MonthlyStore {
    private static final String SELECT =
            "SELECT account_id, type, id, created, body, hidden FROM monthly WHERE account_id = :account";
    private static final String INSERT =
            """
            INSERT INTO monthly (account_id, id, type, created, call_id, interaction_id, body, hidden)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (account_id, id) DO NOTHING
            """;
    private static final int PAGE = 1000;
    private static final int DELETED_AT_ONCE = 1000;
    private static final int SAME_ID = 1000;

    private final Database database;

    public MonthlyStore(Database database) {
        this.database = database;
    }

    /// The id of a record made at an instant: `YYYYMM-<rest>`, the month as UTC has it.
    public static String id(Instant created, String rest) {
        YearMonth month = YearMonth.from(created.atOffset(ZoneOffset.UTC));
        return String.format(
                Locale.ROOT, "%04d%02d-%s", month.getYear(), month.getMonthValue(), rest);
    }

    /// Queues a new record; waits only while the store's write queue is full. Many records share one commit, so a
    /// record may be on its way for a tenth of a second longer than the disk needs.
    ///
    /// A record whose id is taken (a caller used a Call-ID again) is kept under the id with `-2`, `-3` … behind it.
    ///
    /// @return the record as stored, once it survives a crash; done exceptionally with [StorageFailed] when the
    ///     database failed
    public CompletableFuture<Document> append(Document record) {
        return database.writeTogether(writing -> insert(writing, record))
                .exceptionallyCompose(
                        failed -> {
                            Throwable cause =
                                    failed instanceof CompletionException
                                                    && failed.getCause() != null
                                            ? failed.getCause()
                                            : failed;
                            return CompletableFuture.failedFuture(
                                    new StorageFailed(
                                            "cannot keep "
                                                    + record.type()
                                                    + " "
                                                    + record.id()
                                                    + ": "
                                                    + Database.reason(cause),
                                            cause));
                        });
    }

    private static Document insert(Writing writing, Document record) {
        try {
            return insert(writing.statement(INSERT), record);
        } catch (SQLException failed) {
            throw new StorageFailed("the record was not taken", failed);
        }
    }

    private static Document insert(PreparedStatement insert, Document record) throws SQLException {
        String body = Json.MAPPER.writeValueAsString(record.body());
        insert.setString(1, record.accountId());
        insert.setString(3, record.type());
        insert.setLong(4, record.created().toEpochMilli());
        insert.setString(5, record.text("call_id").orElse(""));
        insert.setString(6, record.text("interaction_id").orElse(""));
        insert.setString(7, body);
        insert.setString(8, Json.MAPPER.writeValueAsString(record.hidden()));
        for (int copy = 1; copy <= SAME_ID; copy++) {
            String id = copy == 1 ? record.id() : record.id() + "-" + copy;
            insert.setString(2, id);
            if (insert.executeUpdate() == 1) {
                return document(record, id, body);
            }
        }
        throw new StorageFailed("there are " + SAME_ID + " records with the id " + record.id());
    }

    private static Document document(Document record, String id, String body) {
        Instant created = Instant.ofEpochMilli(record.created().toEpochMilli());
        return new Document(
                record.accountId(),
                record.type(),
                id,
                revision(body),
                record.body(),
                record.hidden(),
                created,
                created,
                false);
    }

    /// The one revision that a record ever has.
    private static String revision(String body) {
        return "1-" + HexFormat.of().toHexDigits(body.hashCode());
    }

    public Optional<Document> find(String accountId, String id) {
        return select(" AND id = :id", Map.of("account", accountId, "id", id)).stream().findFirst();
    }

    /// The records of one type that were made in a span of time, oldest first. See [MonthlyQuery] for the bounds; a
    /// long span may be many records, [#page] reads them piece by piece.
    public List<Document> between(String accountId, String type, Instant from, Instant to) {
        List<Document> all = new ArrayList<>();
        MonthlyQuery query =
                new MonthlyQuery(accountId, type, from, to, false, PAGE, Optional.empty());
        while (true) {
            List<Document> page = page(query);
            all.addAll(page);
            if (page.size() < PAGE) {
                return all;
            }
            query = query.after(page.getLast().created(), page.getLast().id());
        }
    }

    /// One page of records.
    public List<Document> page(MonthlyQuery query) {
        Map<String, Object> words = new HashMap<>();
        words.put("account", query.accountId());
        words.put("type", query.type());
        words.put("from", query.from().getEpochSecond() * 1000);
        words.put("to", (query.to().getEpochSecond() + 1) * 1000);
        words.put("limit", query.limit());
        String where = " AND type = :type AND created >= :from AND created < :to";
        if (query.after().isPresent()) {
            Position after = query.after().get();
            words.put("created", after.created().toEpochMilli());
            words.put("id", after.id());
            where +=
                    query.newestFirst()
                            ? " AND (created < :created OR (created = :created AND id < :id))"
                            : " AND (created > :created OR (created = :created AND id > :id))";
        }
        String order =
                query.newestFirst()
                        ? " ORDER BY created DESC, id DESC LIMIT :limit"
                        : " ORDER BY created, id LIMIT :limit";
        return select(where + order, words);
    }

    /// The records of one type about one call, oldest first.
    public List<Document> ofCall(String accountId, String type, String callId) {
        return select(
                " AND type = :type AND call_id = :call ORDER BY created, id",
                Map.of("account", accountId, "type", type, "call", callId));
    }

    /// The call detail records of all legs of one conversation, oldest first.
    public List<Document> ofInteraction(String accountId, String interactionId) {
        return select(
                " AND type = 'cdr' AND interaction_id = :interaction ORDER BY created, id",
                Map.of("account", accountId, "interaction", interactionId));
    }

    /// Removes the records of one type, of all accounts, that were made before an instant; in small transactions, so
    /// that other writes come in between.
    ///
    /// @return how many were removed
    public int expire(String type, Instant before) {
        int all = 0;
        while (true) {
            int removed = database.write(handle -> removeSome(handle, type, before), _ -> {});
            all += removed;
            if (removed < DELETED_AT_ONCE) {
                return all;
            }
        }
    }

    private static int removeSome(Handle handle, String type, Instant before) {
        return handle.createUpdate(
                        """
                        DELETE FROM monthly WHERE (account_id, id) IN
                          (SELECT account_id, id FROM monthly WHERE type = :type AND created < :before LIMIT :limit)
                        """)
                .bind("type", type)
                .bind("before", before.toEpochMilli())
                .bind("limit", DELETED_AT_ONCE)
                .execute();
    }

    private List<Document> select(String where, Map<String, ?> words) {
        return database.read(
                handle -> {
                    Query query = handle.createQuery(SELECT + where).bindMap(words);
                    return query.map((row, _) -> document(row)).list();
                });
    }

    private static Document document(ResultSet row) throws SQLException {
        Instant created = Instant.ofEpochMilli(row.getLong("created"));
        String body = row.getString("body");
        return new Document(
                row.getString("account_id"),
                row.getString("type"),
                row.getString("id"),
                revision(body),
                Json.object(body),
                Json.object(row.getString("hidden")),
                created,
                created,
                false);
    }
}
