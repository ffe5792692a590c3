package fulcrum.action;

import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.CallFacts.Party;
import fulcrum.sdk.Origin;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

class SetCidTest {
    private static final String BOTH = "{'caller_id_name':'Front door','caller_id_number':'700'}";

    private static Trial after(String flow) {
        return Trial.of(Scenario.callTo(flow));
    }

    @Test
    void it_replaces_what_later_legs_show() {
        Trial trial = after(node("set_cid", BOTH));
        assertThat(trial.shown()).isEqualTo("Front door 700");
        assertThat(trial.isAnswered()).isFalse();
        assertThat(trial.heard()).isEmpty();
    }

    @Test
    void the_calls_own_caller_id_stays() {
        assertThat(after(node("set_cid", BOTH)).variables().caller())
                .isEqualTo(new Party("Ann Lee", "+14155550100"));
    }

    @Test
    void it_holds_for_callers_from_outside_too() {
        Scenario outside = Scenario.callTo(node("set_cid", BOTH)).comesFrom(Origin.carrier("c1"));
        assertThat(Trial.of(outside).shown()).isEqualTo("Front door 700");
    }

    @Test
    void one_of_both_leaves_the_other_as_it_is() {
        assertThat(after(node("set_cid", "{'caller_id_name':'Door'}")).shown())
                .isEqualTo("Door +14155550100");
        assertThat(after(node("set_cid", "{'caller_id_number':'7'}")).shown())
                .isEqualTo("Ann Lee 7");
    }

    @Test
    void what_is_empty_takes_an_earlier_replacement_back() {
        String flow = node("set_cid", BOTH, node("set_cid", "{'caller_id_number':'8'}"));
        assertThat(after(flow).shown()).isEqualTo("Ann Lee 8");
    }

    @Test
    void prefixes_are_lost_where_it_replaces() {
        String prefixed =
                node(
                        "prepend_cid",
                        "{'caller_id_name_prefix':'A '," + "'caller_id_number_prefix':'9'}",
                        node("set_cid", "{'caller_id_name':'Door'}"));
        assertThat(after(prefixed).shown()).isEqualTo("Door 9+14155550100");
    }
}
