package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

class WavFileTest {
    private static final short[] TONE = Wave.tone(8000, 500, 440, -10).plus(1000, -10).samples();

    @TempDir Path folder;

    /// Builds a WAV file of any format, as the table in the class says.
    private static byte[] wav(int format, int channels, int rate, int bits, byte[] data) {
        ByteBuffer out = ByteBuffer.allocate(44 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(ascii("RIFF")).putInt(36 + data.length).put(ascii("WAVEfmt ")).putInt(16);
        out.putShort((short) format).putShort((short) channels).putInt(rate);
        out.putInt(rate * channels * bits / 8)
                .putShort((short) (channels * bits / 8))
                .putShort((short) bits);
        return out.put(ascii("data")).putInt(data.length).put(data).array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] samples(int format, int bits, short[] samples) {
        ByteBuffer out =
                ByteBuffer.allocate(samples.length * bits / 8).order(ByteOrder.LITTLE_ENDIAN);
        for (short sample : samples) {
            switch (format * 100 + bits) {
                case 108 -> out.put((byte) ((sample >> 8) + 128));
                case 116 -> out.putShort(sample);
                case 124 -> out.put((byte) 0).putShort(sample);
                case 132 -> out.putInt(sample << 16);
                case 332 -> out.putFloat(sample / 32768f);
                case 364 -> out.putDouble(sample / 32768.0);
                case 608 -> out.put(Alaw.encode(sample));
                case 708 -> out.put(Ulaw.encode(sample));
                default -> throw new IllegalArgumentException(format + " " + bits);
            }
        }
        return out.array();
    }

    private static short[] read(byte[] file) {
        return AudioFile.read(file).samples();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 8, 33",
        "1, 16, 200",
        "1, 24, 200",
        "1, 32, 200",
        "3, 32, 200",
        "3, 64, 200",
        "6, 8, 35",
        "7, 8, 35"
    })
    void every_format_gives_the_same_sound(int format, int bits, double decibels) {
        short[] heard = read(wav(format, 1, 8000, bits, samples(format, bits, TONE)));
        assertThat(heard).hasSameSizeAs(TONE);
        assertThat(Wave.signalToNoise(TONE, 0, heard, 0, TONE.length)).isGreaterThan(decibels);
    }

    @Test
    void two_channels_become_their_mean() {
        short[] stereo = new short[640];
        for (int i = 0; i < 320; i++) {
            stereo[2 * i] = 1000;
            stereo[2 * i + 1] = -3000;
        }
        assertThat(read(wav(1, 2, 8000, 16, samples(1, 16, stereo))))
                .hasSize(320)
                .containsOnly(-1000);
    }

    @ParameterizedTest
    @CsvSource({
        "6000, 8000",
        "8000, 8000",
        "11025, 16000",
        "16000, 16000",
        "22050, 16000",
        "24000, 16000",
        "32000, 16000",
        "44100, 16000",
        "48000, 16000",
        "96000, 16000"
    })
    void any_rate_becomes_8000_or_16000_with_the_same_length_and_pitch(int rate, int kept) {
        short[] sent = Wave.tone(rate, 480, 700, -10).plus(1700, -10).samples();
        Clip clip = AudioFile.read(wav(1, 1, rate, 16, samples(1, 16, sent)));
        assertThat(clip.sampleRate()).isEqualTo(kept);
        assertThat(clip.duration().toMillis()).isEqualTo(480);
        Spectrum spectrum = new Spectrum(kept, 2048);
        spectrum.measure(clip.samples(), 1000);
        assertThat(spectrum.pair().orElseThrow().isNear(new TonePair(700, 1700), 1)).isTrue();
    }

    @Test
    void the_real_format_of_an_extensible_file_counts() {
        byte[] data = samples(1, 16, TONE);
        ByteBuffer out = ByteBuffer.allocate(68 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(ascii("RIFF")).putInt(60 + data.length).put(ascii("WAVEfmt ")).putInt(40);
        out.putShort((short) 0xFFFE)
                .putShort((short) 1)
                .putInt(8000)
                .putInt(16000)
                .putShort((short) 2);
        out.putShort((short) 16)
                .putShort((short) 22)
                .putShort((short) 16)
                .putInt(4)
                .putShort((short) 1);
        out.position(60);
        assertThat(read(out.put(ascii("data")).putInt(data.length).put(data).array()))
                .isEqualTo(TONE);
    }

    @Test
    void other_chunks_are_skipped_also_odd_ones() {
        byte[] file = WavWriter.bytes(TONE, 8000);
        ByteBuffer out = ByteBuffer.allocate(file.length + 12).order(ByteOrder.LITTLE_ENDIAN);
        out.put(file, 0, 36)
                .put(ascii("LIST"))
                .putInt(3)
                .put(new byte[4])
                .put(file, 36, file.length - 36);
        assertThat(read(out.array())).isEqualTo(TONE);
    }

    @Test
    void what_follows_the_sound_is_not_played() {
        byte[] file = WavWriter.bytes(TONE, 8000);
        byte[] longer = Arrays.copyOf(file, file.length + 1000);
        assertThat(read(longer)).isEqualTo(TONE);
    }

    @ParameterizedTest
    @CsvSource({"0", "4294967295", "100000"})
    void a_file_that_was_cut_gives_what_is_there(long said) {
        byte[] file = WavWriter.bytes(TONE, 8000);
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(40, (int) said);
        assertThat(read(Arrays.copyOf(file, 44 + 2 * 800 + 1))).isEqualTo(Arrays.copyOf(TONE, 800));
    }

    @ParameterizedTest
    @CsvSource({
        "8, 41564921, not of sound",
        "20, 00110000, format 4352 is not",
        "22, 00000000, '1 to 8 channels, was 0'",
        "22, 09000000, was 9",
        "24, 00000000, sample rate is 1000",
        "24, FFFFFFFF, was 4294967295",
        "32, 03001000, 'a block has 2 octets, was 3'",
        "34, 0B000000, with 11 bits",
        "16, 04000000, 16 octets or more",
        "12, 41414141, comes before"
    })
    void a_broken_header_is_refused_with_place_and_reason(int at, String hex, String reason) {
        byte[] file = WavWriter.bytes(TONE, 8000);
        byte[] patch = HexFormat.of().parseHex(hex);
        System.arraycopy(patch, 0, file, at, hex.endsWith("0000") && at != 24 && at != 16 ? 2 : 4);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(BadAudio.class)
                .hasMessageContaining(reason);
    }

    @Test
    void a_file_cut_anywhere_is_refused_or_gives_less_but_never_fails_otherwise() {
        byte[] file = WavWriter.bytes(Arrays.copyOf(TONE, 400), 8000);
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            if (length < 46) {
                assertThatThrownBy(() -> read(cut))
                        .isInstanceOf(BadAudio.class)
                        .hasMessageStartingWith("octet ");
            } else {
                assertThat(read(cut).length).isLessThanOrEqualTo(480);
            }
        }
    }

