package fulcrum.storage;

import fulcrum.directory.CallflowIndex;
import fulcrum.directory.CallflowMatch;
import fulcrum.directory.Directory;
import fulcrum.directory.DirectoryFailed;
import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.directory.LookUps;
import fulcrum.directory.NotAtHand;
import fulcrum.directory.Numbers;
import fulcrum.directory.Saving;
import fulcrum.storage.DirectoryCache.Question;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// The directory in a database, with a cache in front: a call whose documents were read lately touches no SQL.
/// [#atHand] is the cache alone.
///
/// A document as stored has its times in whole milliseconds.
public final class SqlDirectory implements Directory {
    /// Documents in the cache, at most; one is a few kilobytes of tree.
    private static final int CACHED = 20_000;

    /// A longer list is read from the database each time it is asked for.
    private static final int LONGEST_KEPT = 1000;

    private static final Question ACCOUNTS = new Question("accounts", "", "");

    private static final String SELECT =
            "SELECT account_id, type, id, revision, body, hidden, created, modified, deleted"
                    + " FROM documents WHERE ";
    private static final String SAVE =
            """
            INSERT INTO documents (account_id, type, id, revision, body, hidden, created, modified, deleted,
              realm, username)
            VALUES (:account, :type, :id, :revision, :body, :hidden, :created, :modified, :deleted,
              :realm, :username)
            ON CONFLICT (account_id, id) DO UPDATE SET type = excluded.type, revision = excluded.revision,
              body = excluded.body, hidden = excluded.hidden, created = excluded.created,
              modified = excluded.modified, deleted = excluded.deleted, realm = excluded.realm,
              username = excluded.username
            """;

    private final Database database;
    private final DirectoryCache cache;

    /// Counts the changes of accounts and callflows, any of which may change whom a dialled number belongs to.
    private final AtomicLong routes;

    /// False when only what is in memory may be told.
    private final boolean mayRead;

    /// A save's outcome together with what it replaced, whose cached answers are stale too.
    private record Change(Saving saving, List<Document> touched) {}

    public SqlDirectory(Database database) {
        this(database, new DirectoryCache(CACHED), new AtomicLong(), true);
    }

    private SqlDirectory(
            Database database, DirectoryCache cache, AtomicLong routes, boolean mayRead) {
        this.database = database;
        this.cache = cache;
        this.routes = routes;
        this.mayRead = mayRead;
    }

    /// The same cache without the database behind it.
    @Override
    public LookUps atHand() {
        return new SqlDirectory(database, cache, routes, false);
    }

    /// What comes next may take long.
    private void wouldWait() {
        if (!mayRead) {
            throw new NotAtHand();
        }
    }

    @Override
    public Optional<Document> find(String accountId, String id) {
        return cache.answer(
                new Question("document", accountId, id),
                Optional.class,
                _ -> 1,
                () ->
                        select(
                                        "account_id = :a AND id = :b AND deleted = 0",
                                        Map.of("a", accountId, "b", id))
                                .stream()
                                .findFirst());
    }

    @Override
    public List<Document> all(String accountId, String type) {
        return list(new Question("all", accountId, type), () -> selectAll(accountId, type));
    }

    private List<Document> list(Question question, Supplier<List<Document>> select) {
        Optional<List<Document>> kept =
                cache.answer(
                        question,
                        Optional.class,
                        answer -> answer.map(List::size).orElse(1),
                        () -> keepable(select.get()));
        return kept.orElseGet(select);
    }

    private static Optional<List<Document>> keepable(List<Document> documents) {
        return documents.size() <= LONGEST_KEPT
                ? Optional.of(List.copyOf(documents))
                : Optional.empty();
    }

    private List<Document> selectAll(String accountId, String type) {
        return select(
                "account_id = :a AND type = :b AND deleted = 0", Map.of("a", accountId, "b", type));
    }

    @Override
    public List<Document> accounts() {
        return list(ACCOUNTS, () -> select("type = 'account' AND deleted = 0", Map.of()));
    }

    @Override
    public Optional<Document> accountByRealm(String realm) {
        String lower = realm.toLowerCase(Locale.ROOT);
        if (lower.isEmpty()) {
            return Optional.empty();
        }
        return cache.answer(
                new Question("realm", lower, ""),
                Optional.class,
                _ -> 1,
                () ->
                        select("realm = :a AND deleted = 0", Map.of("a", lower)).stream()
                                .findFirst());
    }

    @Override
    public List<Document> devicesByUsername(String username) {
        if (username.isEmpty()) {
            return List.of();
        }
        return cache.answer(
                new Question("username", username, ""),
                List.class,
                List::size,
                () -> select("username = :a AND deleted = 0", Map.of("a", username)));
    }

    @Override
    public Optional<Document> number(String e164) {
        return cache.answer(
                new Question("number", e164, ""),
                Optional.class,
                _ -> 1,
                () ->
                        select("type = 'number' AND id = :a AND deleted = 0", Map.of("a", e164))
                                .stream()
                                .findFirst());
    }

    @Override
    public Optional<CallflowMatch> callflowFor(String accountId, String number) {
        CallflowIndex index = callflows(accountId);
        Optional<CallflowMatch> exact = index.findExact(number);
        if (exact.isPresent()) {
            return exact;
        }
        if (index.hasPatterns()) {
            wouldWait();
        }
        return index.find(number);
    }

    private CallflowIndex callflows(String accountId) {
        return cache.answer(
                new Question("callflows", accountId, ""),
                CallflowIndex.class,
                CallflowIndex::size,
                () -> CallflowIndex.of(selectAll(accountId, "callflow")));
    }

