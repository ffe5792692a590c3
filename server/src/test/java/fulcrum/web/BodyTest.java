package fulcrum.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HexFormat;

class BodyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | C3A9",
                "text/html; charset=iso-8859-1 | E9",
                "text/html;Charset=\"ISO-8859-1\"; x=y | E9",
                "text/html; charset=nonsense | C3A9",
                "text/html; charset=a/b | C3A9",
                "text/plain | EFBBBFC3A9",
                "text/plain; charset=iso-8859-1 | FFFEE900",
                "'' | FEFF00E9"
            })
    void a_text_is_decoded_by_its_mark_else_its_charset_else_as_utf_8(String type, String hex) {
        assertThat(Body.decode(HexFormat.of().parseHex(hex), type)).isEqualTo("\u00e9");
    }
}
