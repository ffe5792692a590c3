package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class AfterBridgeTest {
    private static Trial after(String data) {
        Trial trial = Trial.of(Scenario.callTo(node("after_bridge", data, early("next"))));
        assertThat(trial.heard()).containsExactly("next");
        assertThat(trial.isAnswered()).isFalse();
        return trial;
    }

    private static Map<String, String> channel(String data) {
        return after(data).variables().channel();
    }

    @Test
    void each_action_has_its_variable() {
        assertThat(channel("{'action':'park','data':true}"))
                .containsEntry("Park-After-Pickup", "true");
        assertThat(channel("{'action':'park','data':false}"))
                .containsEntry("Park-After-Pickup", "false");
        assertThat(channel("{'action':'hangup','data':'true'}"))
                .containsEntry("Hangup-After-Pickup", "true");
        assertThat(channel("{'action':'hangup'}")).containsEntry("Hangup-After-Pickup", "false");
        assertThat(channel("{'action':'transfer','data':'2100'}"))
                .containsEntry("Transfer-After-Pickup", "2100");
    }

    @Test
    void what_makes_no_sense_sets_nothing_and_is_noticed() {
        for (String data :
                List.of(
                        "{'action':'transfer','data':true}",
                        "{'action':'transfer'}",
                        "{'action':'hold','data':true}",
                        "{'data':true}")) {
            Trial trial = after(data);
            assertThat(trial.variables().channel().keySet())
                    .noneMatch(name -> name.endsWith("-After-Pickup"));
            assertThat(trial.notices()).hasSize(1);
        }
    }
}
