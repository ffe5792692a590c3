package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/// What is read from the messages of RFC 4475 that are well-formed, section by section.
class TortureDetailsTest {
    @Test
    void section_3_1_1_1_folds_spaces_compact_names_and_odd_cases_are_read() {
        var request = request("wsinv");
        assertThat(request.method()).isEqualTo("INVITE");
        assertThat(request.uri().user()).isEqualTo("vivekg");
        assertThat(request.uri().hasParameter("unknownparam")).isTrue();
        assertThat(request.to().uri()).isEqualTo(SipUri.parse("sip:vivekg@chair-dnrc.example.com"));
        assertThat(request.to().tag()).isEqualTo("1918181833n");
        assertThat(request.from().displayName()).isEqualTo("J Rosenberg \\\"");
        assertThat(request.from().tag()).isEqualTo("98asjd8");
        assertThat(request.maxForwards()).isEqualTo(68);
        assertThat(request.cseq()).isEqualTo(new CSeq(9, "INVITE"));
        assertThat(request.header("Subject")).contains("");
        assertThat(request.header("NewFangledHeader"))
                .contains("newfangled value continued newfangled value");
        assertThat(request.header("UnknownHeaderWithUnusualValue")).contains(";;,,;;,;");
        assertThat(request.body()).hasSize(150);
    }

    @Test
    void section_3_1_1_1_vias_and_addresses_keep_their_parameters() {
        var request = request("wsinv");
        assertThat(request.vias())
                .extracting(Via::toString)
                .containsExactly(
                        "SIP/2.0/UDP 192.0.2.2;branch=390skdjuw",
                        "SIP/2.0/TCP spindle.example.com;branch=z9hG4bK9ikj8",
                        "SIP/2.0/UDP 192.168.255.111;branch=z9hG4bK30239");
        var route = request.routes().getFirst().uri();
        assertThat(route.hasParameter("lr")).isTrue();
        assertThat(route.parameter("unknownwith")).contains("value");
        assertThat(route.parameter("unknown-no-value")).contains("");
        var contact = request.contacts().getFirst();
        assertThat(contact.displayName()).isEqualTo("Quoted string \"\"");
        assertThat(contact.parameter("newparam")).contains("newvalue");
        assertThat(contact.parameter("secondparam")).contains("");
        assertThat(contact.parameter("q")).contains("0.33");
    }

    @Test
    void section_3_1_1_2_every_character_of_a_token_is_taken_for_one() {
        var request = request("intmeth");
        var method = "!interesting-Method0123456789_*+`.%indeed'~";
        assertThat(request.method()).isEqualTo(method);
        assertThat(request.cseq()).isEqualTo(new CSeq(139122385, method));
        assertThat(request.uri().user())
                .isEqualTo("1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*");
        assertThat(request.uri().host()).isEqualTo("example.com");
        assertThat(request.to().displayName()).isEqualTo("BEL:\u0007 NUL:\0 DEL:\u007f");
        assertThat(request.from().displayName()).isEqualTo("token1~` token2'+_ token3*%!.-");
        assertThat(request.from().parameter("fromParam''~+*_!.-%"))
                .contains("\u0440\u0430\u0431\u043e\u0442\u0430\u044e\u0449\u0438\u0439");
        assertThat(request.from().tag()).isEqualTo("_token~1'+`*%!-.");
        assertThat(request.topVia().branch()).isEqualTo("z9hG4bK-.!%66*_+`'~");
        assertThat(request.callId()).isEqualTo("intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{");
        assertThat(request.header("extensionHeader-!.%*+_`'~"))
                .contains("\ufeff\u5927\u505c\u96fb");
        assertThat(request.maxForwards()).isEqualTo(255);
    }