    @Test
    void damaged_files_are_refused_or_read_but_never_fail_otherwise() {
        Random random = new Random(11);
        byte[] file = WavWriter.bytes(Arrays.copyOf(TONE, 200), 8000);
        int refused = 0;
        for (int round = 0; round < 3000; round++) {
            byte[] damaged = file.clone();
            for (int i = 0; i < 3; i++) {
                damaged[4 + random.nextInt(42)] = (byte) random.nextInt();
            }
            try {
                assertThat(AudioFile.read(damaged).duration()).isPositive();
            } catch (BadAudio bad) {
                assertThat(bad).hasMessageStartingWith("octet ");
                refused++;
            }
        }
        assertThat(refused).isBetween(500, 2999);
    }

    @Test
    void numbers_that_are_none_and_values_beyond_full_scale_are_tamed() {
        ByteBuffer data = ByteBuffer.allocate(4 * 160).order(ByteOrder.LITTLE_ENDIAN);
        data.putFloat(Float.NaN).putFloat(Float.POSITIVE_INFINITY).putFloat(-1e30f).putFloat(0.5f);
        assertThat(Arrays.copyOf(read(wav(3, 1, 8000, 32, data.array())), 4))
                .containsExactly((short) 0, Short.MAX_VALUE, Short.MIN_VALUE, (short) 16384);
    }

    @Test
    void a_written_file_is_read_back() {
        Path path = folder.resolve("written.wav");
        try (WavWriter writer = new WavWriter(path, 8000, 1)) {
            for (int at = 0; at < TONE.length; at += 160) {
                writer.write(TONE, at, 160);
            }
            assertThat(writer.millis()).isEqualTo(500);
        }
        assertThat(AudioFile.read(path).samples()).isEqualTo(TONE);
        assertThat(path).hasBinaryContent(WavWriter.bytes(TONE, 8000));
        assertThat(WavFile.mend(path)).isFalse();
    }

    @Test
    void two_channels_are_written_side_by_side() {
        Path path = folder.resolve("stereo.wav");
        short[] both = new short[640];
        Arrays.fill(both, (short) 500);
        try (WavWriter writer = new WavWriter(path, 8000, 2)) {
            writer.write(both, 0, 640);
            assertThat(writer.millis()).isEqualTo(40);
        }
        assertThat(AudioFile.read(path).samples()).hasSize(320).containsOnly(500);
    }

    @Test
    void a_file_left_behind_by_a_crash_is_mended() throws IOException {
        Path path = folder.resolve("crashed.wav");
        WavWriter writer = new WavWriter(path, 8000, 1);
        writer.write(TONE, 0, TONE.length);
        writer.flush();
        byte[] left = Files.readAllBytes(path);
        writer.close();
        Files.write(path, Arrays.copyOf(left, left.length - 1));
        assertThat(WavFile.mend(path)).isTrue();
        assertThat(path)
                .hasBinaryContent(WavWriter.bytes(Arrays.copyOf(TONE, TONE.length - 1), 8000));
        assertThat(WavFile.mend(path)).isFalse();
    }

    @Test
    void a_file_that_got_no_further_than_its_header_is_mended_to_an_empty_one() throws IOException {
        Path path = folder.resolve("empty.wav");
        WavWriter writer = new WavWriter(path, 8000, 1);
        byte[] left = Files.readAllBytes(path);
        writer.close();
        Files.write(path, left);
        assertThat(WavFile.mend(path)).isTrue();
        assertThat(path).hasBinaryContent(WavWriter.bytes(new short[0], 8000));
    }

    @Test
    void what_is_no_wav_file_cannot_be_mended() throws IOException {
        Path path = folder.resolve("other");
        Files.write(path, new byte[100]);
        assertThatThrownBy(() -> WavFile.mend(path)).isInstanceOf(BadAudio.class);
        Files.write(path, ascii("RIFF"));
        assertThatThrownBy(() -> WavFile.mend(path)).isInstanceOf(BadAudio.class);
        assertThatThrownBy(() -> WavFile.mend(folder.resolve("none")))
                .isInstanceOf(MediaFailed.class);
    }
}
