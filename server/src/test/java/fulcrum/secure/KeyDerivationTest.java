package fulcrum.secure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyDerivationTest {
    @Test
    void keys_of_128_bits_are_those_of_rfc_3711_appendix_b_3() {
        KeyDerivation keys =
                new KeyDerivation(
                        Hex.bytes("E1F97A0D3E018BE0D64FA32C06DE4139"),
                        Hex.bytes("0EC675AD498AFEEBB6960B3AABE6"));
        assertThat(keys.derive(KeyDerivation.RTP_KEY, 16))
                .isEqualTo(Hex.bytes("C61E7A93744F39EE10734AFE3FF7A087"));
        assertThat(keys.derive(KeyDerivation.RTP_SALT, 14))
                .isEqualTo(Hex.bytes("30CBBC08863D8C85D49DB34A9AE1"));
        assertThat(keys.derive(KeyDerivation.RTP_AUTH, 94))
                .isEqualTo(
                        Hex.bytes(
                                "CEBE321F6FF7716B6FD4AB49AF256A15",
                                "6D38BAA48F0A0ACF3C34E2359E6CDBCE",
                                "E049646C43D9327AD175578EF7227098",
                                "6371C10C9A369AC2F94A8C5FBCDDDC25",
                                "6D6E919A48B610EF17C2041E47403576",
                                "6B68642C59BBFC2F34DB60DBDFB2"));
    }

    @Test
    void keys_of_256_bits_are_those_of_rfc_6188_section_7_2() {
        KeyDerivation keys =
                new KeyDerivation(
                        Hex.bytes(
                                "f0f04914b513f2763a1b1fa130f10e29",
                                "98f6f6e43e4309d1e622a0e332b9f1b6"),
                        Hex.bytes("3b04803de51ee7c96423ab5b78d2"));
        assertThat(keys.derive(KeyDerivation.RTP_KEY, 32))
                .isEqualTo(
                        Hex.bytes(
                                "5ba1064e30ec51613cad926c5a28ef73",
                                "1ec7fb397f70a960653caf06554cd8c4"));
        assertThat(keys.derive(KeyDerivation.RTP_SALT, 14))
                .isEqualTo(Hex.bytes("fa31791685ca444a9e07c6c64e93"));
        assertThat(keys.derive(KeyDerivation.RTP_AUTH, 20))
                .isEqualTo(Hex.bytes("fd9c32d39ed5fbb5a9dc96b30818454d1313dc05"));
    }

    @Test
    void the_key_stream_is_that_of_rfc_3711_appendix_b_2() {
        CounterMode mode =
                new CounterMode(
                        Hex.bytes("2B7E151628AED2A6ABF7158809CF4F3C"),
                        Hex.bytes("F0F1F2F3F4F5F6F7F8F9FAFBFCFD"));
        byte[] zeros = new byte[16 * 0xFF02];

        mode.apply(zeros, 0, zeros.length, 0, 0);

        assertThat(Hex.text(zeros, 48))
                .isEqualTo(
                        "e03ead0935c95e80e166b16dd92b4eb4"
                                + "d23513162b02d0f72a43a2fe4a5f97ab"
                                + "41e95b3bb0a2e8dd477901e4fca894c0");
        assertThat(Hex.text(java.util.Arrays.copyOfRange(zeros, 16 * 0xFEFF, 16 * 0xFF02)))
                .isEqualTo(
                        "ec8cdf7398607cb0f2d21675ea9ea1e4"
                                + "362b7c3c6773516318a077d7fc5073ae"
                                + "6a2cc3787889374fbeb4c81b17ba6c44");
    }
}
