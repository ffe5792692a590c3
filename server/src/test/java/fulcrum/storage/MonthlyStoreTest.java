package fulcrum.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fulcrum.directory.Document;
import fulcrum.directory.Json;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;

class MonthlyStoreTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir private Path folder;
    private Database database;
    private MonthlyStore store;

    @BeforeEach
    void open() {
        database = Database.sqlite(folder.resolve("test.db"));
        store = new MonthlyStore(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Document record(String account, String type, Instant at, String callId) {
        String body = "{\"call_id\":\"%s\",\"interaction_id\":\"63931\"}".formatted(callId);
        return Document.fresh(account, type, MonthlyStore.id(at, callId), Json.object(body), at);
    }

    /// Everything once; run on each database.
    static void tour(MonthlyStore store) {
        String account = UUID.randomUUID().toString();
        String type = "t-" + account;
        for (int minute = 0; minute < 5; minute++) {
            Instant at = NOON.plus(Duration.ofMinutes(minute));
            Document record = record(account, type, at, "call-" + minute);
            assertThat(store.append(record).join().id()).isEqualTo("202611-call-" + minute);
        }
        assertThat(
                        callIds(
                                store.between(
                                        account,
                                        type,
                                        NOON.plusSeconds(60),
                                        NOON.plusSeconds(180))))
                .containsExactly("call-1", "call-2", "call-3");
        MonthlyQuery newest =
                new MonthlyQuery(
                        account, type, NOON, NOON.plusSeconds(900), true, 2, Optional.empty());
        List<Document> page = store.page(newest);
        assertThat(callIds(page)).containsExactly("call-4", "call-3");
        assertThat(callIds(store.page(newest.after(page.getLast().created(), page.getLast().id()))))
                .containsExactly("call-2", "call-1");
        assertThat(callIds(store.ofCall(account, type, "call-2"))).containsExactly("call-2");
        assertThat(store.append(record(account, type, NOON, "call-0")).join().id())
                .isEqualTo("202611-call-0-2");
        assertThat(store.expire(type, NOON.plusSeconds(120))).isEqualTo(3);
        assertThat(callIds(store.between(account, type, NOON, NOON.plusSeconds(900))))
                .containsExactly("call-2", "call-3", "call-4");
    }

    private static List<String> callIds(List<Document> records) {
        return records.stream().map(each -> each.text("call_id").orElse("")).toList();
    }

    @Test
    void records_are_kept_paged_and_expired() {
        tour(store);
    }

    @Test
    void a_record_comes_back_as_it_was_kept() {
        Document record =
                record("a", "cdr", Instant.parse("2026-01-31T23:59:59.987Z"), "x@y")
                        .withHidden(Json.object("{\"pvt_node\":\"n\"}"));

        Document kept = store.append(record).join();

        assertThat(kept.id()).isEqualTo("202601-x@y");
        assertThat(store.find("a", kept.id())).contains(kept);
        assertThat(kept.body()).isEqualTo(record.body());
        assertThat(kept.hidden()).isEqualTo(record.hidden());
        assertThat(kept.created()).isEqualTo(record.created());
        assertThat(kept.revision()).startsWith("1-");
        assertThat(store.find("b", kept.id())).isEmpty();
    }

    @Test
    void the_month_of_an_id_is_that_of_utc() {
        assertThat(MonthlyStore.id(Instant.parse("2026-11-30T23:59:59Z"), "x"))
                .isEqualTo("202611-x");
        assertThat(MonthlyStore.id(Instant.parse("2026-12-01T00:00:00Z"), "x"))
                .isEqualTo("202612-x");
    }

    @Test
    void a_span_includes_both_of_its_seconds_whole() {
        for (long millis : new long[] {-1, 0, 999, 1000, 1999, 2000}) {
            store.append(record("a", "cdr", NOON.plusMillis(millis), "at" + millis)).join();
        }

        assertThat(callIds(store.between("a", "cdr", NOON, NOON.plusSeconds(1))))
                .containsExactly("at0", "at999", "at1000", "at1999");
    }

    @Test
    void a_long_span_is_read_whole_though_many_were_made_in_one_instant() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 2500; i++) {
            String callId = "c%04d".formatted(i);
            expected.add(callId);
            var _ = store.append(record("a", "cdr", NOON, callId));
        }
        store.append(record("a", "pivot_debug", NOON, "other")).join();

        assertThat(callIds(store.between("a", "cdr", NOON, NOON))).isEqualTo(expected);
    }

    @Test
    void all_legs_of_a_conversation_are_found_together() {
        store.append(record("a", "cdr", NOON.plusSeconds(9), "second")).join();
        store.append(record("a", "cdr", NOON, "first")).join();
        store.append(record("b", "cdr", NOON, "of another account")).join();

        assertThat(callIds(store.ofInteraction("a", "63931"))).containsExactly("first", "second");
        assertThat(store.ofInteraction("a", "63932")).isEmpty();
    }

    @Test
    void expiry_removes_more_than_fit_into_one_transaction() {
        for (int i = 0; i < 2100; i++) {
            var _ = store.append(record("a", "pivot_debug", NOON.plusMillis(i), "p" + i));
        }
        store.append(record("a", "cdr", NOON, "kept")).join();

        assertThat(store.expire("pivot_debug", NOON.plusMillis(2050))).isEqualTo(2050);
        assertThat(store.between("a", "pivot_debug", NOON, NOON.plusSeconds(9))).hasSize(50);
        assertThat(store.between("a", "cdr", NOON, NOON.plusSeconds(9))).hasSize(1);
    }

    @Test
    void records_of_one_moment_share_a_commit_and_keep_their_order() {
        try (Database patient = Database.sqlite(folder.resolve("p.db"), Duration.ofHours(1))) {
            MonthlyStore records = new MonthlyStore(patient);
            long before = patient.commits();
            var first = records.append(record("a", "cdr", NOON, "same"));
            var second = records.append(record("a", "cdr", NOON, "same"));
            var other = records.append(record("a", "cdr", NOON, "other"));
            patient.write(_ -> 0, _ -> {}); // somebody waits

            assertThat(first.join().id()).isEqualTo("202611-same");
            assertThat(second.join().id()).isEqualTo("202611-same-2");
            assertThat(other.join().id()).isEqualTo("202611-other");
            assertThat(patient.commits()).isEqualTo(before + 1);
        }
    }

    @Test
    void a_record_that_cannot_be_kept_is_told_to_its_maker() {
        var held =
                database.writeLater(handle -> handle.execute("DROP TABLE monthly"), _ -> {}).join();
        assertThat(held).isZero();

        assertThatThrownBy(() -> store.append(record("a", "cdr", NOON, "x")).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("cannot keep cdr 202611-x")
                .hasMessageContaining("no such table");
    }
}
