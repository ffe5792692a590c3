package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

class LookupcidnameTest {
    /// The caller's name afterwards.
    private static String name(String number, String lists, String... entries) {
        String flow = node("lookupcidname", "{'lists':" + lists + "}", early("next"));
        Scenario scenario = Scenario.callFrom("Ann Lee", number, flow);
        for (int i = 0; i < entries.length; i++) {
            scenario.document("list_entry", "e" + i, json("{" + entries[i] + "}"));
        }
        Trial trial = Trial.of(scenario);
        assertThat(trial.heard()).containsExactly("next");
        assertThat(trial.variables().caller().number()).isEqualTo(number);
        return trial.variables().caller().name();
    }

    @Test
    void the_name_of_the_entry_becomes_the_calls() {
        String entry = "'list_id':'l1','number':'1415'";
        assertThat(name("+14155550100", "['l1']", entry + ",'displayname':'A','name':'B'"))
                .isEqualTo("A");
        assertThat(name("+14155550100", "['l1']", entry + ",'name':'B','cid_name':'C'"))
                .isEqualTo("B");
        assertThat(name("+14155550100", "['l1']", entry + ",'cid_name':'C'")).isEqualTo("C");
        assertThat(name("+14155550100", "['l1']", entry)).isEqualTo("Ann Lee");
    }

    @Test
    void the_first_list_with_a_beginning_decides_and_in_it_the_longest() {
        String[] entries = {
            "'list_id':'l1','number':'14155550100','name':'late'",
            "'list_id':'l2','number':'1','name':'short'",
            "'list_id':'l2','prefix':'1415','name':'long'"
        };
        assertThat(name("+14155550100", "['l2','l1']", entries)).isEqualTo("long");
        assertThat(name("+14155550100", "['l1','l2']", entries)).isEqualTo("late");
    }

    @Test
    void patterns_count_only_when_no_list_had_a_beginning() {
        String[] entries = {
            "'list_id':'l1','regexp':'^\\\\+1','name':'pattern'",
            "'list_id':'l2','number':'1415','name':'number'"
        };
        assertThat(name("+14155550100", "['l1','l2']", entries)).isEqualTo("number");
        assertThat(name("+14155550100", "['l1']", entries)).isEqualTo("pattern");
        assertThat(name("+442071838750", "['l1','l2']", entries)).isEqualTo("Ann Lee");
    }

    @Test
    void no_lists_and_no_number_change_nothing() {
        String entry = "'list_id':'l1','regexp':'.*','name':'any'";
        assertThat(name("+1415", "[]", entry)).isEqualTo("Ann Lee");
        assertThat(name("", "['l1']", entry)).isEqualTo("Ann Lee");
        assertThat(name("+1415", "['l1']", entry)).isEqualTo("any");
    }
}