    @Test
    void section_3_1_1_3_escapes_are_decoded_once() {
        var request = request("esc01");
        assertThat(request.uri().user()).isEqualTo("sips:user@example.com");
        assertThat(request.uri().isSecure()).isFalse();
        assertThat(request.uri().host()).isEqualTo("example.net");
        assertThat(request.to().uri().user()).isEqualTo("user");
        assertThat(request.from().uri().user()).isEqualTo("I have spaces");
        var contact = request.contacts().getFirst().uri();
        assertThat(contact.user()).isEqualTo("caller");
        assertThat(contact.hasParameter("lr")).isTrue();
        assertThat(contact.parameter("name")).contains("value%41");
        assertThat(request.contentType()).contains("application/sdp");
    }

    @Test
    void section_3_1_1_4_an_escaped_nul_is_a_character_of_the_user() {
        var request = request("escnull");
        assertThat(request.to().uri().user()).isEqualTo("null-\0-null");
        assertThat(request.contacts())
                .extracting(contact -> contact.uri().user())
                .containsExactly("\0", "\0\0");
    }

    @Test
    void section_3_1_1_5_a_percent_sign_outside_of_uris_is_only_that() {
        var request = request("esc02");
        assertThat(request.method()).isEqualTo("RE%47IST%45R");
        assertThat(request.to().displayName()).isEqualTo("%Z%45");
        assertThat(request.topVia().branch()).isEqualTo("z9hG4bK209%fzsnel234");
        assertThat(request.contacts())
                .extracting(contact -> contact.uri().user())
                .containsExactly("alias1", "alias3");
        assertThat(request.header("C%6Fntact")).contains("<sip:alias2@host2.example.com>");
    }

    @Test
    void section_3_1_1_6_no_space_is_needed_between_name_and_bracket() {
        assertThat(request("lwsdisp").from().displayName()).isEqualTo("caller");
        assertThat(request("lwsdisp").from().uri().user()).isEqualTo("caller");
    }

    @Test
    void section_3_1_1_7_long_values_and_many_of_them_are_read_whole() {
        var request = request("longreq");
        assertThat(request.to().displayName())
                .isEqualTo("I have a user name of " + "extreme".repeat(10) + " proportion");
        assertThat(request.to().uri().port()).isEqualTo(6000);
        assertThat(request.to().uri().parameter("unknownparam1"))
                .contains("very" + "long".repeat(20) + "value");
        assertThat(
                        request.to()
                                .uri()
                                .parameter("very" + "long".repeat(25) + "ParameterNameWithNoValue"))
                .contains("");
        assertThat(request.from().uri().user()).isEqualTo("amazinglylongcallername".repeat(5));
        assertThat(request.from().tag()).isEqualTo("12" + "982".repeat(50) + "424");
        assertThat(request.callId()).isEqualTo("longreq.one" + "really".repeat(20) + "longcallid");
        assertThat(request.vias()).hasSize(34);
        assertThat(request.topVia().host()).isEqualTo("sip33.example.com");
        assertThat(request.vias().getLast().branch())
                .isEqualTo("very" + "long".repeat(50) + "branchvalue");
        assertThat(request.vias().getLast().received()).contains("192.0.2.5");
        assertThat(request.body()).hasSize(150);
    }

    @Test
    void section_3_1_1_8_what_follows_the_body_in_a_datagram_is_dropped() {
        var request = request("dblreq");
        assertThat(request.method()).isEqualTo("REGISTER");
        assertThat(request.callId()).startsWith("dblreq.0ha0isndaksdj99");
        assertThat(request.body()).isEmpty();
        assertThat(request.vias()).hasSize(1);
    }

    @Test
    void section_3_1_1_9_the_user_may_have_semicolons() {
        var uri = request("semiuri").uri();
        assertThat(uri.user()).isEqualTo("user;par=u@example.net");
        assertThat(uri.host()).isEqualTo("example.com");
        assertThat(uri.hasParameter("par")).isFalse();
        assertThat(request("semiuri").headers("Accept"))
                .containsExactly(
                        "application/sdp",
                        "application/pkcs7-mime",
                        "multipart/mixed",
                        "multipart/signed",
                        "message/sip",
                        "message/sipfrag");
    }

