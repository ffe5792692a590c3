package fulcrum.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;

class CallflowIndexTest {
    private static Document flow(String id, String body) {
        return Document.fresh("a", "callflow", id, Json.object(body), Instant.EPOCH);
    }

    private static CallflowIndex of(Document... flows) {
        return CallflowIndex.of(List.of(flows));
    }

    @Test
    void an_exact_number_comes_before_any_pattern() {
        Document exact = flow("1", "{\"numbers\":[\"1001\"]}");
        Document pattern = flow("2", "{\"patterns\":[\"^(.*)$\"]}");

        CallflowMatch match = of(pattern, exact).find("1001").orElseThrow();

        assertThat(match.callflow()).isEqualTo(exact);
        assertThat(match.captureGroup()).isEmpty();
        assertThat(match.captureGroups()).isEmpty();
        assertThat(match.noMatch()).isFalse();
    }

    @Test
    void the_very_number_is_found_without_trying_a_pattern() {
        Document exact = flow("1", "{\"numbers\":[\"1001\",\"no_match\"]}");
        CallflowIndex plain = of(exact);
        CallflowIndex withPatterns = of(exact, flow("2", "{\"patterns\":[\".\"]}"));

        assertThat(withPatterns.findExact("1001")).map(CallflowMatch::callflow).contains(exact);
        assertThat(withPatterns.findExact("1002")).isEmpty();
        assertThat(withPatterns.hasPatterns()).isTrue();
        assertThat(plain.hasPatterns()).isFalse();
        assertThat(plain.hasNumber("1001")).isTrue();
        assertThat(withPatterns.hasNumber("1002")).isFalse();
        assertThat(plain.hasNumber("no_match")).as("nobody's number").isFalse();
    }

    @Test
    void the_first_of_two_callflows_with_one_number_answers() {
        Document first = flow("1", "{\"numbers\":[\"1001\"]}");
        Document second = flow("2", "{\"numbers\":[\"1001\"]}");

        assertThat(of(first, second).find("1001").orElseThrow().callflow()).isEqualTo(first);
    }

    @Test
    void the_longest_captured_group_of_a_pattern_is_its_offer() {
        Document flow = flow("1", "{\"patterns\":[\"^(\\\\d{2})(\\\\d{4})(\\\\d)$\"]}");

        assertThat(of(flow).find("1234567").orElseThrow().captureGroup()).contains("3456");
    }

    @Test
    void a_pattern_without_groups_offers_what_it_matched() {
        Document flow = flow("1", "{\"patterns\":[\"^\\\\*7\"]}");

        assertThat(of(flow).find("*7123").orElseThrow().captureGroup()).contains("*7");
    }

    @Test
    void the_pattern_with_the_longest_offer_wins_across_callflows() {
        Document shorter = flow("1", "{\"patterns\":[\"^12(\\\\d+)$\"]}");
        Document longer = flow("2", "{\"patterns\":[\"^1(\\\\d+)$\"]}");

        CallflowMatch match = of(shorter, longer).find("12345").orElseThrow();

        assertThat(match.callflow()).isEqualTo(longer);
        assertThat(match.captureGroup()).contains("2345");
    }

    @Test
    void of_two_equal_offers_the_earlier_pattern_wins() {
        Document first = flow("1", "{\"patterns\":[\"^1(\\\\d+)$\"]}");
        Document second = flow("2", "{\"patterns\":[\"1(\\\\d+)\"]}");

        assertThat(of(first, second).find("123").orElseThrow().callflow()).isEqualTo(first);
        assertThat(of(second, first).find("123").orElseThrow().callflow()).isEqualTo(second);
    }

    @Test
    void patterns_are_not_anchored() {
        Document flow = flow("1", "{\"patterns\":[\"55\"]}");

        assertThat(of(flow).find("1555")).isPresent();
        assertThat(of(flow).find("1525")).isEmpty();
    }

    @Test
    void an_empty_offer_is_a_match_without_a_capture_group() {
        Document flow = flow("1", "{\"patterns\":[\"^\\\\*9(\\\\d*)$\"]}");

        assertThat(of(flow).find("*9").orElseThrow().captureGroup()).isEmpty();
    }

    @Test
    void named_groups_are_told_by_name() {
        Document flow =
                flow("1", "{\"patterns\":[\"^\\\\*(?<code>\\\\d)(?<rest>\\\\d+)(?<none>x)?$\"]}");

        CallflowMatch match = of(flow).find("*7123").orElseThrow();

        assertThat(match.captureGroups()).isEqualTo(Map.of("code", "7", "rest", "123"));
        assertThat(match.captureGroup()).contains("123");
    }

    @Test
    void a_pattern_that_does_not_compile_is_ignored() {
        Document flow = flow("1", "{\"patterns\":[\"(\",\"^7(\\\\d)$\"]}");

        assertThat(of(flow).find("71").orElseThrow().captureGroup()).contains("1");
    }

    @Test
    void a_pattern_that_runs_away_counts_as_not_matching() {
        Document runaway = flow("1", "{\"patterns\":[\"^(1+)+(1+)+(1+)+x$\"]}");
        Document other = flow("2", "{\"patterns\":[\"^1\"]}");

        assertThat(of(runaway, other).find("1".repeat(60)).orElseThrow().callflow())
                .isEqualTo(other);
    }

    @Test
    void no_match_answers_digits_with_or_without_a_plus_and_nothing_else() {
        Document flow = flow("1", "{\"numbers\":[\"no_match\"]}");
        CallflowIndex index = of(flow);

        assertThat(index.find("1001").orElseThrow().noMatch()).isTrue();
        assertThat(index.find("+14155550100").orElseThrow().callflow()).isEqualTo(flow);
        assertThat(index.find("*97")).isEmpty();
        assertThat(index.find("alice")).isEmpty();
        assertThat(index.find("+")).isEmpty();
        assertThat(index.find("1+1")).isEmpty();
        assertThat(index.find("")).isEmpty();
    }

    @Test
    void nothing_answers_where_there_is_nothing() {
        assertThat(of().find("1001")).isEmpty();
        assertThat(of(flow("1", "{\"numbers\":\"1001\",\"patterns\":{}}")).find("1001")).isEmpty();
        assertThat(of(flow("1", "{}"), flow("2", "{}")).size()).isEqualTo(2);
    }
}
