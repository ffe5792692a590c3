package fulcrum.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What only the engine's own users need to know; the whole contract of a directory is run over this one, SQLite and
/// PostgreSQL beside the databases (`DirectoryContract` in the server).
class MemoryDirectoryTest {
    private final MemoryDirectory directory = new MemoryDirectory();

    private Document saved(String account, String type, String id, String body) {
        return saved(Document.fresh(account, type, id, Json.object(body), Instant.EPOCH));
    }

    private Document saved(Document document) {
        return ((Saving.Saved) directory.save(document)).document();
    }

    @Test
    void a_saved_document_is_found_in_its_account_only() {
        Document document = saved("a", "user", "1", "{\"name\":\"x\"}");

        assertThat(directory.find("a", "1")).contains(document);
        assertThat(directory.find("b", "1")).isEmpty();
        assertThat(directory.all("a", "user")).containsExactly(document);
        assertThat(directory.all("b", "user")).isEmpty();
    }

    @Test
    void an_old_revision_is_a_conflict() {
        Document first = saved("a", "user", "1", "{}");
        Document second = saved(first);

        assertThat(directory.save(first)).isEqualTo(new Saving.Conflict(second.revision()));
        assertThat(second.revision()).isEqualTo("2-memory");
    }

    @Test
    void a_deleted_document_is_not_found_and_its_id_is_free() {
        Document first = saved("a", "number", "+14155550100", "{}");
        saved(first.asDeleted());

        assertThat(directory.find("a", first.id())).isEmpty();
        assertThat(directory.number(first.id())).isEmpty();
        assertThat(saved("a", "number", first.id(), "{}").revision()).isEqualTo("3-memory");
    }

    @Test
    void accounts_and_devices_without_a_name_are_nobodys() {
        saved("a", "account", "a", "{}");
        Document device = saved("a", "device", "d", "{\"sip\":{\"username\":\"alice\"}}");
        saved("a", "device", "e", "{}");

        assertThat(directory.accountByRealm("")).isEmpty();
        assertThat(directory.devicesByUsername("")).isEmpty();
        assertThat(directory.devicesByUsername("alice")).containsExactly(device);
    }

    @Test
    void of_many_savers_of_one_revision_exactly_one_wins()
            throws ExecutionException, InterruptedException {
        Document start = saved("a", "user", "1", "{}");
        List<Future<Saving>> savings = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 64; i++) {
                savings.add(threads.submit(() -> directory.save(start)));
            }
        }

        int won = 0;
        for (Future<Saving> saving : savings) {
            won += saving.get() instanceof Saving.Saved ? 1 : 0;
        }
        assertThat(won).isEqualTo(1);
    }
}
