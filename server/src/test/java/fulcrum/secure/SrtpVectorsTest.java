package fulcrum.secure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whole packets, octet by octet.
class SrtpVectorsTest {
    private static final byte[] MASTER =
            Hex.bytes("e1f97a0d3e018be0d64fa32c06de41390ec675ad498afeebb6960b3aabe6");
    private static final byte[] MASTER_256 =
            Hex.bytes(
                    "f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6",
                    "3b04803de51ee7c96423ab5b78d2");

    /// "Gallia est omnis divisa in partes tres", RFC 7714 §16.
    private static final String GALLIA =
            "8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e6973"
                    + "2064697669736120696e207061727465732074726573";

    /// The report of RFC 7714 §17.1.
    private static final String REPORT =
            "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61"
                    + "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";

    private static final byte[] SALT = Hex.bytes("517569642070726f2071756f");
    private static final int REPORT_INDEX = 0x5d4;

    @ParameterizedTest
    @CsvSource({
        "AES_CM_128_HMAC_SHA1_80, 4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb",
        "AES_256_CM_HMAC_SHA1_80, f1d9de17ff251ff1aa007774b0b4b40da08d9d9a5b3a55d8873b"
    })
    void a_packet_becomes_what_other_implementations_make_of_it(SrtpSuite suite, String sealed) {
        SrtpKey key =
                SrtpKey.of(suite, suite == SrtpSuite.AES_CM_128_HMAC_SHA1_80 ? MASTER : MASTER_256);
        byte[] clear = Hex.bytes("800f1234decafbadcafebabe", "ab".repeat(16));
        byte[] packet = Hex.roomy(clear);

        int length = new SrtpSender(key).protectRtp(packet, clear.length);

        assertThat(Hex.text(packet, length)).isEqualTo("800f1234decafbadcafebabe" + sealed);
        int opened = new SrtpReceiver(key).unprotectRtp(packet, length);
        assertThat(Hex.text(packet, opened)).isEqualTo(Hex.text(clear));
    }

    @Test
    void a_header_extension_stays_readable_and_is_signed() {
        SrtpKey key = SrtpKey.of(SrtpSuite.AES_CM_128_HMAC_SHA1_80, MASTER);
        String header =
                "900f1234decafbadcafebabebede000617414273a475262748220000c8308e4655996386b395fb00";
        byte[] clear = Hex.bytes(header, "ab".repeat(16));
        byte[] packet = Hex.roomy(clear);

        int length = new SrtpSender(key).protectRtp(packet, clear.length);

        assertThat(Hex.text(packet, length))
                .startsWith(header + "4e55dc4ce79978d88ca4d215949d2402");
        packet[20] ^= 1;
        assertThat(new SrtpReceiver(key).unprotectRtp(packet, length)).isEqualTo(-1);
    }

    @Test
    void a_report_becomes_what_other_implementations_make_of_it() {
        SrtpKey key = SrtpKey.of(SrtpSuite.AES_CM_128_HMAC_SHA1_80, MASTER);
        byte[] clear = Hex.bytes("81c8000bcafebabe", "ab".repeat(16));
        SrtpSender sender = new SrtpSender(key);
        int _ = sender.protectRtcp(Hex.roomy(clear), clear.length); // the index of the first is 0
        byte[] packet = Hex.roomy(clear);

        int length = sender.protectRtcp(packet, clear.length);

        assertThat(Hex.text(packet, length))
                .isEqualTo(
                        "81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798");
        int opened = new SrtpReceiver(key).unprotectRtcp(packet, length);
        assertThat(Hex.text(packet, opened)).isEqualTo(Hex.text(clear));
    }

    @ParameterizedTest
    @CsvSource({
        "16, f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
                + "899d7f27beb16a9152cf765ee4390cce",
        "32, 32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b"
                + "7aa3db36dfffd6b0f9bb7878d7a76c13"
    })
    void a_gcm_packet_is_that_of_rfc_7714_sections_16_1_and_16_2(int keyOctets, String sealed) {
        GcmProtection gcm = GcmProtection.of(counting(keyOctets), SALT);
        byte[] packet = Hex.roomy(Hex.bytes(GALLIA));

        int length = gcm.sealRtp(packet, 12, GALLIA.length() / 2, 0x5501a0b2, 0xf17b);

        assertThat(Hex.text(packet, length)).isEqualTo("8040f17b8041f8d35501a0b2" + sealed);
        int opened = gcm.openRtp(packet, 12, length, 0x5501a0b2, 0xf17b);
        assertThat(Hex.text(packet, opened)).isEqualTo(GALLIA);
    }

    @ParameterizedTest
    @CsvSource({
        "16, 63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275b"
                + "c84aa45896cf4d2fc5abf87245d9eade800005d4",
        "32, d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be8415f658c61de0476f1b6fad"
                + "1d1eb30c4446839f57ff6f6cb26ac3be800005d4"
    })
    void a_gcm_report_is_that_of_rfc_7714_sections_17_1_and_17_2(int keyOctets, String sealed) {
        GcmProtection gcm = GcmProtection.of(counting(keyOctets), SALT);
        byte[] packet = Hex.roomy(Hex.bytes(REPORT));

        int length = gcm.sealRtcp(packet, REPORT.length() / 2, 0x4d617273, REPORT_INDEX);

        assertThat(Hex.text(packet, length)).isEqualTo("81c8000d4d617273" + sealed);
        assertThat(Hex.text(packet, gcm.openRtcp(packet, length, 0x4d617273))).isEqualTo(REPORT);
    }

    @Test
    void a_gcm_report_that_is_only_signed_is_that_of_rfc_7714_section_17_3() {
        GcmProtection gcm = GcmProtection.of(counting(16), SALT);
        byte[] packet = Hex.bytes(REPORT, "841dd9683dd78ec92ae58790125f62b3", "000005d4");

        int length = gcm.openRtcp(packet, packet.length, 0x4d617273);

        assertThat(Hex.text(packet, length)).isEqualTo(REPORT);
    }

    private static byte[] counting(int octets) {
        byte[] key = new byte[octets];
        for (int i = 0; i < octets; i++) {
            key[i] = (byte) i;
        }
        return key;
    }
}
