package fulcrum.action;

import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.CallEvent;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

class AnswerTest {
    @Test
    void the_call_is_answered_and_the_flow_goes_on() {
        Outcome call = Scenario.callTo(node("answer", "{}", node("play", "{'id':'a'}"))).plays();
        assertThat(call.heard()).containsExactly("a");
        assertThat(call.ending().answered()).isTrue();
    }

    @Test
    void a_flow_that_is_over_after_the_answer_hangs_up() {
        Outcome call = Scenario.callTo(node("answer", "{}")).isHungUp(0).plays();
        assertThat(call.ending().byPerson()).isFalse();
    }

    @Test
    void answering_twice_is_harmless() {
        Outcome call = Scenario.callTo(node("answer", "{}", node("answer", "{}"))).plays();
        assertThat(call.events(CallEvent.Answered.class)).hasSize(1);
        assertThat(call.notices()).isEmpty();
    }
}
