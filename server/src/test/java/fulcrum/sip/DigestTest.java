package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;

class DigestTest {
    private static final List<DigestAlgorithm> BOTH =
            List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5);
    private static final String NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    private static final SipRequest REGISTER =
            SipRequest.of("REGISTER", SipUri.parse("sip:example.com")).with("CSeq", "1 REGISTER");

    /// RFC 7616 §3.9.1.
    @ParameterizedTest
    @CsvSource({
        "MD5,8ca523f5e9506fed4657c9700eebdbec",
        "SHA_256,753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
    })
    void the_example_of_rfc_7616_is_right(DigestAlgorithm algorithm, String response) {
        var fields =
                DigestFields.parse(
                                "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", "
                                        + "uri=\"/dir/index.html\", algorithm="
                                        + algorithm.token()
                                        + ", nonce=\""
                                        + NONCE
                                        + "\", "
                                        + "nc=00000001, qop=auth, "
                                        + "cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\"")
                        .orElseThrow();
        var ha1 = Digest.ha1(algorithm, "Mufasa", "http-auth@example.org", "Circle of Life");
        assertThat(Digest.response(algorithm, fields, ha1, "GET")).isEqualTo(response);
    }

    /// RFC 2617 §3.5.
    @Test
    void the_example_of_rfc_2617_is_right() {
        var fields =
                DigestFields.parse(
                                "Digest username=\"Mufasa\",realm=\"testrealm@host.com\","
                                        + "nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\",qop=auth,"
                                        + "uri=\"/dir/index.html\","
                                        + "nc=00000001,cnonce=\"0a4f113b\",opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"")
                        .orElseThrow();
        var ha1 = Digest.ha1(DigestAlgorithm.MD5, "Mufasa", "testrealm@host.com", "Circle Of Life");
        assertThat(Digest.response(DigestAlgorithm.MD5, fields, ha1, "GET"))
                .isEqualTo("6629fae49393a05397450978507c4ef1");
    }

    /// Computed by hand: md5(md5(bob:biloxi.com:zanzibar) : nonce : md5(REGISTER:sip:biloxi.com)), as before RFC 2617.
    @Test
    void a_client_without_quality_of_protection_is_understood() {
        var request = SipRequest.of("REGISTER", SipUri.parse("sip:biloxi.com"));
        var ha1 = Digest.ha1(DigestAlgorithm.MD5, "bob", "biloxi.com", "zanzibar");
        var ha2 = DigestAlgorithm.MD5.hash("REGISTER:sip:biloxi.com");
        var response = DigestAlgorithm.MD5.hash(ha1 + ":dcd98b:" + ha2);
        var fields =
                DigestFields.parse(
                                "Digest username=\"bob\", realm=\"biloxi.com\", nonce=\"dcd98b\", "
                                        + "uri=\"sip:biloxi.com\", response=\""
                                        + response
                                        + '"')
                        .orElseThrow();
        assertThat(Digest.verify(request, fields, "zanzibar")).isTrue();
        assertThat(Digest.verify(request, fields, "zanzibaR")).isFalse();
        assertThat(fields.nonceCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 407})
    void a_challenge_is_answered_by_its_strongest_algorithm(int status) {
        var authorized =
                answer(challenge(status, Digest.challenges("example.com", NONCE, false, BOTH)));
        var fields = DigestFields.parse(authorized).orElseThrow();
        assertThat(fields.field("algorithm")).isEqualTo("SHA-256");
        assertThat(fields.field("qop")).isEqualTo("auth");
        assertThat(fields.field("nc")).isEqualTo("0000000a");
        assertThat(fields.nonceCount()).isEqualTo(10);
        assertThat(fields.nonce()).isEqualTo(NONCE);
        assertThat(Digest.verify(REGISTER, fields, "s3cret")).isTrue();
        assertThat(Digest.verify(REGISTER, fields, "other")).isFalse();
        assertThat(Digest.verify(SipRequest.of("INVITE", REGISTER.uri()), fields, "s3cret"))
                .isFalse();
        assertThat(
                        Digest.verify(
                                REGISTER.withUri(SipUri.parse("sip:example.org")),
                                fields,
                                "s3cret"))
                .isFalse();
    }

    @Test
    void unless_told_otherwise_only_what_every_phone_can_answer_is_offered() {
        assertThat(new SipSettings().challenges()).containsExactly(DigestAlgorithm.MD5);
    }

    @Test
    void algorithms_are_offered_in_the_order_that_was_set() {
        var challenges = Digest.challenges("ex\"ample", "abc", true, BOTH);
        assertThat(challenges)
                .containsExactly(
                        "Digest realm=\"ex\\\"ample\", nonce=\"abc\", stale=true, algorithm=SHA-256, qop=\"auth\"",
                        "Digest realm=\"ex\\\"ample\", nonce=\"abc\", stale=true, algorithm=MD5, qop=\"auth\"");
        assertThat(Digest.isStale(challenge(401, challenges))).isTrue();
        assertThat(Digest.isStale(challenge(401, Digest.challenges("r", "n", false, BOTH))))
                .isFalse();
    }

    @Test
    void a_challenge_that_we_cannot_answer_is_not_answered() {
        assertThat(authorize("Digest realm=\"r\", nonce=\"n\", qop=\"auth-int\"")).isEmpty();
        assertThat(authorize("Digest realm=\"r\", nonce=\"n\", algorithm=MD5-sess")).isEmpty();
        assertThat(authorize("Digest realm=\"r\", nonce=\"n\", algorithm=SHA-512-256")).isEmpty();
        assertThat(authorize("Basic realm=\"r\"")).isEmpty();
        assertThat(authorize("Digest realm=\"r\", nonce=\"n\", qop=\"auth-int, auth\""))
                .isPresent();
        assertThat(authorize("Digest realm=\"r\", nonce=\"n\""))
                .hasValueSatisfying(
                        value -> assertThat(value).doesNotContain("qop", "cnonce", "nc="));
    }

    @Test
    void what_the_server_wants_back_comes_back() {
        assertThat(authorize("Digest realm=\"r\", nonce=\"n\", opaque=\"x\\\"y\", algorithm=md5"))
                .hasValueSatisfying(
                        value ->
                                assertThat(value)
                                        .contains("opaque=\"x\\\"y\"")
                                        .contains("algorithm=MD5"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "qop=auth|qop=auth-int",
                "nc=0000000a, |''",
                "cnonce=\"c\", |''",
                "algorithm=SHA-256|algorithm=MD5",
                "algorithm=SHA-256|algorithm=SHA-256-sess",
                "uri=\"sip:example.com\"|uri=\"sip:example.net\"",
                "uri=\"sip:example.com\"|uri=\"\"",
                "username=\"anna\"|username=\"Anna\"",
                "response=\"|response=\"0",
            })
    void credentials_with_one_thing_changed_prove_nothing(String part, String changed) {
        var authorized =
                answer(challenge(401, Digest.challenges("example.com", NONCE, false, BOTH)));
        assertThat(authorized).contains(part);
        var fields = DigestFields.parse(authorized.replace(part, changed)).orElseThrow();
        assertThat(Digest.verify(REGISTER, fields, "s3cret")).isFalse();
    }

    /// Even when the hash covers the body rightly: it was not what we offered.
    @Test
    void the_quality_auth_int_is_refused() {
        var algorithm = DigestAlgorithm.MD5;
        var ha1 = Digest.ha1(algorithm, "anna", "example.com", "s3cret");
        var ha2 = algorithm.hash("REGISTER:sip:example.com:" + algorithm.hash(""));
        var response = algorithm.hash(ha1 + ":n:00000001:c:auth-int:" + ha2);
        var fields =
                DigestFields.parse(
                                "Digest username=\"anna\", realm=\"example.com\", nonce=\"n\", "
                                        + "uri=\"sip:example.com\", qop=auth-int, nc=00000001, cnonce=\"c\", "
                                        + "response=\""
                                        + response
                                        + '"')
                        .orElseThrow();
        assertThat(Digest.verify(REGISTER, fields, "s3cret")).isFalse();
    }

    @Test
    void the_address_may_have_lost_its_parameters() {
        var request = REGISTER.withUri(SipUri.parse("sip:example.com;transport=tcp"));
        var fields =
                DigestFields.parse(
                                answer(
                                        challenge(
                                                401,
                                                Digest.challenges(
                                                        "example.com", NONCE, false, BOTH))))
                        .orElseThrow();
        assertThat(Digest.verify(request, fields, "s3cret")).isTrue();
    }

    @Test
    void the_credentials_for_our_realm_are_found_among_others() {
        var request =
                REGISTER.plus("Authorization", "Digest realm=\"other\", username=\"x\"")
                        .plus(
                                "Authorization",
                                "Digest realm=\"mine\", username=\"md5\", algorithm=MD5")
                        .plus(
                                "Authorization",
                                "Digest realm=\"mine\", username=\"sha\", algorithm=SHA-256")
                        .plus("Authorization", "Basic bWluZTptaW5l");
        assertThat(Digest.credentials(request, "mine").orElseThrow().username()).isEqualTo("sha");
        assertThat(Digest.credentials(request, "nobody")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Digest",
                "Digest ",
                "Digestive a=b",
                "Basic a=b",
                "Digest a",
                "Digest a=\"b",
                "Digest ,,a"
            })
    void what_are_no_fields_are_none(String header) {
        assertThat(DigestFields.parse(header).filter(fields -> !fields.fields().isEmpty()))
                .isEmpty();
    }

    @Test
    void fields_are_read_with_and_without_quotes_and_spaces() {
        var fields =
                DigestFields.parse(
                                "digest  Realm = \"a, \\\"b\\\" \\\\c\" ,nc=00000001,\tstale=TRUE , x=\"\"")
                        .orElseThrow();
        assertThat(fields.realm()).isEqualTo("a, \"b\" \\c");
        assertThat(fields.field("nc")).isEqualTo("00000001");
        assertThat(fields.field("stale")).isEqualTo("TRUE");
        assertThat(fields.field("x")).isEmpty();
        assertThat(fields.field("missing")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "nc=ffffffff,4294967295",
        "nc=0,0",
        "nc=123456789,-1",
        "nc=xyz,-1",
        "nc=-1,-1",
        "x=y,1"
    })
    void a_nonce_count_is_hexadecimal(String field, long count) {
        assertThat(DigestFields.parse("Digest " + field).orElseThrow().nonceCount())
                .isEqualTo(count);
    }

    private static Optional<String> authorize(String challenge) {
        var response =
                SipResponse.to(REGISTER, 401, "Unauthorized").plus("WWW-Authenticate", challenge);
        return Digest.authorization(response, REGISTER, "anna", "s3cret", "c", 1);
    }

    private static String answer(SipResponse challenge) {
        return Digest.authorization(challenge, REGISTER, "anna", "s3cret", "c", 10).orElseThrow();
    }

    private static SipResponse challenge(int status, Iterable<String> challenges) {
        var response = SipResponse.to(REGISTER, status, "Unauthorized");
        for (var challenge : challenges) {
            response =
                    response.plus(
                            status == 407 ? "Proxy-Authenticate" : "WWW-Authenticate", challenge);
        }
        return response;
    }
}
