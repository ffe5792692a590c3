package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

class ClipTest {
    private static final short[] TONE = Wave.tone(8000, 500, 440, -10).plus(1000, -10).samples();

    /// Reads encoded frames to the end and decodes them.
    private static short[] heard(AudioSource source, Codec codec, int frames) {
        byte[] octets = new byte[codec.frameBytes()];
        short[] samples = new short[frames * codec.frameSamples()];
        Codec.Decoder decoder = codec.decoder();
        int done = 0;
        while (!source.isEnded() && done < samples.length) {
            assertThat(source.nextEncoded(codec, octets, 0)).isEqualTo(codec.frameBytes());
            done += decoder.decode(octets, 0, octets.length, samples, done);
        }
        return Arrays.copyOf(samples, done);
    }

    @Test
    void a_source_gives_the_samples_frame_by_frame() {
        AudioSource source = Clip.of(TONE, 8000).source(1);
        assertThat(source.sampleRate()).isEqualTo(8000);
        assertThat(ToneScriptTest.played(source)).isEqualTo(TONE);
        assertThat(source.isEnded()).isTrue();
        assertThat(source.next(new short[160], 0, 160)).isZero();
    }

    @Test
    void the_last_frame_is_filled_up_with_silence() {
        short[] odd = Arrays.copyOf(TONE, 333);
        Clip clip = Clip.of(odd, 8000);
        assertThat(clip.duration()).isEqualTo(Duration.ofMillis(60));
        assertThat(clip.samples()).isEqualTo(Arrays.copyOf(odd, 480));
    }

    @Test
    void a_clip_is_played_several_times_or_for_ever() {
        Clip clip = Clip.of(TONE, 8000);
        assertThat(ToneScriptTest.played(clip.source(3))).hasSize(3 * TONE.length).endsWith(TONE);
        assertThat(ToneScriptTest.played(clip.source(0))).hasSize(80000);
        assertThatThrownBy(() -> clip.source(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"PCMU, 35", "PCMA, 35", "G722, 15"})
    void a_prepared_clip_gives_encoded_frames(String name, double decibels) {
        Codec codec = Codecs.named(name).orElseThrow();
        Clip clip = Clip.of(TONE, 8000);
        assertThat(clip.source(1).nextEncoded(codec, new byte[160], 0))
                .isEqualTo(AudioSource.NOT_ENCODED);
        assertThat(clip.prepare(codec).isPrepared(codec)).isTrue();
        short[] heard = heard(clip.source(2), codec, 1000);
        assertThat(heard).hasSize(2 * 25 * codec.frameSamples());
        Spectrum spectrum = new Spectrum(codec.sampleRate(), 2048);
        spectrum.measure(heard, 1000);
        assertThat(spectrum.pair().orElseThrow().isNear(new TonePair(440, 1000), 1)).isTrue();
        if (codec.sampleRate() == 8000) {
            assertThat(Wave.signalToNoise(TONE, 0, heard, 0, TONE.length)).isGreaterThan(decibels);
        }
    }

    @Test
    void samples_and_octets_may_take_turns() {
        Clip clip = Clip.of(TONE, 8000).prepare(Codecs.PCMU);
        AudioSource source = clip.source(1);
        short[] all = new short[TONE.length];
        byte[] octets = new byte[160];
        for (int frame = 0; frame < 25; frame++) {
            if (frame % 3 == 0) {
                assertThat(source.nextEncoded(Codecs.PCMU, octets, 0)).isEqualTo(160);
                Codecs.PCMU.decoder().decode(octets, 0, 160, all, 160 * frame);
            } else {
                assertThat(source.next(all, 160 * frame, 160)).isEqualTo(160);
            }
            assertThat(source.nextEncoded(Codecs.G722, octets, 0))
                    .isEqualTo(AudioSource.NOT_ENCODED);
        }
        assertThat(source.isEnded()).isTrue();
        assertThat(Wave.signalToNoise(TONE, 0, all, 0, TONE.length)).isGreaterThan(36);
    }

    @Test
    void listeners_do_not_disturb_each_other() {
        Clip clip = Clip.of(TONE, 8000);
        AudioSource first = clip.source(1);
        first.next(new short[160], 0, 160);
        assertThat(ToneScriptTest.played(clip.source(1))).isEqualTo(TONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void a_long_clip_takes_one_octet_a_sample(int rate) {
        short[] samples = Wave.tone(rate, 61_000, 440, -10).samples();
        Clip clip = Clip.of(samples, rate);
        assertThat(clip.duration()).isEqualTo(Duration.ofSeconds(61));
        assertThat(clip.bytes()).isEqualTo(61L * rate);
        assertThat(Wave.signalToNoise(samples, 0, clip.samples(), 0, samples.length))
                .isGreaterThan(36);
        assertThat(clip.isPrepared(Codecs.PCMU)).isEqualTo(rate == 8000);
        short[] heard = heard(clip.prepare(Codecs.PCMU).source(1), Codecs.PCMU, 60);
        Goertzel goertzel = new Goertzel(8000, 440);
        goertzel.add(heard, 800, 8000);
        assertThat(goertzel.levelDbm0()).isCloseTo(-10, within(0.2));
    }

    @Test
    void a_short_clip_takes_two_octets_a_sample_and_one_for_each_encoding() {
        Clip clip =
                Clip.of(TONE, 8000).prepare(Codecs.PCMU).prepare(Codecs.G722).prepare(Codecs.PCMU);
        assertThat(clip.bytes()).isEqualTo(2 * 4000 + 4000 + 4000);
    }

    @Test
    void the_kind_of_a_file_is_told_by_its_content() {
        assertThat(AudioFile.kind(WavWriter.bytes(TONE, 8000))).contains(AudioFile.Kind.WAV);
        assertThat(AudioFile.kind("<html>not found</html>".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(AudioFile.kind(new byte[0])).isEmpty();
        assertThat(AudioFile.Kind.MP3.contentType()).isEqualTo("audio/mpeg");
    }

    @Test
    void what_is_too_long_or_empty_or_no_sound_is_refused() {
        byte[] file = WavWriter.bytes(TONE, 8000);
        assertThat(
                        AudioFile.read(new ByteArrayInputStream(file), Duration.ofMillis(500))
                                .duration())
                .hasMillis(500);
        assertThatThrownBy(
                        () ->
                                AudioFile.read(
                                        new ByteArrayInputStream(file), Duration.ofMillis(400)))
                .isInstanceOf(BadAudio.class)
                .hasMessageContaining("longer than");
        assertThatThrownBy(() -> AudioFile.read(WavWriter.bytes(new short[0], 8000)))
                .isInstanceOf(BadAudio.class)
                .hasMessageContaining("no sound");
        assertThatThrownBy(() -> AudioFile.read("<html>".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(BadAudio.class)
                .hasMessage("octet 0: neither WAV nor MP3");
    }
}
