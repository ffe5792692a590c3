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

class SetVariablesTest {
    private static String variables(Outcome call) {
        return call.events(CallEvent.Ended.class).getFirst().applicationVars().toString();
    }

    @Test
    void pairs_are_merged_and_a_name_that_exists_is_replaced() {
        String flow =
                node(
                        "set_variables",
                        "{'custom_application_vars':{'ticket':'A-1','vip':'yes'}}",
                        node(
                                "set_variables",
                                "{'custom_application_vars':{'ticket':'B-2','deep':{'a':1}}}"));
        Outcome call = Scenario.callTo(flow).isHungUp(480).plays();
        assertThat(variables(call))
                .isEqualTo("{\"ticket\":\"B-2\",\"vip\":\"yes\",\"deep\":{\"a\":1}}");
    }

    @Test
    void without_pairs_nothing_is_set() {
        Outcome call = Scenario.callTo(node("set_variables", "{}")).plays();
        assertThat(variables(call)).isEqualTo("{}");
        assertThat(call.notices()).isEmpty();
    }

    @Test
    void only_export_carries_them_to_legs_dialled_later() {
        assertThat(exported("{'custom_application_vars':{'a':1}}")).isEmpty();
        assertThat(exported("{'custom_application_vars':{'a':1},'export':true}"))
                .containsExactly("a");
    }

    private static List<String> exported(String data) {
        List<String> names = new ArrayList<>();
        FlowInterpreter interpreter = new FlowInterpreter(Actions.catalog(), Settings.DEFAULT);
        Scenario.callTo("{}")
                .plays(
                        ScriptedDriver.of(
                                (Call call) -> {
                                    interpreter.run(Flow.parse(node("set_variables", data)), call);
                                    names.addAll(call.variables().exportedApplication());
                                }));
        return names;
    }
}
