package fulcrum.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

class WebUrlTest {
    private static WebUrl url(String text) {
        return WebUrl.parse(text).orElseThrow(() -> new AssertionError("refused: " + text));
    }

    @Test
    void a_url_is_taken_apart_and_its_query_stays_as_written() {
        WebUrl url = url("HTTPS://Example.COM:8443/a/b?x=1&Digits[pin]=12#there");
        assertThat(url)
                .isEqualTo(new WebUrl("https", "", "example.com", 8443, "/a/b?x=1&Digits[pin]=12"));
        assertThat(url("http://example.com").target()).isEqualTo("/");
        assertThat(url("http://example.com?a=1").target()).isEqualTo("/?a=1");
        assertThat(url("https://example.com/").port()).isEqualTo(443);
        assertThat(url("https://example.com:/").port()).isEqualTo(443);
        assertThat(url("http://[::1]:8080").port()).isEqualTo(8080);
        assertThat(url("http://example.com#there").target()).isEqualTo("/");
    }

    @Test
    void what_a_request_line_cannot_carry_is_percent_encoded() {
        assertThat(url("http://example.com/a b/é?q=\u4e2d").target())
                .isEqualTo("/a%20b/%C3%A9?q=%E4%B8%AD");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1/, 127.0.0.1",
        "http://127.1/, 127.0.0.1",
        "http://2130706433/, 127.0.0.1",
        "http://0x7f000001/, 127.0.0.1",
        "http://0x7f.1/, 127.0.0.1",
        "http://017700000001/, 127.0.0.1",
        "http://0177.0.0.01/, 127.0.0.1",
        "http://127.0.0.1./, 127.0.0.1",
        "http://１２７.0.0.1/, 127.0.0.1",
        "http://127。0。0。1/, 127.0.0.1",
        "http://[::1]/, 0:0:0:0:0:0:0:1",
        "http://[::ffff:127.0.0.1]/, 127.0.0.1",
        "http://[::ffff:7f00:1]/, 127.0.0.1",
        "http://[64:ff9b::7f00:1]/, 64:ff9b:0:0:0:0:7f00:1",
        "http://0/, 0.0.0.0",
        "http://0x/, 0.0.0.0",
        "http://0x000000000000007f000001/, 127.0.0.1",
        "http://0X7F.0.0.00001/, 127.0.0.1",
        "http://255.255.65535/, 255.255.255.255",
        "http://BÜCHER.example/, xn--bcher-kva.example"
    })
    void every_spelling_of_a_host_is_read_as_one(String text, String host) {
        assertThat(url(text).host()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.com/",
                "http:///path",
                "http://",
                "//example.com",
                "example.com",
                "http://example.com:0/",
                "http://example.com:99999/",
                "http://exa mple.com/",
                "http://127.0.0.1\\@example.com/",
                "http://%31%32%37.0.0.1/",
                "http://256.1.1.1/",
                "http://1.2.3.4.5/",
                "http://09.1.1.1/",
                "http://4294967296/",
                "http://0x100000000/",
                "http://1.2.3.08/",
                "http://1.2.3.00000000000000000000000000009/",
                "http://[::g]/",
                "http://[::1/",
                "http://[]/",
                "http://[127.0.0.1]/",
                "http://[::1]80/",
                "http://::1/",
                "http://:80/",
                "http://example.com:８０/",
                "http://example.com:+80/",
                "http://example.com:000080/",
                "http://a@b@example.com/",
                "http://us[er@example.com/",
                "http://example.com/#a\nb",
                "httpx://example.com/",
                "http://[fe80::1%25eth0]/",
                "http://a..b/",
                "http://exam\nple.com/",
                ""
            })
    void what_is_no_usable_url_is_refused(String text) {
        assertThat(WebUrl.parse(text)).isEqualTo(Optional.empty());
    }

    @Test
    void credentials_are_read_in_both_spellings_and_never_shown() {
        WebUrl standard = url("http://ann:s%3Acret@example.com/x");
        assertThat(standard.basicAuthorization()).contains("Basic YW5uOnM6Y3JldA==");
        assertThat(standard.toString()).isEqualTo("http://example.com/x");
        WebUrl kazoo = url("http://ann@secret:example.com:8080/x");
        assertThat(kazoo.userInfo()).isEqualTo("ann:secret");
        assertThat(kazoo.host()).isEqualTo("example.com");
        assertThat(kazoo.port()).isEqualTo(8080);
        WebUrl alone = url("http://ann@example.com:8080/");
        assertThat(alone.host()).isEqualTo("example.com");
        assertThat(alone.basicAuthorization()).contains("Basic YW5uOg==");
    }

    @ParameterizedTest
    @CsvSource({
        "/other, http://example.com/other",
        "c, http://example.com/a/c",
        "../c?y=2, http://example.com/c?y=2",
        "./, http://example.com/a/",
        "?z=3, http://example.com/a/b?z=3",
        "//other.example/p, http://other.example/p",
        "https://other.example/p#f, https://other.example/p",
        "#f, http://example.com/a/b?x=1"
    })
    void a_location_is_resolved_against_where_it_was_said(String location, String there) {
        assertThat(url("http://example.com/a/b?x=1").resolve(location).map(WebUrl::toString))
                .contains(there);
    }

    @Test
    void a_location_with_another_scheme_is_refused() {
        assertThat(url("http://example.com/").resolve("file:///etc/passwd")).isEmpty();
        assertThat(url("http://example.com/").resolve("gopher://example.com/")).isEmpty();
    }
}
