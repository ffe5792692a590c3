package fulcrum.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.Optional;

class NumbersTest {
    private static Document account(String dialPlan) {
        String body = "{\"dial_plan\":%s}".formatted(dialPlan);
        return Document.fresh("a", "account", "a", Json.object(body), Instant.EPOCH);
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource({
        "4155550100, +14155550100",
        "14155550100, +14155550100",
        "0114420712345, +4420712345",
        "004420712345, +4420712345",
        "442071234567, +442071234567",
        "22345678, +22345678",
        "4151234567, +4151234567",
        "9995550100, +19995550100",
        "01112345, +12345",
        "0012345, +12345",
        "99999999999999999999, +99999999999999999999"
    })
    void a_public_number_becomes_e164(String dialled, String e164) {
        assertThat(Numbers.normalise(dialled)).isEqualTo(e164);
    }

    @ParameterizedTest(name = "{0} stays")
    @ValueSource(
            strings = {
                "+14155550100", // it has its plus
                "+1", // nonsense with a plus is not looked at
                "+4155550100",
                "1234567890", // no area code begins with 1, no country with 1 and two to nine
                "1001",
                "911",
                "*97",
                "*4155550100", // a feature code, whatever follows
                "no_match",
                "2234567", // seven digits are too few
                "0111234", // four digits behind the prefix are too few
                "001234",
                "",
                "415-555-0100",
                "4155550100x",
                "anonymous"
            })
    void anything_else_comes_back_as_it_was(String dialled) {
        assertThat(Numbers.normalise(dialled)).isEqualTo(dialled);
    }

    @Test
    void the_accounts_dial_plan_comes_before_the_converters() {
        Document account =
                account(
                        "{\"^9(\\\\d{10})$\":{\"prefix\":\"+1\"},\"^(\\\\d{7})$\":{\"prefix\":\"415\"}}");

        assertThat(Numbers.normalise("94155550100", account)).isEqualTo("+14155550100");
        assertThat(Numbers.normalise("5550100", account)).isEqualTo("+14155550100");
        assertThat(Numbers.normalise("1001", account)).isEqualTo("1001");
    }

    @Test
    void a_dial_plan_rewrites_once_by_its_first_matching_rule() {
        Document account =
                account("{\"^(\\\\d{4})$\":{\"prefix\":\"7\"},\"^(\\\\d+)$\":{\"prefix\":\"8\"}}");

        assertThat(Numbers.normalise("1001", account)).isEqualTo("71001");
        assertThat(Numbers.normalise("101", account)).isEqualTo("8101");
    }

    @Test
    void a_dial_plan_keeps_the_last_capture_or_the_whole_match_and_adds_both_ends() {
        Document account =
                account(
                        "{\"^(1)(\\\\d)$\":{\"prefix\":\"<\",\"suffix\":\">\"},\"^2\\\\d$\":{\"suffix\":\"#\"}}");

        assertThat(Numbers.normalise("15", account)).isEqualTo("<5>");
        assertThat(Numbers.normalise("25", account)).isEqualTo("25#");
    }

    @Test
    void a_dial_plan_does_not_touch_what_has_a_plus_or_a_star() {
        Document account = account("{\"^(.*)$\":{\"prefix\":\"9\"}}");

        assertThat(Numbers.normalise("+4155550100", account)).isEqualTo("+4155550100");
        assertThat(Numbers.normalise("*97", account)).isEqualTo("*97");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{\"system\":[\"us\"]}",
                "{\"(\":{\"prefix\":\"9\"}}",
                "{\"^(\\\\d+)$\":\"not an object\"}",
                "[]",
                "null",
                "{}"
            })
    void a_dial_plan_without_a_usable_rule_changes_nothing(String plan) {
        assertThat(Numbers.normalise("1001", account(plan))).isEqualTo("1001");
        assertThat(Numbers.normalise("4155550100", account(plan))).isEqualTo("+14155550100");
    }

    @Test
    void a_dial_plan_that_runs_away_counts_as_not_matching() {
        Document account = account("{\"^(1+)+(1+)+(1+)+x$\":{\"prefix\":\"9\"}}");
        String ones = "1".repeat(60);

        assertThat(Numbers.normalise(ones, account)).isEqualTo(ones);
    }

    @Test
    void only_a_dial_plan_makes_normalising_try_patterns_of_users() {
        Optional<Document> planned = Optional.of(account("{\"^9$\":{\"prefix\":\"8\"}}"));
        Optional<Document> plain = Optional.of(account("{}"));

        assertThat(Numbers.triesPatterns("9", planned)).isTrue();
        assertThat(Numbers.triesPatterns("+9", planned)).isFalse();
        assertThat(Numbers.triesPatterns("*9", planned)).isFalse();
        assertThat(Numbers.triesPatterns("9", plain)).isFalse();
        assertThat(Numbers.triesPatterns("9", Optional.empty())).isFalse();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "+14155550100, true",
        "4155550100, true",
        "14155550100, true",
        "+442071234567, true",
        "+22345678, true",
        "011, true",
        "00, true",
        "0114420712345, true",
        "1234567890, true",
        "1001, false",
        "911, false",
        "*97, false",
        "+2234567, false",
        "+1415555010, false",
        "no_match, false"
    })
    void public_numbers_are_told_from_extensions(String number, boolean isPublic) {
        assertThat(Numbers.isReconcilable(number)).isEqualTo(isPublic);
    }
}
