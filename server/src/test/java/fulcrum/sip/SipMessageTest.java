package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

class SipMessageTest {
    private static final String START =
            """
            OPTIONS sip:bob@example.com SIP/2.0
            Via: SIP/2.0/UDP host.example.com;branch=z9hG4bK1
            From: <sip:alice@example.com>;tag=1
            To: <sip:bob@example.com>
            Call-ID: 1@host
            CSeq: 1 OPTIONS
            """;

    @Test
    void a_folded_header_is_one_line_with_one_space_for_each_fold() {
        var request = with("Subject: one\n  two\n\tthree  \n four");
        assertThat(request.header("Subject")).contains("one two three four");
    }

    @Test
    void a_header_is_found_by_its_long_and_its_compact_name_in_any_case() {
        var request = with("s: lunch\nK: timer\nSUPPORTED: 100rel, replaces\nx: 90");
        assertThat(request.header("subject")).contains("lunch");
        assertThat(request.header("S")).contains("lunch");
        assertThat(request.headers("Supported")).containsExactly("timer", "100rel", "replaces");
        assertThat(request.header("Session-Expires")).contains("90");
        assertThat(request.hasHeader("k")).isTrue();
        assertThat(request.hasHeader("Require")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "a,Accept-Contact",
        "b,Referred-By",
        "c,Content-Type",
        "d,Request-Disposition",
        "e,Content-Encoding",
        "f,From",
        "i,Call-ID",
        "j,Reject-Contact",
        "k,Supported",
        "l,Content-Length",
        "m,Contact",
        "n,Identity-Info",
        "o,Event",
        "r,Refer-To",
        "s,Subject",
        "t,To",
        "u,Allow-Events",
        "v,Via",
        "x,Session-Expires",
        "y,Identity"
    })
    void every_compact_name_has_its_long_one(String compact, String longName) {
        assertThat(HeaderNames.longName(compact)).isEqualTo(longName);
        assertThat(HeaderNames.longName(compact.toUpperCase(Locale.ROOT))).isEqualTo(longName);
    }

    @Test
    void lists_are_split_at_commas_but_not_inside_quotes_and_brackets() {
        var request =
                with(
                        "Contact: \"a, b\" <sip:a,b@h>, <sip:c@h>;x=\"1,2\" ,sip:d@h\nContact: <sip:e@h>");
        assertThat(request.headers("Contact"))
                .containsExactly(
                        "\"a, b\" <sip:a,b@h>", "<sip:c@h>;x=\"1,2\"", "sip:d@h", "<sip:e@h>");
        assertThat(request.header("m")).contains("\"a, b\" <sip:a,b@h>");
    }

    @Test
    void what_is_no_list_keeps_its_commas() {
        assertThat(with("Date: Sat, 13 Nov 2010 23:29:00 GMT").headers("Date"))
                .containsExactly("Sat, 13 Nov 2010 23:29:00 GMT");
        assertThat(with("Authorization: Digest a=\"b\", c=d").headers("Authorization"))
                .containsExactly("Digest a=\"b\", c=d");
    }

    @Test
    void empty_values_are_no_values() {
        assertThat(with("Supported:\nSupported: , a,, b ,").headers("Supported"))
                .containsExactly("a", "b");
        assertThat(with("Supported:").header("Supported")).isEmpty();
        assertThat(with("Subject:").header("Subject")).contains("");
    }

    @Test
    void a_lone_line_feed_ends_a_line_too() {
        var bytes = (START + "Content-Length: 2\n\nhi").getBytes(StandardCharsets.US_ASCII);
        assertThat(SipParser.parse(bytes, bytes.length).body()).asString().isEqualTo("hi");
    }

