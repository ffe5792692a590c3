package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

/// What is read from the messages of RFC 5118, section by section.
class TortureIpv6Test {
    @Test
    void section_4_1_an_address_in_brackets_is_a_host() {
        var request = request("ipv6-good");
        assertThat(request.uri().host()).isEqualTo("2001:db8::10");
        assertThat(request.uri().port()).isZero();
        assertThat(request.topVia().host()).isEqualTo("2001:db8::9:1");
        assertThat(request.contacts().getFirst().uri()).hasToString("sip:caller@[2001:db8::1]");
    }

    @Test
    void section_4_2_without_brackets_its_colons_are_no_host_and_no_port() {
        var bytes = TortureMessage.bytes("ipv6-bad");
        assertThatExceptionOfType(BadSip.class)
                .isThrownBy(() -> SipParser.parse(bytes, bytes.length))
                .satisfies(bad -> assertThat(bad.reason()).startsWith("Bad URI"));
    }

    @Test
    void sections_4_3_and_4_only_what_follows_the_bracket_is_a_port() {
        assertThat(request("port-ambiguous").uri().host()).isEqualTo("2001:db8::10:5070");
        assertThat(request("port-ambiguous").uri().port()).isZero();
        assertThat(request("port-unambiguous").uri().host()).isEqualTo("2001:db8::10");
        assertThat(request("port-unambiguous").uri().port()).isEqualTo(5070);
    }

    @Test
    void section_4_5_received_is_read_with_brackets_and_without() {
        assertThat(request("via-received-param-with-delim").topVia().received())
                .contains("2001:db8::9:255");
        var bare = request("via-received-param-no-delim").topVia();
        assertThat(bare.received()).contains("2001:db8::9:255");
        assertThat(bare.branch()).isEqualTo("z9hG4bKas3");
    }

    @Test
    void section_4_6_a_description_may_speak_of_ipv6() {
        var description = Content.description(request("ipv6-in-sdp")).orElseThrow();
        assertThat(description.origin().host()).isEqualTo("2001:db8::20");
        assertThat(description.media()).hasSize(2);
        assertThat(description.hostOf(description.media().getLast())).isEqualTo("2001:db8::20");
    }

    @Test
    void section_4_7_each_via_has_an_address_of_its_own_kind() {
        var vias = request("mult-ip-in-header").vias();
        assertThat(vias)
                .extracting(Via::host)
                .containsExactly("2001:db8::9:1", "192.0.2.1", "2001:db8::9:255");
        assertThat(vias.getFirst().port()).isEqualTo(6050);
        assertThat(vias.getLast().transport()).isEqualTo("TCP");
        assertThat(vias.getLast().received()).contains("192.0.2.200");
    }

    @Test
    void section_4_8_each_stream_has_an_address_of_its_own_kind() {
        var description = Content.description(request("mult-ip-in-sdp")).orElseThrow();
        assertThat(description.host()).isEmpty();
        assertThat(description.hostOf(description.media().getFirst())).isEqualTo("192.0.2.1");
        assertThat(description.hostOf(description.media().getLast())).isEqualTo("2001:db8::1");
    }

    @Test
    void section_4_9_an_ipv4_address_may_be_written_as_ipv6() {
        var request = request("ipv4-mapped-ipv6");
        assertThat(request.topVia().host()).isEqualTo("::ffff:192.0.2.10");
        assertThat(request.topVia().port()).isEqualTo(19823);
        assertThat(request.contacts().getFirst().uri().host()).isEqualTo("::ffff:192.0.2.2");
        assertThat(Content.description(request).orElseThrow().host()).isEqualTo("::ffff:192.0.2.2");
    }

    @Test
    void section_4_10_the_third_colon_of_the_old_grammar_is_read_over() {
        var request = request("ipv6-bug-abnf-3-colons");
        assertThat(request.uri().host()).isEqualTo("2001:db8::192.0.2.1");
        assertThat(request.to().uri()).hasToString("sip:user@[2001:db8::192.0.2.1]");
        assertThat(request.uri().matches(request("ipv6-correct-abnf-2-colons").uri())).isTrue();
    }

    private static SipRequest request(String name) {
        var bytes = TortureMessage.bytes(name);
        return (SipRequest) SipParser.parse(bytes, bytes.length);
    }
}