    @Test
    void section_3_1_1_10_unknown_transports_are_read() {
        assertThat(request("transports").vias())
                .extracting(Via::transport)
                .containsExactly("UDP", "SCTP", "TLS", "UNKNOWN", "TCP");
    }

    @Test
    void section_3_1_1_11_a_binary_body_is_taken_by_its_length() {
        var request = request("mpart01");
        var body = request.body();
        assertThat(body).hasSize(553);
        assertThat(request.topVia().hasRport()).isTrue();
        assertThat(request.topVia().rport()).isZero();
        var type = request.contentType().orElseThrow();
        assertThat(Multipart.part(type, body, "text/plain").orElseThrow())
                .asString()
                .isEqualTo("Hello");
        var binary = Multipart.part(type, body, "application/octet-stream").orElseThrow();
        assertThat(binary).hasSize(342);
        assertThat(HexFormat.of().formatHex(binary))
                .startsWith("3082015206092a8648")
                .endsWith("65bc99d005");
    }

    @Test
    void sections_3_1_1_12_and_13_a_reason_phrase_is_any_text_or_none() {
        var odd = response("unreason");
        assertThat(odd.status()).isEqualTo(200);
        assertThat(odd.reason())
                .isEqualTo(
                        "= 2**3 * 5**2 \u043d\u043e \u0441\u0442\u043e \u0434\u0435\u0432\u044f\u043d\u043e\u0441"
                                + "\u0442\u043e \u0434\u0435\u0432\u044f\u0442\u044c - "
                                + "\u043f\u0440\u043e\u0441\u0442\u043e"
                                + "\u0435");
        assertThat(odd.toString()).startsWith("SIP/2.0 200 " + odd.reason() + "\r\n");
        var empty = response("noreason");
        assertThat(empty.status()).isEqualTo(100);
        assertThat(empty.reason()).isEmpty();
        assertThat(empty.toString()).startsWith("SIP/2.0 100 \r\n");
    }

    @Test
    void section_3_1_2_12_a_date_that_nobody_reads_stays_as_it_is() {
        assertThat(request("baddate").header("Date")).contains("Fri, 01 Jan 2010 16:00:00 EST");
    }

    @Test
    void sections_3_3_2_and_3_a_uri_of_another_scheme_is_read_as_text() {
        assertThat(SipUri.parse("nobodyKnowsThisScheme:totallyopaquecontent").scheme())
                .isEqualTo("nobodyknowsthisscheme");
        var beep = SipUri.parse("soap.beep://192.0.2.103:3002");
        assertThat(beep.isSip()).isFalse();
        assertThat(beep.scheme()).isEqualTo("soap.beep");
        assertThat(beep).hasToString("soap.beep://192.0.2.103:3002");
    }

    @Test
    void section_3_3_4_headers_may_have_other_schemes() {
        var bytes =
                new String(TortureMessage.bytes("unksm2"), StandardCharsets.US_ASCII)
                        .replace("REGISTER", "OPTIONS")
                        .getBytes(StandardCharsets.US_ASCII);
        var request = (SipRequest) SipParser.parse(bytes, bytes.length);
        assertThat(request.to().uri().scheme()).isEqualTo("isbn");
        assertThat(request.from().uri()).hasToString("http://www.example.com");
        assertThat(request.contacts().getFirst().uri()).hasToString("name:John_Smith");
    }

    @Test
    void section_3_3_5_what_is_required_is_a_list() {
        assertThat(request("bext01").headers("Require"))
                .containsExactly("nothingSupportsThis", "nothingSupportsThisEither");
        assertThat(request("bext01").headers("Proxy-Require"))
                .containsExactly("noProxiesSupportThis", "norDoAnyProxiesSupportThis");
    }

    @Test
    void section_3_3_6_an_unknown_body_is_refused_where_it_is_needed() {
        assertThatExceptionOfType(BadSip.class)
                .isThrownBy(() -> Content.description(request("invut")))
                .satisfies(bad -> assertThat(bad.status()).isEqualTo(415));
    }