    @Test
    void line_ends_before_a_message_are_read_over() {
        var bytes =
                ("\r\n\r\n" + START.replace("\n", "\r\n") + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
        assertThat(SipParser.parse(bytes, bytes.length).callId()).isEqualTo("1@host");
    }

    @Test
    void only_as_much_of_the_array_as_was_said_is_the_message() {
        var bytes =
                (START.replace("\n", "\r\n") + "\r\nbody and more")
                        .getBytes(StandardCharsets.US_ASCII);
        assertThat(SipParser.parse(bytes, bytes.length - 9).body()).asString().isEqualTo("body");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no colon",
                ": no name",
                "Na me: x",
                "Subject: a\rb",
                "Subject: a\r\r",
                " Subject: fold of nothing",
                "Content-Length: 1",
                "Content-Length: x",
                "Content-Length: 1, 1",
                "Content-Length: 99999999999",
                "Content-Length: 0\nContent-Length: 1",
                "From: <sip:x@h>;tag=2",
                "Max-Forwards: 256",
                "Max-Forwards: x",
                "Contact: <sip:a@h",
                "Record-Route: x",
                "Route: <sip:a@h>;",
                "CSeq: 2 OPTIONS",
                "Via: x",
                "Event: a\nEvent: b",
                "Expires: 1\nExpires: 1",
                "Call-ID: x"
            })
    void a_header_that_would_mislead_is_refused_with_400(String line) {
        assertThatExceptionOfType(BadSip.class)
                .isThrownBy(() -> with(line))
                .satisfies(bad -> assertThat(bad.status()).isEqualTo(400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Via", "From", "To", "Call-ID", "CSeq"})
    void what_every_message_has_may_not_be_missing(String name) {
        var text = START.lines().filter(line -> !line.startsWith(name + ':')).toList();
        assertThatExceptionOfType(BadSip.class)
                .isThrownBy(() -> parse(String.join("\n", text) + "\n\n"))
                .satisfies(bad -> assertThat(bad.reason()).isEqualTo("Missing " + name));
    }

    @ParameterizedTest
    @CsvSource({
        "OPTIONS sip:bob@example.com SIP/2.0 x,400",
        "OPTIONS  sip:bob@example.com SIP/2.0,400",
        "OPTIONS,400",
        "OPTIONS sip:bob@example.com,400",
        "OPT(IONS sip:bob@example.com SIP/2.0,400",
        "''  ,400",
        "OPTIONS sip:bob@example.com HTTP/1.1,400",
        "OPTIONS sip:bob@example.com SIP/3.0,505",
        "OPTIONS sip:bob@example.com SIP/2.00,505",
        "OPTIONS tel:+12125550100 SIP/2.0,416",
        "OPTIONS bob@example.com SIP/2.0,400",
        "PUT sip:bob@example.com SIP/2.0,501",
        "BYE sip:bob@example.com SIP/2.0,400"
    })
    void a_request_line_that_is_none_is_refused(String line, int status) {
        assertThatExceptionOfType(BadSip.class)
                .isThrownBy(() -> parse(line + START.substring(START.indexOf('\n')) + "\n"))
                .satisfies(bad -> assertThat(bad.status()).isEqualTo(status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sip/2.0", "SIP/2.0"})
    void the_version_is_read_in_any_case(String version) {
        assertThat(parse(START.replace(" SIP/2.0\n", " " + version + "\n") + "\n"))
                .isInstanceOf(SipRequest.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SIP/2.0 99 x",
                "SIP/2.0 700 x",
                "SIP/2.0 20 x",
                "SIP/2.0 2000 x",
                "SIP/2.0 x",
                "SIP/1.0 200 OK",
                "SIP/2.0 200OK",
                "SIP/2.0",
                "SIP/2.0 -200 OK"
            })
    void a_status_line_that_is_none_is_refused(String line) {
        assertThatExceptionOfType(BadSip.class)
                .isThrownBy(() -> parse(line + START.substring(START.indexOf('\n')) + "\n"));
    }

    @Test
    void a_status_line_needs_no_reason() {
        var response =
                (SipResponse) parse("SIP/2.0 200" + START.substring(START.indexOf('\n')) + "\n");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.reason()).isEmpty();
    }

    @Test
    void a_message_with_too_much_of_anything_is_refused_with_513() {
        assertThatExceptionOfType(BadSip.class)
                .isThrownBy(() -> with("X: y\n".repeat(300).strip()))
                .satisfies(bad -> assertThat(bad.status()).isEqualTo(513));
        assertThatExceptionOfType(BadSip.class)
                .isThrownBy(() -> with("X: " + "y".repeat(70_000)))
                .satisfies(bad -> assertThat(bad.status()).isEqualTo(513));
    }

    @Test
    void an_invite_that_accepts_no_description_is_refused_with_406() {
        var invite = START.replace("OPTIONS", "INVITE");
        assertThat(parse(invite + "Accept: text/plain, application/sdp;level=1\n\n"))
                .isInstanceOf(SipRequest.class);
        assertThat(parse(invite + "Accept: */*;q=0.1\n\n")).isInstanceOf(SipRequest.class);
        assertThat(parse(invite + "Accept:\n\n")).isInstanceOf(SipRequest.class);
        assertThat(with("Accept: text/plain")).isInstanceOf(SipRequest.class);
        assertThatExceptionOfType(BadSip.class)
                .isThrownBy(() -> parse(invite + "Accept: text/plain\n\n"))
                .satisfies(bad -> assertThat(bad.status()).isEqualTo(406));
    }

    @Test
    void a_copy_changes_what_it_was_asked_to_and_nothing_else() {
        var request = with("Subject: a\nX: 1\nx: 2");
        assertThat(request.with("Subject", "b").header("Subject")).contains("b");
        assertThat(request.with("X", "3").header("X")).contains("3");
        assertThat(request.plus("Y", "4").toString())
                .contains("\r\nY: 4\r\nContent-Length: 0\r\n\r\n");
        assertThat(request.plusFirst("Via", "SIP/2.0/UDP a;branch=z9hG4bK2").vias()).hasSize(2);
        assertThat(request.plusFirst("Via", "SIP/2.0/UDP a;branch=z9hG4bK2").topVia().host())
                .isEqualTo("a");
        assertThat(request.without("subject").hasHeader("Subject")).isFalse();
        assertThat(request.withUri(SipUri.parse("sip:c@h")).requestUri()).isEqualTo("sip:c@h");
        assertThat(request.withBody("text/plain", new byte[] {'h', 'i'}).toString())
                .endsWith("\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nhi");
        assertThat(request.withBody("text/plain", new byte[0]).hasHeader("Content-Type")).isFalse();
        assertThat(request.header("Subject")).contains("a");
    }

    @Test
    void the_top_via_is_replaced_where_it_stands_also_when_others_share_its_line() {
        var request = with("Via: SIP/2.0/UDP third");
        var text = START.replace("z9hG4bK1", "z9hG4bK1, SIP/2.0/TCP second;branch=z9hG4bK2") + "\n";
        assertThat(request.vias()).hasSize(2);
        var shared = (SipRequest) parse(text);
        var seen = shared.withTopVia(shared.topVia().withParameter("received", "192.0.2.1"));
        assertThat(seen.vias())
                .extracting(Via::toString)
                .containsExactly(
                        "SIP/2.0/UDP host.example.com;branch=z9hG4bK1;received=192.0.2.1",
                        "SIP/2.0/TCP second;branch=z9hG4bK2");
    }

    @Test
    void no_value_of_ours_can_smuggle_in_a_header() {
        var request = with("Subject: a").with("Subject", "b\r\nEvil: yes\n\n\0c");
        assertThat(request.hasHeader("Evil")).isFalse();
        assertThat(request.toString()).contains("Subject: b  Evil: yes   c\r\n");
        assertThatIllegalArgumentException().isThrownBy(() -> request.with("X: y\r\nZ", "1"));
        assertThat(SipResponse.to(request, 400, "bad\r\nEvil: yes").toString())
                .startsWith("SIP/2.0 400 bad  Evil: yes\r\n");
    }

    @Test
    void a_response_has_what_the_request_must_find_in_it_again() {
        var request = with("Record-Route: <sip:p@h;lr>\nTimestamp: 54\nSubject: x");
        var ok = SipResponse.to(request, 200, "OK");
        assertThat(ok.toString())
                .startsWith(
                        "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP host.example.com;branch=z9hG4bK1\r\n");
        assertThat(ok.recordRoutes()).hasSize(1);
        assertThat(ok.hasHeader("Timestamp")).isFalse();
        assertThat(ok.hasHeader("Subject")).isFalse();
        assertThat(SipResponse.to(request, 100, "Trying").header("Timestamp")).contains("54");
        assertThat(SipResponse.to(request, 100, "Trying").recordRoutes()).isEmpty();
        assertThat(SipResponse.to(request, 404, "Not Found").recordRoutes()).isEmpty();
        assertThat(ok.isFinal()).isTrue();
        assertThat(SipResponse.to(request, 183, "").isFinal()).isFalse();
    }

    private static SipRequest with(String lines) {
        return (SipRequest) parse(START + lines + "\n\n");
    }

    private static SipMessage parse(String text) {
        var bytes = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        return SipParser.parse(bytes, bytes.length);
    }
}
