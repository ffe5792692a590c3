package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.CallEvent;
import fulcrum.call.Sound;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

class LanguageTest {
    @Test
    void the_language_is_kept_as_given_for_everything_said_later() {
        String flow = node("language", "{'language':'fr-CA'}", node("menu", "{}"));
        Outcome call = Scenario.callTo(flow).hears("menu-no_prompt").hangsUp().plays();
        assertThat(call.sounds().getFirst())
                .isEqualTo(new Sound.Prompt(Scenario.ACCOUNT, "menu-no_prompt", "fr-CA"));
        assertThat(call.events(CallEvent.Ended.class).getFirst().channelVars())
                .containsEntry("default_language", "fr-CA");
    }

    @Test
    void it_does_not_answer() {
        Outcome call = Scenario.callTo(node("language", "{'language':'en'}")).isHungUp(480).plays();
        assertThat(call.notices()).isEmpty();
    }

    @Test
    void without_a_language_the_flow_goes_on_and_the_author_is_told() {
        Outcome call = Scenario.callTo(node("language", "{}", early("next"))).plays();
        assertThat(call.heard()).containsExactly("next");
        assertThat(call.notices().getFirst().path()).isEqualTo("/data/language");
    }
}
