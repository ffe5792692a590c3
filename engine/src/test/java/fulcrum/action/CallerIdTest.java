package fulcrum.action;

import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.flow.FlowInterpreter;
import fulcrum.flow.FlowRouter;
import fulcrum.flow.Settings;
import fulcrum.sdk.Origin;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.ScriptedDriver;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class CallerIdTest {
    private static final Origin DEVICE = Origin.device("d1", "u1");

    private static Scenario calling(String device, String user, String account) {
        return Scenario.callTo(node("noop", "{}"))
                .comesFrom(DEVICE)
                .document("device", "d1", json("{'owner_id':'u1'" + device + "}"))
                .document("user", "u1", json("{" + user + "}"))
                .document("account", Scenario.ACCOUNT, json("{" + account + "}"));
    }

    /// `NAME NUMBER` of a type.
    private static String shown(Scenario scenario, String type) {
        List<String> shown = new ArrayList<>();
        FlowInterpreter interpreter = new FlowInterpreter(Actions.catalog(), Settings.DEFAULT);
        var outcome =
                scenario.plays(
                        ScriptedDriver.of(
                                call -> {
                                    interpreter.run(new FlowRouter().flowFor(call), call);
                                    CallerId id = CallerId.of(call, type);
                                    shown.add(id.name() + " " + id.number());
                                }));
        assertThat(outcome.crashes()).isEmpty();
        return shown.getFirst();
    }

    @Test
    void the_user_is_above_the_device_and_both_above_the_account() {
        String account = "'caller_id':{'internal':{'name':'Firm','number':'1'}}";
        String device = ",'caller_id':{'internal':{'name':'Desk','number':'2'}}";
        String user = "'caller_id':{'internal':{'name':'Ann','number':'3'}}";
        assertThat(shown(calling("", "", account), "internal")).isEqualTo("Firm 1");
        assertThat(shown(calling(device, "", account), "internal")).isEqualTo("Desk 2");
        assertThat(shown(calling(device, user, account), "internal")).isEqualTo("Ann 3");
        assertThat(
                        shown(
                                calling(device, user, account + ",'prefer_device_caller_id':true"),
                                "internal"))
                .isEqualTo("Desk 2");
    }

    @Test
    void name_and_number_are_looked_for_one_by_one() {
        String user = "'caller_id':{'external':{'number':'+14155550177'}}";
        String account = "'caller_id':{'external':{'name':'Firm','number':'+14155550100'}}";
        assertThat(shown(calling("", user, account), "external")).isEqualTo("Firm +14155550177");
    }

    @Test
    void an_internal_name_is_the_users_own() {
        String user = "'first_name':'Bea','last_name':'Low','presence_id':'1001@x.example'";
        assertThat(shown(calling("", user, ""), "internal")).isEqualTo("Bea Low 1001");
    }

    @Test
    void an_internal_number_is_else_the_presence_ids_or_the_sip_user_names() {
        assertThat(shown(calling(",'presence_id':'1002'", "", ""), "internal")).endsWith(" 1002");
        assertThat(shown(calling(",'sip':{'username':'desk7'}", "", ""), "internal"))
                .endsWith(" desk7");
        assertThat(shown(calling(",'sip':{'username':'desk7'}", "", ""), "external"))
                .isEqualTo("Ann Lee +14155550100");
    }

    @Test
    void what_is_nowhere_is_the_calls_own() {
        assertThat(shown(calling("", "", ""), "internal")).isEqualTo("Ann Lee +14155550100");
    }

    @Test
    void emergency_falls_back_to_external_and_that_to_the_default() {
        String user = "'caller_id':{'external':{'number':'2'},'default':{'name':'D','number':'3'}}";
        assertThat(shown(calling("", user, ""), "emergency")).isEqualTo("D 2");
        assertThat(shown(calling("", user, ""), "external")).isEqualTo("D 2");
        assertThat(shown(calling("", user, ""), "special")).isEqualTo("D 3");
        String device = ",'caller_id':{'emergency':{'number':'1'}}";
        assertThat(shown(calling(device, user, ""), "emergency")).isEqualTo("D 1");
    }

    @Test
    void a_caller_from_outside_is_shown_as_he_is() {
        Scenario scenario =
                calling("", "", "'caller_id':{'external':{'name':'Firm','number':'1'}}")
                        .comesFrom(Origin.carrier("c1"));
        Trial trial = Trial.of(scenario);
        assertThat(trial.shown()).isEqualTo("Ann Lee +14155550100");
        assertThat(trial.forPhones().isRetained()).isTrue();
        assertThat(trial.forPhones().type()).isEqualTo("external");
    }

    @Test
    void several_guests_at_a_device_are_nobodys_caller_id() {
        String user = "'caller_id':{'internal':{'name':'Ann','number':'3'}}";
        Scenario one =
                calling(",'hotdesk':{'users':{'u2':{}}}", user, "")
                        .document(
                                "user",
                                "u2",
                                json("{'caller_id':{'internal':{'name':'Bob','number':'4'}}}"));
        assertThat(shown(one, "internal")).isEqualTo("Bob 4");
        Scenario two = calling(",'hotdesk':{'users':{'u1':{},'u2':{}}}", user, "");
        assertThat(shown(two, "internal")).isEqualTo("Ann Lee +14155550100");
    }

    @Test
    void as_the_from_of_a_leg_what_is_hidden_is_not_told() {
        CallerId all = new CallerId("Ann", "1", "internal", false, false, false);
        assertThat(all.caller().name()).isEqualTo("Ann");
        assertThat(all.caller().isHidden()).isFalse();
        CallerId none = new CallerId("Ann", "1", "internal", false, true, true);
        assertThat(none.caller().name()).isEmpty();
        assertThat(none.caller().isHidden()).isTrue();
    }
}
