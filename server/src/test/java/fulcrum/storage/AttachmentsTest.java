package fulcrum.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fulcrum.storage.Attachments.Keeping;
import fulcrum.storage.Attachments.Stored;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

class AttachmentsTest {
    @TempDir private Path path;
    private DataFolder folder;
    private Database database;
    private Attachments attachments;

    @BeforeEach
    void open() {
        folder = DataFolder.open(path);
        database = Database.in(folder);
        attachments = new Attachments(folder, database);
    }

    @AfterEach
    void close() {
        database.close();
        folder.close();
    }

    private static InputStream stream(String content) {
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }

    private Stored keep(String document, String content) {
        Keeping keeping =
                attachments.keep("a", document, "x.wav", "audio/wav", stream(content), 1_000_000);
        return ((Keeping.Kept) keeping).stored();
    }

    private String text(Stored stored) {
        return new String(attachments.bytes(stored), StandardCharsets.UTF_8);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(path.resolve("attachments"))) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void what_was_kept_is_found_with_its_length_and_hash() {
        Stored kept = keep("d", "abc");

        assertThat(kept.length()).isEqualTo(3);
        assertThat(kept.sha256())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(attachments.find("a", "d")).contains(kept);
        assertThat(text(kept)).isEqualTo("abc");
        assertThat(attachments.find("b", "d")).isEmpty();
    }

    @Test
    void content_that_comes_in_pieces_is_kept_whole() {
        String content = "0123456789".repeat(20_000);
        InputStream pieces =
                new SequenceInputStream(
                        stream(content.substring(0, 70_001)), stream(content.substring(70_001)));

        attachments.keep("a", "d", "", "audio/wav", pieces, 200_000);

        assertThat(text(attachments.find("a", "d").orElseThrow())).isEqualTo(content);
    }

    @Test
    void new_content_takes_the_place_of_the_old_whose_file_is_deleted() throws IOException {
        Stored first = keep("d", "first");
        Stored second = keep("d", "second");

        assertThat(attachments.find("a", "d")).contains(second);
        assertThat(files()).containsExactly(second.file());
        assertThatThrownBy(() -> attachments.bytes(first))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void who_reads_the_old_content_reads_it_to_its_end() throws IOException {
        Stored first = keep("d", "first");
        try (InputStream reading = Files.newInputStream(first.file())) {
            keep("d", "second");

            assertThat(reading.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("first");
        }
    }

    @Test
    void content_beyond_the_limit_is_refused_and_the_old_stays() throws IOException {
        Stored first = keep("d", "first");

        Keeping keeping = attachments.keep("a", "d", "", "audio/wav", stream("123456"), 5);

        assertThat(keeping).isEqualTo(new Keeping.TooLong(5));
        assertThat(attachments.find("a", "d")).contains(first);
        assertThat(files()).containsExactly(first.file());
        assertThat(attachments.keep("a", "d", "", "audio/wav", stream("12345"), 5))
                .isInstanceOf(Keeping.Kept.class);
    }

    @Test
    void content_that_breaks_off_is_not_kept_and_the_old_stays() throws IOException {
        Stored first = keep("d", "first");
        InputStream broken = new SequenceInputStream(stream("0123456789"), new BrokenStream());

        assertThatThrownBy(() -> attachments.keep("a", "d", "", "audio/wav", broken, 100))
                .isInstanceOf(StorageFailed.class)
                .hasMessage("cannot keep the content of d: the client went away");
        assertThat(attachments.find("a", "d")).contains(first);
        assertThat(files()).containsExactly(first.file());
    }

    @Test
    void ranges_are_cut_to_what_there_is() {
        Stored stored = keep("d", "0123456789");

        assertThat(attachments.bytes(stored, 2, 4))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("234");
        assertThat(attachments.bytes(stored, 8, 99))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("89");
        assertThat(attachments.bytes(stored, 10, 20)).isEmpty();
        assertThat(attachments.bytes(stored, 5, 4)).isEmpty();
        assertThat(attachments.bytes(keep("empty", ""))).isEmpty();
    }

    @Test
    void removed_content_is_gone_with_its_file() throws IOException {
        keep("d", "abc");

        attachments.remove("a", "d");
        attachments.remove("a", "d");

        assertThat(attachments.find("a", "d")).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void a_sweep_deletes_old_files_of_nobody_only() throws IOException {
        Stored kept = keep("d", "abc");
        Path orphan = kept.file().resolveSibling("0".repeat(32));
        Files.writeString(orphan, "left behind by a crash");

        assertThat(attachments.sweep(Instant.now())).as("it may be on its way in").isZero();
        assertThat(attachments.sweep(Instant.now().plusSeconds(7200))).isEqualTo(1);
        assertThat(files()).containsExactly(kept.file());
        assertThat(text(kept)).isEqualTo("abc");
    }

    /// A connection whose other side is gone.
    private static final class BrokenStream extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the client went away");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            throw new IOException("the client went away");
        }
    }
}
