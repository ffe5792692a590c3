package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

class SetSkillsTest {
    @Test
    void all_of_its_data_is_merged_and_a_later_value_wins() {
        String flow =
                node(
                        "set",
                        "{'lang':'fr','tier':'gold','skip_module':false}",
                        node("set", "{'tier':'tin','deep':{'a':[1]}}", early("next")));
        Trial trial = Trial.of(Scenario.callTo(flow));
        assertThat(trial.variables().skills().toString())
                .isEqualTo(json("{'lang':'fr','tier':'tin','deep':{'a':[1]}}"));
        assertThat(trial.heard()).containsExactly("next");
        assertThat(trial.isAnswered()).isFalse();
    }

    @Test
    void no_data_changes_nothing() {
        Trial trial = Trial.of(Scenario.callTo(node("set", "{}", early("next"))));
        assertThat(trial.variables().skills().isEmpty()).isTrue();
        assertThat(trial.heard()).containsExactly("next");
    }
}
