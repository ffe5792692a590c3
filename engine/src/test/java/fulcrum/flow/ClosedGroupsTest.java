package fulcrum.flow;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Origin;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Robot;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

/// Callers who may ring only members of their own groups.
class ClosedGroupsTest {
    private static final String DENY = "{'call_restriction':{'closed_groups':{'action':'deny'}}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // caller, owner, members of the one group, of the other group; whether d2 of u2 may
                // be rung
                "{}|{}|d1|d2|true",
                "DENY|{}|d1|d2|false",
                "DENY|{}|d1 d2||true",
                "DENY|{}|d1|d1 d2|true",
                "DENY|{}|d1 u2||true",
                "DENY|{}|u1 d2||true",
                "DENY|{}|u1 u2||true",
                "DENY|{}||||false",
                "{}|DENY|u1|u2|false",
                "{}|DENY|u1|u1 u2|true",
                "DENY|{'call_restriction':{'closed_groups':{'action':'allow'}}}|d1|d2|true",
            })
    void a_device_rings_only_for_callers_of_a_common_group(
            String device, String owner, String one, String other, String may) {
        String allowed = may == null ? "false" : may;
        Scenario scenario =
                Scenario.callTo(node("device", "{'id':'d2'}"))
                        .comesFrom(Origin.device("d1", "u1"))
                        .document("device", "d1", body(device))
                        .document("user", "u1", body(owner))
                        .document("user", "u2", "{}")
                        .document("device", "d2", json("{'owner_id':'u2'}"))
                        .document("group", "g1", group(one))
                        .document("group", "g2", group(other))
                        .registers("bob", "d2")
                        .robot("bob", new Robot(Duration.ofSeconds(2), Duration.ofSeconds(2)));
        Outcome outcome = scenario.plays();
        assertThat(outcome.heard().contains("cf-unauthorized_call"))
                .isEqualTo(allowed.equals("false"));
        assertThat(outcome.transcript().stream().anyMatch(line -> line.contains("bob answers")))
                .isEqualTo(allowed.equals("true"));
    }

    private static String body(String text) {
        return json(text.equals("DENY") ? DENY : text);
    }

    private static String group(String members) {
        StringBuilder text = new StringBuilder("{'endpoints':{");
        if (members != null && !members.isEmpty()) {
            for (String member : members.split(" ")) {
                text.append(text.length() > 14 ? "," : "").append("'" + member + "':{'type':'x'}");
            }
        }
        return json(text + "}}");
    }

    @ParameterizedTest
    @CsvSource({"play", "menu", "ring_group"})
    void flows_that_begin_otherwise_are_not_looked_at(String module) {
        Scenario scenario =
                Scenario.callTo(node(module, "{'id':'d2'}", early("next")))
                        .comesFrom(Origin.device("d1"))
                        .document("device", "d1", json(DENY));
        assertThat(scenario.plays().heard()).doesNotContain("cf-unauthorized_call");
    }
}
