package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;

/// The files are 600 ms of a tone pair each, named by frequencies, rate and channels.
class Mp3FileTest {
    private static final String STEREO = "600-1500-44100-stereo.mp3";

    private static byte[] file(String name) {
        try (InputStream in = Mp3FileTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] garbage(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] id3(int size) {
        byte[] tag = garbage(size + 10, 4);
        byte[] head = {
            'I',
            'D',
            '3',
            3,
            0,
            0,
            (byte) (size >> 21),
            (byte) (size >> 14 & 127),
            (byte) (size >> 7 & 127)
        };
        System.arraycopy(head, 0, tag, 0, head.length);
        tag[9] = (byte) (size & 127);
        return tag;
    }

    private static void isTheTonePair(Clip clip, double low, double high) {
        Spectrum spectrum = new Spectrum(clip.sampleRate(), 2048);
        spectrum.measure(clip.samples(), clip.sampleRate() / 4);
        assertThat(spectrum.pair().orElseThrow().isNear(new TonePair(low, high), 2))
                .as(spectrum.pair().toString())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "600-1500-44100-stereo.mp3, 600, 1500, 16000",
        "700-1700-22050-mono.mp3, 700, 1700, 16000",
        "500-1200-8000-mono.mp3, 500, 1200, 8000"
    })
    void files_of_all_versions_are_read(String name, double low, double high, int rate) {
        Clip clip = AudioFile.read(file(name));
        assertThat(clip.sampleRate()).isEqualTo(rate);
        // An encoder adds up to three frames of silence; the longest frame has 72 ms.
        assertThat((double) clip.duration().toMillis()).isCloseTo(720, within(130.0));
        isTheTonePair(clip, low, high);
    }

    @Test
    void the_level_is_kept() {
        Clip clip = AudioFile.read(file(STEREO));
        Goertzel goertzel = new Goertzel(16000, 1500);
        goertzel.add(clip.samples(), 4000, 4000);
        // The tones were made with a peak of 6000 each, of which the encoder kept 95 %.
        double peak = 5700;
        assertThat(goertzel.levelDbm0()).isCloseTo(Goertzel.dbm0(peak * peak / 2), within(0.3));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 3000, 200_000})
    void tags_before_and_behind_are_skipped(int size) {
        byte[] tail = Arrays.copyOf(new byte[] {'T', 'A', 'G'}, 128);
        Clip plain = AudioFile.read(file(STEREO));
        Clip tagged = AudioFile.read(join(id3(size), file(STEREO), tail));
        assertThat(tagged.samples()).isEqualTo(plain.samples());
    }

    @Test
    void garbage_before_and_behind_is_skipped() {
        Clip clip = AudioFile.read(join(garbage(5000, 1), file(STEREO), garbage(5000, 2)));
        isTheTonePair(clip, 600, 1500);
        assertThat(clip.duration()).isLessThanOrEqualTo(AudioFile.read(file(STEREO)).duration());
    }

    @Test
    void garbage_in_between_costs_a_few_frames() {
        byte[] whole = file(STEREO);
        byte[] start = Arrays.copyOf(whole, 3333);
        byte[] end = Arrays.copyOfRange(whole, 3333, whole.length);
        Clip clip = AudioFile.read(join(start, garbage(2000, 3), end));
        isTheTonePair(clip, 600, 1500);
        assertThat(clip.duration().toMillis()).isGreaterThan(500);
    }

    @Test
    void a_cut_file_gives_what_is_there() {
        byte[] whole = file(STEREO);
        Clip clip = AudioFile.read(Arrays.copyOf(whole, whole.length * 3 / 4));
        isTheTonePair(clip, 600, 1500);
        assertThat((double) clip.duration().toMillis()).isCloseTo(500, within(80.0));
    }

    @Test
    void files_cut_or_damaged_anywhere_never_fail_otherwise_than_by_saying_so() {
        byte[] whole = file("500-1200-8000-mono.mp3");
        Random random = new Random(5);
        int read = 0;
        for (int round = 0; round < 300; round++) {
            byte[] damaged = Arrays.copyOf(whole, 200 + random.nextInt(whole.length - 200));
            for (int i = 0; i < 20; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                read += AudioFile.read(damaged).duration().isPositive() ? 1 : 0;
            } catch (BadAudio bad) {
                assertThat(bad).hasMessageStartingWith("octet ");
            }
        }
        assertThat(read).isGreaterThan(100);
    }

    @Test
    void a_tag_without_sound_and_mere_noise_are_refused() {
        assertThatThrownBy(() -> AudioFile.read(id3(500)))
                .isInstanceOf(BadAudio.class)
                .hasMessageContaining("no MPEG frame within 256 KB");
        assertThatThrownBy(() -> AudioFile.read(garbage(400_000, 9))).isInstanceOf(BadAudio.class);
        assertThatThrownBy(() -> AudioFile.read(join(id3(10), garbage(400_000, 9))))
                .isInstanceOf(BadAudio.class);
    }

    @ParameterizedTest
    @CsvSource({
        // ISO 11172-3 §2.4.3.1: 144 × bit rate / sample rate, and one more where padded.
        "FFFB5064, 208",
        "FFFB9064, 417",
        "FFFB9264, 418",
        "FFF340C4, 104",
        "FFE328C4, 144",
        "FFFBE0C4, 1044",
        // Layer I and II, a reserved version, rate and bit rate, free format, and no sync.
        "FFFF9064, 0",
        "FFFD9064, 0",
        "FFEB9064, 0",
        "FFFB9C64, 0",
        "FFFBF064, 0",
        "FFFB0064, 0",
        "7FFB9064, 0"
    })
    void a_header_tells_the_length_of_its_frame(String header, int length) {
        assertThat(Mp3Frames.frameBytes(Integer.parseUnsignedInt(header, 16))).isEqualTo(length);
    }
}