    @Test
    void section_3_3_7_credentials_of_an_unknown_scheme_are_none() {
        assertThat(Digest.credentials(request("regaut01"), "example.com")).isEmpty();
    }

    @Test
    void section_3_3_10_the_via_of_a_response_is_only_read() {
        assertThat(response("bcast").vias())
                .extracting(Via::host)
                .containsExactly("192.0.2.198", "255.255.255.255");
    }

    @Test
    void section_3_3_11_hops_may_be_used_up() {
        assertThat(request("zeromf").maxForwards()).isZero();
    }

    @Test
    void sections_3_3_12_and_13_brackets_decide_to_whom_a_parameter_belongs() {
        var outside = request("cparam01").contacts().getFirst();
        assertThat(outside.parameter("unknownparam")).contains("");
        assertThat(outside.uri().hasParameter("unknownparam")).isFalse();
        assertThat(outside).hasToString("<sip:+19725552222@gw1.example.net>;unknownparam");
        var inside = request("cparam02").contacts().getFirst();
        assertThat(inside.parameter("unknownparam")).isEmpty();
        assertThat(inside.uri().parameter("unknownparam")).contains("");
        assertThat(inside).hasToString("<sip:+19725552222@gw1.example.net;unknownparam>");
    }

    @Test
    void section_3_3_14_a_contact_may_have_headers() {
        var contact = request("regescrt").contacts().getFirst();
        assertThat(contact.uri().headers()).isEqualTo("Route=%3Csip:sip.example.com%3E");
        assertThat(contact.uri().host()).isEqualTo("example.com");
    }

    @Test
    void section_3_4_1_a_request_of_rfc_2543_is_understood() {
        var request = request("inv2543");
        assertThat(request.topVia().branch()).isEmpty();
        assertThat(request.from().tag()).isEmpty();
        assertThat(request.from().uri().parameter("user")).contains("phone");
        assertThat(request.maxForwards()).isEqualTo(70);
        assertThat(request.recordRoutes().getFirst().uri().hasParameter("lr")).isFalse();
        assertThat(request.body()).hasSize(105);
        assertThat(Content.description(request).orElseThrow().audio().orElseThrow().port())
                .isEqualTo(49217);
    }

    private static SipRequest request(String name) {
        var bytes = TortureMessage.bytes(name);
        return (SipRequest) SipParser.parse(bytes, bytes.length);
    }

    private static SipResponse response(String name) {
        var bytes = TortureMessage.bytes(name);
        return (SipResponse) SipParser.parse(bytes, bytes.length);
    }

    /// The reasons matter too: each of these is refused for what is wrong with it and not by accident.
    @Test
    void sections_3_1_2_and_3_3_a_refusal_names_what_is_wrong() {
        var reasons =
                List.of(
                        "badinv01|Via",
                        "clerr|shorter",
                        "ncl|Content-Length",
                        "scalar02|CSeq",
                        "quotbal|To: a quote",
                        "ltgtruri|URI",
                        "lwsruri|request line",
                        "lwsstart|request line",
                        "trws|request line",
                        "escruri|Headers in the Request-URI",
                        "regbadct|Contact",
                        "badaspec|URI: no scheme",
                        "baddn|From: such a display name",
                        "mismatch01|CSeq",
                        "badbranch|branch",
                        "insuf|Missing From",
                        "unksm2|To",
                        "multi01|More than one From",
                        "mcl01|Content-Length");
        for (var reason : reasons) {
            var parts = reason.split("\\|");
            var bytes = TortureMessage.bytes(parts[0]);
            assertThatExceptionOfType(BadSip.class)
                    .isThrownBy(() -> SipParser.parse(bytes, bytes.length))
                    .satisfies(bad -> assertThat(bad.reason()).as(parts[0]).contains(parts[1]));
        }
    }
}
