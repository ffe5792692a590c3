package fulcrum.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class CallingCodeTest {
    @ParameterizedTest
    @CsvSource({
        "+14155550199, 1",
        "+442071234567, 44",
        "+79161234567, 7",
        "+3531234567, 353",
        "+85212345678, 852",
        "+8613912345678, 86",
        "+99512345678, 995",
        "911, ''",
        "0044201, ''"
    })
    void a_number_begins_with_the_code_of_its_country(String number, String code) {
        assertThat(CallingCode.of(number).orElse("")).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "1, +14155550199, true",
        "1, +442071234567, false",
        "1;44, +442071234567, true",
        "+44, +442071234567, true",
        "*, +99512345678, true",
        "'', +14155550199, false",
        "1, +18765550199, false",
        "1;1876, +18765550199, true",
        "1, +19005550199, false",
        "1;1900, +19005550199, true",
        "44, 911, true",
        "44, 1001, true",
        "4420, +442071234567, true",
        "4421, +442071234567, false"
    })
    void it_is_in_a_country_whose_first_digits_are_allowed(
            String countries, String number, boolean isIn) {
        assertThat(CallingCode.isIn(List.of(countries.split(";")), number)).isEqualTo(isIn);
    }
}
