package fulcrum.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.OptionalLong;

class CryptoLineTest {
    private static final String KEY = "inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj";

    @Test
    void a_line_of_rfc_4568_is_read_and_written_again() {
        CryptoLine line = CryptoLine.parse("1 AES_CM_128_HMAC_SHA1_80 " + KEY + "|2^20");
        assertThat(line.tag()).isEqualTo(1);
        assertThat(line.key().suite()).isEqualTo(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        assertThat(line.lifetime()).isEqualTo(OptionalLong.of(1 << 20));
        assertThat(line.value()).isEqualTo("1 AES_CM_128_HMAC_SHA1_80 " + KEY);
    }

    @Test
    void a_lifetime_may_be_a_number_and_harmless_parameters_may_follow() {
        CryptoLine line =
                CryptoLine.parse("7 AES_CM_128_HMAC_SHA1_32 " + KEY + "|1000 WSH=64 -WHATEVER=1");
        assertThat(line.lifetime()).isEqualTo(OptionalLong.of(1000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1 AES_CM_128_HMAC_SHA1_80;is not tag, suite and key",
                "x AES_CM_128_HMAC_SHA1_80 inline:abc;is not tag, suite and key",
                "1 F8_128_HMAC_SHA1_80 inline:abc;the suite F8_128_HMAC_SHA1_80 is not known",
                "1 AES_CM_128_HMAC_SHA1_80 inline:abc;has 2 octets instead of 30",
                "1 AES_CM_128_HMAC_SHA1_80 inline:a*c;is not base64",
                "1 AES_CM_128_HMAC_SHA1_80 uri:abc;the key is not inline",
                "1 AES_CM_128_HMAC_SHA1_80 KEY|1:4;identifiers (MKI) are not understood",
                "1 AES_CM_128_HMAC_SHA1_80 KEY|2^20|1:4;identifiers (MKI) are not understood",
                "1 AES_CM_128_HMAC_SHA1_80 KEY|2^49;the lifetime",
                "1 AES_CM_128_HMAC_SHA1_80 KEY|0;the lifetime",
                "1 AES_CM_128_HMAC_SHA1_80 KEY|soon;the lifetime",
                "1 AES_CM_128_HMAC_SHA1_80 KEY KDR=4;the session parameter KDR is not understood",
                "1 AES_CM_128_HMAC_SHA1_80 KEY UNENCRYPTED_SRTP;parameter UNENCRYPTED_SRTP is not"
            })
    void what_cannot_be_used_is_refused_with_its_reason_and_without_its_key(
            String line, String reason) {
        assertThatThrownBy(() -> CryptoLine.parse(line.replace("KEY", KEY)))
                .isInstanceOf(BadCrypto.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining(KEY.substring(7));
    }

    @Test
    void two_master_keys_are_refused() {
        assertThatThrownBy(
                        () ->
                                CryptoLine.parse(
                                        "1 AES_CM_128_HMAC_SHA1_80 "
                                                + KEY
                                                + "|1:4;"
                                                + KEY
                                                + "|2:4"))
                .isInstanceOf(BadCrypto.class)
                .hasMessageContaining("several master keys");
    }

    @Test
    void the_first_line_that_can_be_used_is_chosen() {
        CryptoLine chosen =
                CryptoLine.choose(
                        List.of(
                                "1 F8_128_HMAC_SHA1_80 " + KEY,
                                "2 AES_CM_128_HMAC_SHA1_80 " + KEY + "|1:1",
                                "3 AES_CM_128_HMAC_SHA1_32 " + KEY,
                                "4 AES_CM_128_HMAC_SHA1_80 " + KEY));
        assertThat(chosen.tag()).isEqualTo(3);
        assertThatThrownBy(() -> CryptoLine.choose(List.of("1 F8_128_HMAC_SHA1_80 " + KEY)))
                .hasMessageContaining("F8_128_HMAC_SHA1_80");
        assertThatThrownBy(() -> CryptoLine.choose(List.of())).hasMessage("no a=crypto line");
    }

    @Test
    void an_answer_repeats_tag_and_suite_with_another_key() {
        CryptoLine offered = CryptoLine.offer().get(1);
        CryptoLine answer = offered.answeredWith(SrtpKey.fresh(offered.key().suite()));
        assertThat(answer.tag()).isEqualTo(2);
        assertThat(answer.key()).isNotEqualTo(offered.key());
        assertThat(CryptoLine.parse(answer.value())).isEqualTo(answer);
    }

    @Test
    void an_offer_has_a_fresh_key_for_each_line_every_time() {
        List<CryptoLine> first = CryptoLine.offer();
        assertThat(first).extracting(CryptoLine::tag).containsExactly(1, 2, 3);
        assertThat(first).doesNotContainAnyElementsOf(CryptoLine.offer());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"AES_CM_128_HMAC_SHA1_80", "AES_256_CM_HMAC_SHA1_32", "AEAD_AES_128_GCM"})
    void the_text_of_a_line_hides_the_key(String suite) {
        SrtpKey key = SrtpKey.fresh(SrtpSuite.named(suite).orElseThrow());
        CryptoLine line = new CryptoLine(1, key, OptionalLong.empty());
        assertThat(line.toString()).contains(suite).doesNotContain(key.inline());
        assertThat(new SrtpSender(key).toString()).isEqualTo(suite);
        assertThat(new SrtpReceiver(key).toString()).isEqualTo(suite);
    }
}