    @Override
    public List<String> accountsAnswering(String dialled) {
        return cache.answer(
                new Question("answering", dialled, Long.toString(routes.get())),
                List.class,
                List::size,
                () -> selectAnswering(dialled));
    }

    private List<String> selectAnswering(String dialled) {
        wouldWait();
        return accounts().stream()
                .filter(
                        account ->
                                callflows(account.accountId())
                                        .hasNumber(Numbers.normalise(dialled, account)))
                .map(Document::accountId)
                .toList();
    }

    @Override
    public String normalise(String dialled, Optional<Document> plan) {
        if (Numbers.triesPatterns(dialled, plan)) {
            wouldWait();
        }
        return Numbers.normalise(dialled, plan);
    }

    @Override
    public Saving save(Document document) {
        return asked(
                        "save " + document.type() + " " + document.id(),
                        () -> database.write(handle -> save(handle, document), this::forget))
                .saving;
    }

    @Override
    public void remove(String accountId, String id) {
        asked(
                "remove " + id,
                () ->
                        database.write(
                                handle -> {
                                    List<Document> stored = stored(handle, accountId, id);
                                    handle.createUpdate(
                                                    "DELETE FROM documents"
                                                            + " WHERE account_id = :a AND id = :b")
                                            .bind("a", accountId)
                                            .bind("b", id)
                                            .execute();
                                    return new Change(new Saving.Conflict(""), stored);
                                },
                                this::forget));
    }

    private static List<Document> stored(Handle handle, String accountId, String id) {
        return documents(
                handle.createQuery(SELECT + "account_id = :a AND id = :b")
                        .bind("a", accountId)
                        .bind("b", id));
    }

    private static Change save(Handle handle, Document document) {
        List<Document> before = stored(handle, document.accountId(), document.id());
        String live =
                before.stream()
                        .filter(each -> !each.deleted())
                        .map(Document::revision)
                        .findFirst()
                        .orElse("");
        if (!live.equals(document.revision())) {
            return new Change(new Saving.Conflict(live), List.of());
        }
        Document saved = document.saved(nextRevision(before), millis(document.modified()));
        handle.createUpdate(SAVE)
                .bind("account", saved.accountId())
                .bind("type", saved.type())
                .bind("id", saved.id())
                .bind("revision", saved.revision())
                .bind("body", Json.MAPPER.writeValueAsString(saved.body()))
                .bind("hidden", Json.MAPPER.writeValueAsString(saved.hidden()))
                .bind("created", saved.created().toEpochMilli())
                .bind("modified", saved.modified().toEpochMilli())
                .bind("deleted", saved.deleted() ? 1 : 0)
                .bind("realm", realm(saved))
                .bind("username", username(saved))
                .execute();
        List<Document> touched = new ArrayList<>(before);
        touched.add(saved);
        return new Change(new Saving.Saved(saved), touched);
    }

    private static Instant millis(Instant instant) {
        return Instant.ofEpochMilli(instant.toEpochMilli());
    }

    private static String nextRevision(List<Document> before) {
        int generation =
                before.isEmpty() ? 0 : Integer.parseInt(before.getFirst().revision().split("-")[0]);
        int chance = ThreadLocalRandom.current().nextInt();
        return (generation + 1) + "-" + HexFormat.of().toHexDigits(chance);
    }

    /// Empty (never asked for) unless it is an account.
    private static String realm(Document document) {
        String realm = document.type().equals("account") ? document.text("realm").orElse("") : "";
        return realm.toLowerCase(Locale.ROOT);
    }

    private static String username(Document document) {
        return document.type().equals("device") ? document.text("sip", "username").orElse("") : "";
    }

    private void forget(Change change) {
        List<Question> stale = new ArrayList<>();
        boolean routed = false;
        for (Document document : change.touched) {
            stale.add(new Question("document", document.accountId(), document.id()));
            stale.add(new Question("realm", realm(document), ""));
            stale.add(new Question("username", username(document), ""));
            stale.add(new Question("number", document.id(), ""));
            stale.add(new Question("all", document.accountId(), document.type()));
            switch (document.type()) {
                case "callflow" -> {
                    stale.add(new Question("callflows", document.accountId(), ""));
                    routed = true;
                }
                case "account" -> {
                    stale.add(ACCOUNTS);
                    routed = true;
                }
                default -> {}
            }
        }
        cache.drop(stale);
        if (routed) {
            routes.incrementAndGet(); // after the drop: who asks by the new count finds nothing old
        }
    }

    private List<Document> select(String where, Map<String, String> words) {
        wouldWait();
        return asked(
                "find documents",
                () ->
                        database.read(
                                handle ->
                                        documents(
                                                handle.createQuery(SELECT + where)
                                                        .bindMap(words))));
    }

    /// Sorted here, because databases disagree about the order of texts.
    private static List<Document> documents(Query query) {
        List<Document> rows = query.map((row, context) -> document(row)).list();
        return rows.stream().sorted(Comparator.comparing(Document::id)).toList();
    }

    private static Document document(ResultSet row) throws SQLException {
        return new Document(
                row.getString("account_id"),
                row.getString("type"),
                row.getString("id"),
                row.getString("revision"),
                Json.object(row.getString("body")),
                Json.object(row.getString("hidden")),
                Instant.ofEpochMilli(row.getLong("created")),
                Instant.ofEpochMilli(row.getLong("modified")),
                row.getInt("deleted") != 0);
    }

    private static <T> T asked(String what, Supplier<T> work) {
        try {
            return work.get();
        } catch (StorageFailed failed) {
            throw new DirectoryFailed("cannot " + what + ": " + failed.getMessage(), failed);
        }
    }
}
