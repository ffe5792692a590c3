package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipUriTest {
    @Test
    void every_part_of_a_uri_is_found() {
        var uri =
                SipUri.parse(
                        "sips:al%69ce:secret@gw.example.com:5061;transport=TCP;lr?Subject=hi&Priority=urgent");
        assertThat(uri.scheme()).isEqualTo("sips");
        assertThat(uri.isSecure()).isTrue();
        assertThat(uri.user()).isEqualTo("alice");
        assertThat(uri.host()).isEqualTo("gw.example.com");
        assertThat(uri.port()).isEqualTo(5061);
        assertThat(uri.parameter("TRANSPORT")).contains("TCP");
        assertThat(uri.parameter("lr")).contains("");
        assertThat(uri.parameter("maddr")).isEmpty();
        assertThat(uri.headers()).isEqualTo("Subject=hi&Priority=urgent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:example.com",
                "sip:+13035551111@ift.client.example.net;user=phone",
                "sip:caller@[2001:db8::1]:5060;transport=tcp",
                "sip:user;par=u%40example.net@example.com",
                "sips:1212@gateway.example.com?Replaces=1%402%3Bto-tag%3D3",
                "sip:a@b;x=%5B1%5D;y",
            })
    void a_uri_is_written_as_it_was_read(String text) {
        assertThat(SipUri.parse(text)).hasToString(text);
    }

    /// RFC 3261 §19.1.4, the examples of equivalent URIs, and some of our own.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sip:%61lice@atlanta.com;transport=TCP | sip:alice@AtLanTa.CoM;Transport=tcp",
                "sip:carol@chicago.com | sip:carol@chicago.com;newparam=5",
                "sip:carol@chicago.com;security=on | sip:carol@chicago.com;newparam=5",
                "sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com"
                        + " | sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com",
                "sip:alice@atlanta.com?subject=project%20x&priority=urgent"
                        + " | sip:alice@atlanta.com?priority=urgent&subject=project%20x",
                "sip:a%3bb@example.com | sip:a%3Bb@example.com",
                "sip:%C3%A9@example.com | sip:%c3%a9@example.com",
                "sip:a@[2001:DB8::1] | sip:a@[2001:db8::1]",
                "tel:+1-212-555-0100 | tel:+1-212-555-0100",
            })
    void equivalent_uris_match(String one, String other) {
        assertThat(SipUri.parse(one).matches(SipUri.parse(other))).isTrue();
        assertThat(SipUri.parse(other).matches(SipUri.parse(one))).isTrue();
    }

    /// RFC 3261 §19.1.4, the examples of URIs that are not equivalent, and what its rules say besides.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SIP:ALICE@AtLanTa.CoM;Transport=udp | sip:alice@AtLanTa.CoM;Transport=UDP",
                "sip:bob@biloxi.com | sip:bob@biloxi.com:5060",
                "sip:bob@biloxi.com | sip:bob@biloxi.com;transport=udp",
                "sip:bob@biloxi.com | sip:bob@biloxi.com:6000;transport=tcp",
                "sip:carol@chicago.com | sip:carol@chicago.com?Subject=next%20meeting",
                "sip:bob@phone21.boxesbybob.com | sip:bob@192.0.2.4",
                "sip:carol@chicago.com;security=on | sip:carol@chicago.com;security=off",
                "sip:carol@chicago.com;user=ip | sip:carol@chicago.com",
                "sip:carol@chicago.com;ttl=1 | sip:carol@chicago.com",
                "sip:carol@chicago.com;method=INVITE | sip:carol@chicago.com",
                "sip:carol@chicago.com;maddr=192.0.2.1 | sip:carol@chicago.com",
                "sip:carol@chicago.com | sips:carol@chicago.com",
                "sip:carol@chicago.com | sip:chicago.com",
                "sip:a%3Bb@example.com | sip:a;b@example.com",
                "sip:a%3Ab@example.com | sip:a:b@example.com",
                "sip:a%2541@example.com | sip:a%41@example.com",
                "sip:a@h?x=1&x=1 | sip:a@h?x=1",
                "tel:+1-212-555-0100 | sip:+1-212-555-0100@example.com",
            })
    void uris_that_may_lead_elsewhere_do_not_match(String one, String other) {
        assertThat(SipUri.parse(one).matches(SipUri.parse(other))).isFalse();
        assertThat(SipUri.parse(other).matches(SipUri.parse(one))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "sip",
                "sip:",
                "@",
                "1sip:a@b",
                "sip:@b",
                "sip::pw@b",
                "sip:a@",
                "sip:a b@c",
                " sip:a@b",
                "sip:a@b ",
                "sip:a@b\t",
                "sip:a@b\r\nX: y",
                "sip:a@b\0",
                "<sip:a@b>",
                "sip:a\"b@c",
                "sip:a@b:0",
                "sip:a@b:65536",
                "sip:a@b:",
                "sip:a@b:5x",
                "sip:%@b",
                "sip:%4@b",
                "sip:%zz@b",
                "sip:a@b?x=%1",
                "sip:a@[::1",
                "sip:a@::1",
                "sip:a@[1:2]",
                "sip:a@[fe80::1%25eth0]",
                "sip:a@b;lr;LR",
                "sip:a@b;l%72;lr",
                "sip:a@h_\u00e4",
                "sip:a@1.2.3",
                "sip:a@1.2.3.256",
                "sip:a@1.2.3.4.5",
                "sip:12345678901",
                "sip:a@b/c",
            })
    void what_is_no_uri_is_refused_with_400(String text) {
        assertThatExceptionOfType(BadSip.class)
                .isThrownBy(() -> SipUri.parse(text))
                .satisfies(bad -> assertThat(bad.status()).isEqualTo(400));
    }

    @Test
    void a_uri_of_ours_escapes_what_a_user_may_not_have() {
        assertThat(SipUri.of("a b@c:d#\u00e9", "192.0.2.1", 0))
                .hasToString("sip:a%20b%40c%3Ad%23%C3%A9@192.0.2.1");
        assertThat(SipUri.of("a b@c:d#\u00e9", "192.0.2.1", 0).user()).isEqualTo("a b@c:d#\u00e9");
        assertThat(SipUri.of("", "2001:db8::1", 5062)).hasToString("sip:[2001:db8::1]:5062");
        assertThat(SipUri.of("", "[2001:db8::1]", 0).host()).isEqualTo("2001:db8::1");
        assertThat(SipUri.of("x>\r\ny", "h", 0)).hasToString("sip:x%3E%0D%0Ay@h");
    }

    @Test
    void a_copy_changes_one_part_and_keeps_the_others() {
        var uri = SipUri.parse("sip:a@h:5070;lr?x=y");
        assertThat(uri.withUser("b c")).hasToString("sip:b%20c@h:5070;lr?x=y");
        assertThat(uri.withHost("::1", 0)).hasToString("sip:a@[::1];lr?x=y");
        assertThat(uri.withParameter("LR", "")).hasToString("sip:a@h:5070;LR?x=y");
        assertThat(uri.withParameter("ob", "1")).hasToString("sip:a@h:5070;lr;ob=1?x=y");
        assertThat(uri.plain()).hasToString("sip:a@h:5070");
        assertThat(uri).hasToString("sip:a@h:5070;lr?x=y");
    }

    @Test
    void empty_parameters_that_some_phones_write_are_read_over() {
        var uri = SipUri.parse("sip:a@h;;transport=udp;");
        assertThat(uri.parameter("transport")).contains("udp");
        assertThat(uri).hasToString("sip:a@h;transport=udp");
    }

    @Test
    void uris_are_equal_when_their_texts_are() {
        assertThat(SipUri.parse("sip:a@h"))
                .isEqualTo(SipUri.of("a", "h", 0))
                .hasSameHashCodeAs(SipUri.of("a", "h", 0));
        assertThat(SipUri.parse("sip:a@h")).isNotEqualTo(SipUri.parse("sip:a@H"));
    }
}
