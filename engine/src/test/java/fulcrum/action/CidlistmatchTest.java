package fulcrum.action;

import static fulcrum.testing.Nodes.children;
import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

class CidlistmatchTest {
    private static final ObjectNode ALL =
            children("match", early("yes"), "nomatch", early("no"), "_", early("else"));

    private static Trial from(String number, ObjectNode children, String... entries) {
        Scenario scenario =
                Scenario.callFrom("x", number, node("cidlistmatch", "{'id':'l1'}", children))
                        .document("list", "l1", json("{'name':'block'}"));
        for (int i = 0; i < entries.length; i++) {
            scenario.document("list_entry", "e" + i, json("{" + entries[i] + "}"));
        }
        return Trial.of(scenario);
    }

    private static List<String> way(String number, String... entries) {
        return from(number, ALL, entries).heard();
    }

    @Test
    void an_entry_that_begins_the_number_matches() {
        assertThat(way("+19005550100", "'list_id':'l1','number':'1900'")).containsExactly("yes");
        assertThat(way("+19005550100", "'list_id':'l1','prefix':'1900'")).containsExactly("yes");
        assertThat(way("+19005550100", "'list_id':'l1','number':'+19005550100'"))
                .containsExactly("yes");
        assertThat(way("+14155550100", "'list_id':'l1','number':'1900'")).containsExactly("no");
        assertThat(way("19", "'list_id':'l1','number':'1900'")).containsExactly("no");
    }

    @Test
    void a_pattern_that_is_found_in_the_number_with_its_plus_matches() {
        assertThat(way("+1900", "'list_id':'l1','regexp':'^\\\\+19'")).containsExactly("yes");
        assertThat(way("anonymous", "'list_id':'l1','pattern':'^anon'")).containsExactly("yes");
        assertThat(way("+1900", "'list_id':'l1','regexp':'^19'")).containsExactly("no");
    }

    @Test
    void only_entries_of_this_list_count() {
        assertThat(way("+1900", "'list_id':'l2','number':'1900'")).containsExactly("no");
        assertThat(way("+1900")).containsExactly("no");
    }

    @Test
    void a_child_that_is_missing_or_empty_leads_to_the_wildcard() {
        ObjectNode few = children("match", "{}", "_", early("else"));
        assertThat(from("+1900", few, "'list_id':'l1','number':'1900'").heard())
                .containsExactly("else");
        assertThat(from("+1900", few).heard()).containsExactly("else");
        assertThat(from("+1900", children("match", early("yes"))).heard()).isEmpty();
    }

    @Test
    void a_caller_without_number_goes_on_at_the_wildcard() {
        assertThat(way("", "'list_id':'l1','regexp':'.*'")).containsExactly("else");
    }

    @Test
    void nothing_is_answered_and_nothing_changes() {
        Trial trial = from("+1900", ALL, "'list_id':'l1','number':'1900','name':'Spam'");
        assertThat(trial.isAnswered()).isFalse();
        assertThat(trial.shown()).isEqualTo("x +1900");
    }
}
