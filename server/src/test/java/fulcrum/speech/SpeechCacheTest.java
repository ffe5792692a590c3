package fulcrum.speech;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

class SpeechCacheTest {
    private static final byte[] WAV = Wav.of(new short[478], 8000); // 1000 bytes

    @TempDir private Path folder;
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");

    private SpeechCache cache(long capacity) {
        return new SpeechCache(folder, capacity, new Hand());
    }

    /// A clock that stands where the test put it.
    private final class Hand extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private void later(Duration time) {
        now = now.plus(time);
    }

    @Test
    void the_longest_unused_files_go_when_there_are_too_many_bytes() {
        SpeechCache cache = cache(3000);
        for (String key : new String[] {"a.wav", "b.wav", "c.wav"}) {
            cache.keep(key, WAV);
            later(Duration.ofMinutes(2));
        }
        cache.find("a.wav");
        later(Duration.ofMinutes(2));

        cache.keep("d.wav", WAV);

        assertThat(cache.bytes()).isEqualTo(3000);
        assertThat(cache.find("b.wav")).isEmpty();
        assertThat(folder.resolve("b.wav")).doesNotExist();
        assertThat(cache.find("a.wav")).contains(folder.resolve("a.wav"));
        assertThat(folder.resolve("a.wav")).exists();
    }

    @Test
    void a_file_that_was_just_given_to_somebody_stays_for_a_minute() {
        SpeechCache cache = cache(1000);
        cache.keep("a.wav", WAV);
        later(Duration.ofSeconds(59));
        cache.keep("b.wav", WAV);
        assertThat(folder.resolve("a.wav")).exists();

        later(Duration.ofSeconds(2));
        cache.keep("c.wav", WAV);

        assertThat(folder.resolve("a.wav")).doesNotExist();
        assertThat(folder.resolve("b.wav")).exists();
    }

    @Test
    void after_a_restart_the_order_comes_from_the_files() throws IOException {
        SpeechCache first = cache(10_000);
        first.keep("a.wav", WAV);
        first.keep("b.wav", WAV);
        Files.setLastModifiedTime(folder.resolve("a.wav"), FileTime.from(now));
        Files.setLastModifiedTime(folder.resolve("b.wav"), FileTime.from(now.minusSeconds(7200)));

        SpeechCache second = cache(2000);
        assertThat(second.bytes()).isEqualTo(2000);
        second.keep("c.wav", WAV);

        assertThat(second.find("b.wav")).isEmpty();
        assertThat(second.find("a.wav")).isPresent();
    }

    @Test
    void a_use_is_written_to_the_file_at_most_once_an_hour() throws IOException {
        SpeechCache cache = cache(10_000);
        Path file = cache.keep("a.wav", WAV);
        FileTime before = FileTime.from(now);
        Files.setLastModifiedTime(file, before);

        later(Duration.ofMinutes(59));
        cache.find("a.wav");
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);

        later(Duration.ofMinutes(2));
        cache.find("a.wav");
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.from(now));
    }

    @Test
    void a_file_that_was_deleted_by_hand_is_not_given_out() throws IOException {
        SpeechCache cache = cache(10_000);
        Files.delete(cache.keep("a.wav", WAV));

        assertThat(cache.find("a.wav")).isEmpty();
        assertThat(cache.bytes()).isZero();
    }

    @Test
    void different_questions_have_different_keys() {
        assertThat(SpeechCache.key("a", "bc")).isNotEqualTo(SpeechCache.key("ab", "c"));
        assertThat(SpeechCache.key("a", "b")).isEqualTo(SpeechCache.key("a", "b")).endsWith(".wav");
    }
}
