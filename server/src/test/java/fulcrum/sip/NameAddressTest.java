package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameAddressTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"Anna B\" <sip:a@h>;tag=x | Anna B | sip:a@h | x",
                "Anna  B <sip:a@h>;tag=x | Anna  B | sip:a@h | x",
                "Anna<sip:a@h> | Anna | sip:a@h | ``",
                "<sip:a@h;tag=inside>;tag=outside | `` | sip:a@h;tag=inside | outside",
                "sip:a@h;tag=x | `` | sip:a@h | x",
                "sip:a@h ; tag = x | `` | sip:a@h | x",
                "\"a \\\"b\\\" \\\\ <c>, d\" <sip:a@h> | a \"b\" \\ <c>, d | sip:a@h | ``",
                "\"\" <sip:a@h> | `` | sip:a@h | ``",
                "sip:a@h;x=\"<y>\";tag=z | `` | sip:a@h | z",
                "<tel:+1-212;phone-context=x>;tag=1 | `` | tel:+1-212;phone-context=x | 1",
                "\"J\u00f8rgen\" <sip:j@h> | J\u00f8rgen | sip:j@h | ``",
            })
    void name_address_and_tag_are_found(String value, String name, String uri, String tag) {
        var address = NameAddress.parse(value);
        assertThat(address.displayName()).isEqualTo(name);
        assertThat(address.uri()).hasToString(uri);
        assertThat(address.tag()).isEqualTo(tag);
        assertThat(NameAddress.parse(address.toString())).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<>",
                "<sip:a@h",
                "sip:a@h>",
                "\"open <sip:a@h>",
                "\"name\" sip:a@h",
                "\"\" sip:a@h",
                "Bell, A <sip:a@h>",
                "J\u00f8rgen <sip:j@h>",
                "< sip:a@h>",
                "<sip:a@h >",
                "<sip:a@h> x",
                "<sip:a@h>x",
                "<sip:a@h>;",
                "<sip:a@h>;;tag=x",
                "<sip:a@h>;tag=",
                "<sip:a@h>;tag=x;TAG=y",
                "sip:a@h?Subject=x",
                "sip:a,b@h",
                "a <sip:b@h> <sip:c@h>",
                "* ",
                "**",
                "<sip:a@h>;x=\"y",
                "<sip:a@h>;tag=x y"
            })
    void what_is_no_address_is_refused_with_400(String value) {
        assertThatExceptionOfType(BadSip.class)
                .isThrownBy(() -> NameAddress.parse(value))
                .satisfies(bad -> assertThat(bad.status()).isEqualTo(400));
    }

    @Test
    void a_star_stands_for_all_contacts() {
        assertThat(NameAddress.parse("*").isStar()).isTrue();
        assertThat(NameAddress.parse("*")).hasToString("*");
        assertThat(NameAddress.parse("<sip:a@h>").isStar()).isFalse();
    }

    @Test
    void a_name_of_ours_is_quoted_so_that_it_cannot_be_more_than_a_name() {
        var address = NameAddress.of("\" <sip:evil@h>;tag=1, \\", SipUri.parse("sip:a@h"));
        assertThat(address).hasToString("\"\\\" <sip:evil@h>;tag=1, \\\\\" <sip:a@h>");
        assertThat(NameAddress.parse(address.toString()).displayName())
                .isEqualTo("\" <sip:evil@h>;tag=1, \\");
        assertThat(NameAddress.parse(address.toString()).tag()).isEmpty();
    }

    @Test
    void a_copy_has_another_parameter_in_the_old_place() {
        var address = NameAddress.parse("<sip:a@h>;tag=x;expires=60");
        assertThat(address.withTag("y")).hasToString("<sip:a@h>;tag=y;expires=60");
        assertThat(address.withParameter("q", "0.5"))
                .hasToString("<sip:a@h>;tag=x;expires=60;q=0.5");
        assertThat(address.withParameter("ob", "")).hasToString("<sip:a@h>;tag=x;expires=60;ob");
        assertThat(address.withoutParameter("TAG")).hasToString("<sip:a@h>;expires=60");
        assertThat(address.parameter("Expires")).contains("60");
        assertThat(address.hasParameter("ob")).isFalse();
    }

    @Test
    void a_quoted_parameter_is_given_without_its_quotes_and_written_with_them() {
        var value = "<sip:a@h>;+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-AABBCCDDEEFF>\"";
        var contact = NameAddress.parse(value);
        assertThat(contact.parameter("+sip.instance"))
                .contains("<urn:uuid:00000000-0000-1000-8000-AABBCCDDEEFF>");
        assertThat(contact).hasToString(value);
    }
}
