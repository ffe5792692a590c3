package fulcrum.action;

import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

class FlushDtmfTest {
    private static final String COLLECT =
            "{'max_digits':2,'collection_name':'pin','terminators':['#']}";

    @Test
    void a_named_collection_is_forgotten_and_the_others_are_kept() {
        String flow =
                node(
                        "play",
                        "{'id':'a'}",
                        node(
                                "collect_dtmf",
                                COLLECT,
                                node(
                                        "play",
                                        "{'id':'b'}",
                                        node("flush_dtmf", "{'collection_name':'pin'}"))));
        Outcome call =
                Scenario.callTo(flow).hearsAllOf("a").presses("12").hears("b").presses("3").plays();
        assertThat(call.kept()).doesNotContainKey("pin").containsEntry("default", "3");
    }

    @Test
    void without_a_name_the_default_collection_is_forgotten_with_keys_nobody_asked_for() {
        String flow =
                node(
                        "play",
                        "{'id':'a'}",
                        node("sleep", "{'duration':1}", node("flush_dtmf", "{}")));
        Outcome call = Scenario.callTo(flow).hears("a").presses("12").plays();
        assertThat(call.kept()).isEmpty();
    }

    @Test
    void a_collection_that_does_not_exist_is_fine_and_nothing_is_answered() {
        Outcome call =
                Scenario.callTo(node("flush_dtmf", "{'collection_name':'none'}"))
                        .isHungUp(480)
                        .plays();
        assertThat(call.notices()).isEmpty();
    }
}
