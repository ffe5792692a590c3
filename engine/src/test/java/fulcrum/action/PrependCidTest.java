package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

class PrependCidTest {
    private static final String FIRST =
            "{'caller_id_name_prefix':'SALES ','caller_id_number_prefix':'9'}";

    private static Trial after(String first, String second) {
        return Trial.of(Scenario.callTo(node("prepend_cid", first, node("prepend_cid", second))));
    }

    @Test
    void both_prefixes_go_in_front_of_what_later_legs_show() {
        Trial trial = Trial.of(Scenario.callTo(node("prepend_cid", FIRST)));
        assertThat(trial.shown()).isEqualTo("SALES Ann Lee 9+14155550100");
        assertThat(trial.variables().caller().name()).isEqualTo("Ann Lee");
        assertThat(trial.isAnswered()).isFalse();
    }

    @Test
    void current_goes_in_front_of_earlier_prefixes() {
        assertThat(after(FIRST, "{'caller_id_name_prefix':'VIP ','apply_to':'current'}").shown())
                .isEqualTo("VIP SALES Ann Lee 9+14155550100");
    }

    @Test
    void original_takes_the_place_of_earlier_prefixes() {
        assertThat(after(FIRST, "{'caller_id_name_prefix':'VIP ','apply_to':'original'}").shown())
                .isEqualTo("VIP Ann Lee +14155550100");
    }

    @Test
    void reset_takes_all_prefixes_away() {
        assertThat(after(FIRST, "{'action':'reset','caller_id_name_prefix':'VIP '}").shown())
                .isEqualTo("Ann Lee +14155550100");
    }

    @Test
    void a_word_that_it_does_not_know_changes_nothing_and_goes_on() {
        for (String data : new String[] {"{'action':'add'}", "{'apply_to':'all'}"}) {
            String flow = node("prepend_cid", FIRST, node("prepend_cid", data, early("next")));
            Trial trial = Trial.of(Scenario.callTo(flow));
            assertThat(trial.shown()).isEqualTo("SALES Ann Lee 9+14155550100");
            assertThat(trial.heard()).containsExactly("next");
            assertThat(trial.notices()).hasSize(1);
        }
    }
}
