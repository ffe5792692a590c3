package fulcrum.storage;

import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.directory.Saving;

import java.io.ByteArrayInputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;

/// A process of its own that writes documents, monthly records and attachments without end, and says on standard
/// output what the store has acknowledged: `document <id> <revision>`, `record <id>`, `attachment <id> <sha256>`, each
/// with a point at its end.
///
/// Arguments: the data folder, and a word that makes this process's ids its own.
final class AcknowledgingWriter {
    private static final int DOCUMENTS = 50;

    private final Path path;
    private final String own;

    private AcknowledgingWriter(Path path, String own) {
        this.path = path;
        this.own = own;
    }

    public static void main(String[] arguments) {
        new AcknowledgingWriter(Path.of(arguments[0]), arguments[1]).run();
    }

    private void run() {
        DataFolder folder = DataFolder.open(path);
        Database database = Database.in(folder);
        Attachments attachments = new Attachments(folder, database);
        Thread.ofPlatform().start(() -> writeDocuments(new SqlDirectory(database), "a"));
        Thread.ofPlatform().start(() -> writeDocuments(new SqlDirectory(database), "b"));
        Thread.ofPlatform().start(() -> writeRecords(new MonthlyStore(database)));
        Thread.ofPlatform().start(() -> writeAttachments(attachments));
    }

    private static synchronized void say(String line) {
        PrintStream out = System.out;
        out.print(line + ".\n");
        out.flush();
    }

    private void writeDocuments(SqlDirectory directory, String writer) {
        for (int i = 0; ; i++) {
            String id = own + writer + i % DOCUMENTS;
            Document before =
                    directory
                            .find("account", id)
                            .orElseGet(
                                    () ->
                                            Document.fresh(
                                                    "account",
                                                    "user",
                                                    id,
                                                    Json.object(),
                                                    Instant.EPOCH));
            Document changed = before.withBody(Json.object("{\"count\":%d}".formatted(i)));
            if (directory.save(changed) instanceof Saving.Saved(Document saved)) {
                say("document " + id + " " + saved.revision());
            }
        }
    }

    private void writeRecords(MonthlyStore store) {
        for (int i = 0; ; i++) {
            String id = MonthlyStore.id(Instant.EPOCH, own + i);
            Document record = Document.fresh("account", "cdr", id, Json.object(), Instant.EPOCH);
            var kept = store.append(record).thenAccept(stored -> say("record " + stored.id()));
            if (i % 20 == 0) {
                kept.join();
            }
        }
    }

    private void writeAttachments(Attachments attachments) {
        for (int i = 0; ; i++) {
            String id = own + i % DOCUMENTS;
            byte[] content = (own + i).repeat(1000).getBytes(StandardCharsets.UTF_8);
            Attachments.Keeping keeping =
                    attachments.keep(
                            "account",
                            id,
                            "",
                            "audio/wav",
                            new ByteArrayInputStream(content),
                            1_000_000);
            if (keeping instanceof Attachments.Keeping.Kept(Attachments.Stored stored)) {
                say("attachment " + id + " " + stored.sha256());
            }
        }
    }
}
