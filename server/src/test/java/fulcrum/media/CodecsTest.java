package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodecsTest {
    /// RFC 3551 table 4 and §4.5.2.
    @ParameterizedTest
    @CsvSource({
        "PCMU, 0, 8000, 8000, 160",
        "PCMA, 8, 8000, 8000, 160",
        "G722, 9, 8000, 16000, 160"
    })
    void each_codec_has_the_numbers_of_rfc_3551(
            String name, int type, int clock, int rate, int bytes) {
        Codec codec = Codecs.named(name, clock).orElseThrow();
        assertThat(codec.payloadType()).isEqualTo(type);
        assertThat(codec.sampleRate()).isEqualTo(rate);
        assertThat(codec.frameBytes()).isEqualTo(bytes);
        assertThat(codec.frameSamples()).isEqualTo(rate / 50);
        assertThat(codec.frameTicks()).isEqualTo(160);
        assertThat(Codecs.assigned(type)).contains(codec);
    }

    @Test
    void names_are_found_in_any_case_and_only_with_their_clock() {
        assertThat(Codecs.named("pcmu")).contains(Codecs.PCMU);
        assertThat(Codecs.named("G722", 16000)).isEmpty();
        assertThat(Codecs.named("opus", 48000)).isEmpty();
        assertThat(Codecs.assigned(18)).isEmpty();
    }

    @Test
    void a_frame_of_samples_is_a_frame_of_octets_and_back() {
        for (Codec codec : Codecs.ALL) {
            short[] samples = new short[codec.frameSamples()];
            byte[] octets = new byte[codec.frameBytes()];
            assertThat(codec.encoder().encode(samples, 0, samples.length, octets, 0))
                    .isEqualTo(octets.length);
            assertThat(codec.decoder().decode(octets, 0, octets.length, samples, 0))
                    .isEqualTo(samples.length);
        }
    }
}
