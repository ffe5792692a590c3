package fulcrum.action;

import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.Call;
import fulcrum.call.CallEvent;
import fulcrum.flow.Flow;
import fulcrum.flow.FlowInterpreter;
import fulcrum.flow.Settings;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.ScriptedDriver;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class SetVariableTest {
    private static Map<String, String> variables(Outcome call) {
        return call.events(CallEvent.Ended.class).getFirst().channelVars();
    }

    private static Outcome after(String data) {
        return Scenario.callTo(node("set_variable", data)).plays();
    }

    @Test
    void the_two_known_names_are_set_under_the_switchs_own() {
        assertThat(variables(after("{'variable':'call_priority','value':'5'}")))
                .containsEntry("Call-Priority", "5");
        assertThat(variables(after("{'variable':'group_id','value':'g1','channel':'both'}")))
                .containsEntry("Group-ID", "g1");
    }

    @Test
    void only_both_exports_it_to_legs_dialled_later() {
        assertThat(exported("a")).isEmpty();
        assertThat(exported("both")).containsExactly("Call-Priority");
    }

    private static List<String> exported(String channel) {
        String flow =
                node(
                        "set_variable",
                        "{'variable':'call_priority','value':'5','channel':'" + channel + "'}");
        List<String> names = new ArrayList<>();
        FlowInterpreter interpreter = new FlowInterpreter(Actions.catalog(), Settings.DEFAULT);
        Scenario.callTo("{}")
                .plays(
                        ScriptedDriver.of(
                                (Call call) -> {
                                    interpreter.run(Flow.parse(flow), call);
                                    names.addAll(call.variables().exported());
                                }));
        return names;
    }

    @Test
    void an_unknown_name_or_no_value_sets_nothing_and_is_noticed() {
        for (String data :
                List.of(
                        "{'variable':'colour','value':'red'}",
                        "{'value':'red'}",
                        "{'variable':'group_id'}")) {
            Outcome call = after(data);
            assertThat(variables(call)).doesNotContainValue("red").doesNotContainKey("Group-ID");
            assertThat(call.notices()).hasSize(1);
        }
    }
}
