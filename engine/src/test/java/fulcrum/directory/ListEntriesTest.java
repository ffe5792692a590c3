package fulcrum.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

class ListEntriesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static List<Document> entries(String... bodies) {
        List<Document> entries = new ArrayList<>();
        for (String body : bodies) {
            String json = "{" + body.replace('\'', '"') + "}";
            entries.add(
                    Document.fresh(
                            "a", ListEntries.TYPE, "e" + entries.size(), Json.object(json), NOW));
        }
        return entries;
    }

    /// The id of the entry that matches; empty for none.
    private static String match(String number, List<String> lists, String... bodies) {
        return ListEntries.match(entries(bodies), lists, number).map(Document::id).orElse("");
    }

    @Test
    void the_longest_beginning_of_the_first_list_with_one_wins() {
        String[] bodies = {
            "'list_id':'a','number':'14'",
            "'list_id':'a','number':'1415'",
            "'list_id':'a','number':'1416'",
            "'list_id':'b','number':'14155'"
        };
        assertThat(match("+14155", List.of("a", "b"), bodies)).isEqualTo("e1");
        assertThat(match("+14155", List.of("b", "a"), bodies)).isEqualTo("e3");
        assertThat(match("14155", List.of("a"), bodies)).isEqualTo("e1");
        assertThat(match("+13", List.of("a", "b"), bodies)).isEmpty();
        assertThat(match("+1", List.of("a", "b"), bodies)).isEmpty();
    }

    @Test
    void of_equal_beginnings_the_earlier_entry_wins() {
        assertThat(
                        match(
                                "+14155",
                                List.of("a"),
                                "'list_id':'a','number':'14'",
                                "'list_id':'a','prefix':'14'"))
                .isEqualTo("e0");
    }

    @Test
    void a_number_hides_the_prefix_beside_it_and_a_regexp_the_pattern() {
        assertThat(match("+14", List.of("a"), "'list_id':'a','number':'9','prefix':'1'")).isEmpty();
        assertThat(match("+14", List.of("a"), "'list_id':'a','regexp':'9','pattern':'1'"))
                .isEmpty();
        assertThat(match("+14", List.of("a"), "'list_id':'a','pattern':'1'")).isEqualTo("e0");
    }

    @Test
    void a_plus_of_an_entry_counts_for_nothing() {
        assertThat(match("+14155", List.of("a"), "'list_id':'a','number':'+1415'")).isEqualTo("e0");
        assertThat(match("+14155", List.of("a"), "'list_id':'a','number':'+'")).isEmpty();
    }

    @Test
    void patterns_are_looked_for_in_the_order_of_the_lists_and_bad_ones_match_nothing() {
        String[] bodies = {
            "'list_id':'a','regexp':'['", "'list_id':'a','regexp':'4'", "'list_id':'b','regexp':'1'"
        };
        assertThat(match("+14", List.of("a", "b"), bodies)).isEqualTo("e1");
        assertThat(match("+14", List.of("b", "a"), bodies)).isEqualTo("e2");
        assertThat(match("+1", List.of("a"), bodies)).isEmpty();
    }

    @Test
    void a_pattern_that_runs_away_ends_and_matches_nothing() {
        assertThat(match("1".repeat(60) + "x", List.of("a"), "'list_id':'a','regexp':'^(1+)+$'"))
                .isEmpty();
    }

    @Test
    void no_number_matches_nothing() {
        assertThat(match("", List.of("a"), "'list_id':'a','regexp':'.*'")).isEmpty();
    }

    @Test
    void documents_are_found_by_a_text_at_a_path() {
        List<Document> all =
                entries("'a':{'b':'x'}", "'a':{'b':'y'}", "'a':'x'", "'a':{'b':5}", "'b':'x'");
        assertThat(ListEntries.having(all, List.of("a", "b"), "x"))
                .extracting(Document::id)
                .containsExactly("e0");
        assertThat(ListEntries.having(all, List.of("a", "b"), "5"))
                .extracting(Document::id)
                .containsExactly("e3");
    }

    @Test
    void documents_are_found_by_whatever_stands_at_a_path() {
        List<Document> all = entries("'a':{'b':{}}", "'a':{'b':'y'}", "'a':'x'", "'a':{'b':null}");
        assertThat(ListEntries.having(all, List.of("a", "b"), ""))
                .extracting(Document::id)
                .containsExactly("e0", "e1");
    }
}
