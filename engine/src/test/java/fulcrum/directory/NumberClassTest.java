package fulcrum.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberClassTest {
    @ParameterizedTest
    @CsvSource({
        "+18005550100, tollfree_us",
        "+18885550100, tollfree_us",
        "+18775550100, tollfree_us",
        "+19005550100, toll_us",
        "911, emergency",
        "999, emergency",
        "112, unknown",
        "+12425550100, caribbean",
        "12425550100, caribbean",
        "+14155550100, did_us",
        "4155550100, did_us",
        "+442071234567, international",
        "+22345678, international",
        "+1155550100, unknown",
        "1001, unknown",
        "*97, unknown",
        "'', unknown"
    })
    void a_number_belongs_to_the_first_class_that_matches(String number, String kind) {
        assertThat(NumberClass.of(number)).isEqualTo(kind);
    }
}
