package fulcrum.storage;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.directory.Document;
import fulcrum.directory.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

class HousekeepingTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void pivot_debug_goes_after_31_days_and_call_detail_records_stay(@TempDir Path path) {
        try (DataFolder folder = DataFolder.open(path);
                Database database = Database.in(folder)) {
            MonthlyStore store = new MonthlyStore(database);
            Duration longAgo = Duration.ofDays(31).plusSeconds(1);
            keep(store, "pivot_debug", "old", longAgo);
            keep(store, "pivot_debug", "young", Duration.ofDays(31));
            keep(store, "cdr", "kept", longAgo);

            try (Housekeeping housekeeping =
                    new Housekeeping(
                            store,
                            new Attachments(folder, database),
                            Clock.fixed(NOW, ZoneOffset.UTC))) {
                housekeeping.round();
            }

            assertThat(store.between("a", "pivot_debug", Instant.EPOCH, NOW))
                    .extracting(Document::id)
                    .containsExactly("young");
            assertThat(store.between("a", "cdr", Instant.EPOCH, NOW)).hasSize(1);
        }
    }

    private static void keep(MonthlyStore store, String type, String id, Duration age) {
        store.append(Document.fresh("a", type, id, Json.object(), NOW.minus(age))).join();
    }
}
