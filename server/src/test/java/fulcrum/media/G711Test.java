package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HexFormat;
import java.util.function.IntFunction;

/// The tables of ITU-T G.711, and that every sample becomes the code whose value lies nearest.
class G711Test {
    private static byte octet(String hex) {
        return (byte) HexFormat.fromHexDigits(hex);
    }

    /// G.711 table 2a, column 8: the values a µ-law decoder gives out, which have 14 bits.
    @ParameterizedTest
    @CsvSource({
        "80, 8031",
        "8F, 4191",
        "90, 3999",
        "9F, 2079",
        "A0, 1983",
        "AF, 1023",
        "B0, 975",
        "BF, 495",
        "C0, 471",
        "CF, 231",
        "D0, 219",
        "DF, 99",
        "E0, 93",
        "EF, 33",
        "F0, 30",
        "FE, 2",
        "FF, 0",
        "00, -8031",
        "7E, -2",
        "10, -3999"
    })
    void ulaw_decodes_as_the_table_says(String code, int value) {
        assertThat(Ulaw.decode(octet(code))).isEqualTo((short) (4 * value));
    }

    /// G.711 table 1a, column 8, with the even bits inverted as on the line; A-law values have 13 bits.
    @ParameterizedTest
    @CsvSource({
        "AA, 4032",
        "A5, 2112",
        "B5, 1056",
        "85, 528",
        "95, 264",
        "E5, 132",
        "F5, 66",
        "D5, 1",
        "55, -1",
        "2A, -4032"
    })
    void alaw_decodes_as_the_table_says(String code, int value) {
        assertThat(Alaw.decode(octet(code))).isEqualTo((short) (8 * value));
    }

    @Test
    void every_code_survives_decoding_and_encoding() {
        for (int code = 0; code < 256; code++) {
            assertThat(Alaw.encode(Alaw.decode((byte) code))).isEqualTo((byte) code);
            // µ-law has two zeros; the negative one is never sent.
            int expected = code == 0x7F ? 0xFF : code;
            assertThat(Ulaw.encode(Ulaw.decode((byte) code))).isEqualTo((byte) expected);
        }
    }

    /// G.711 §3: the value of a code is the middle between its two decision values. Samples have two bits more than
    /// µ-law values and three more than A-law values, so they tell the middle only to half a step of those.
    @Test
    void the_samples_of_a_code_lie_evenly_around_its_value() {
        for (int code = 0; code < 256; code++) {
            boolean isOutermost = (code & 0x7F) == 0;
            boolean isZero = (code & 0x7F) == 0x7F;
            if (!isOutermost && !isZero) {
                double middle = middle(sample -> Ulaw.encode((short) sample), (byte) code);
                assertThat(middle)
                        .as("µ-law %02X", code)
                        .isCloseTo(Ulaw.decode((byte) code), within(2.0));
            }
            if ((code & 0x7F) != 0x2A) {
                double middle = middle(sample -> Alaw.encode((short) sample), (byte) code);
                assertThat(middle)
                        .as("A-law %02X", code)
                        .isCloseTo(Alaw.decode((byte) code), within(4.0));
            }
        }
    }

    private static double middle(IntFunction<Byte> encoder, byte code) {
        int least = Integer.MAX_VALUE;
        int most = Integer.MIN_VALUE;
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            if (encoder.apply(sample) == code) {
                least = Math.min(least, sample);
                most = Math.max(most, sample);
            }
        }
        return (least + most) / 2.0;
    }

    @Test
    void codes_rise_with_the_samples() {
        int falls = 0;
        for (int sample = Short.MIN_VALUE; sample < Short.MAX_VALUE; sample++) {
            short now = (short) sample;
            short next = (short) (sample + 1);
            falls += Ulaw.decode(Ulaw.encode(next)) < Ulaw.decode(Ulaw.encode(now)) ? 1 : 0;
            falls += Alaw.decode(Alaw.encode(next)) < Alaw.decode(Alaw.encode(now)) ? 1 : 0;
        }
        assertThat(falls).isZero();
    }

    /// G.711 tables 5 and 6: eight octets that are 1000 Hz at 0 dBm0.
    @ParameterizedTest
    @CsvSource({"PCMU, 1E0B0B1E9E8B8B9E", "PCMA, 34212134B4A1A1B4"})
    void the_digital_milliwatt_has_0_dbm0(String name, String period) {
        byte[] octets = HexFormat.of().parseHex(period.repeat(100));
        short[] samples = new short[800];
        int count = Codecs.named(name).orElseThrow().decoder().decode(octets, 0, 800, samples, 0);
        Goertzel milliwatt = new Goertzel(8000, 1000);
        milliwatt.add(samples, 0, count);
        assertThat(milliwatt.levelDbm0()).isCloseTo(0, within(0.1));
        byte[] again = new byte[800];
        Codecs.named(name).orElseThrow().encoder().encode(samples, 0, 800, again, 0);
        assertThat(again).isEqualTo(octets);
    }

    @Test
    void silence_is_silent() {
        assertThat(Ulaw.encode((short) 0)).isEqualTo(Ulaw.SILENCE);
        assertThat(Alaw.encode((short) 0)).isEqualTo(Alaw.SILENCE);
    }

    /// What two G.711 codecs may cost a sine: 38 dB above the noise from 0 to -20 dBm0, less for what is softer.
    @ParameterizedTest
    @CsvSource({
        "PCMU, 0, 36",
        "PCMU, -20, 36",
        "PCMU, -35, 30",
        "PCMA, 0, 36",
        "PCMA, -20, 36",
        "PCMA, -35, 29"
    })
    void a_sine_keeps_its_distance_from_the_noise(String name, double dbm0, double decibels) {
        Codec codec = Codecs.named(name).orElseThrow();
        short[] sent = Wave.tone(8000, 1000, 1020, dbm0).samples();
        byte[] octets = new byte[8000];
        short[] heard = new short[8000];
        codec.encoder().encode(sent, 0, 8000, octets, 0);
        codec.decoder().decode(octets, 0, 8000, heard, 0);
        assertThat(Wave.signalToNoise(sent, 0, heard, 0, 8000)).isGreaterThan(decibels);
    }
}
