package fulcrum.action;

import static fulcrum.testing.Nodes.children;
import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Origin;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

import java.util.List;

class BranchVariableTest {
    private static final String ACCOUNT =
            "{'tier':'gold','language':'en','prefer_device_caller_id':false}";
    private static final String DEVICE =
            "{'owner_id':'u1','tier':'tin','floor':3,'fax':true,'o':{'p':'deep'},"
                    + "'caller_id':{'internal':{'name':'desk'}}}";
    private static final String USER =
            "{'vip':true,'tier':'silver','language':'fr','caller_id':{'internal':{'name':'Ann'}}}";

    private static List<String> way(String data, Origin origin, String... documents) {
        String[] keys = {
            "gold", "silver", "tin", "3", "true", "5", "deep", "fr", "Ann", "guest", "device"
        };
        String[] children = new String[2 * keys.length + 2];
        for (int i = 0; i < keys.length; i++) {
            children[2 * i] = keys[i];
            children[2 * i + 1] = early(keys[i]);
        }
        children[2 * keys.length] = "_";
        children[2 * keys.length + 1] = early("else");
        String flow =
                node(
                        "set_variable",
                        "{'variable':'call_priority','value':'5'}",
                        node("branch_variable", data, children(children)));
        Scenario scenario =
                Scenario.callTo(flow)
                        .comesFrom(origin)
                        .document("account", Scenario.ACCOUNT, json(ACCOUNT))
                        .document("user", "u1", json(USER))
                        .document("user", "u2", json("{'vip':'guest'}"))
                        .document(
                                "device", "d1", json(documents.length > 0 ? documents[0] : DEVICE));
        Outcome call = scenario.plays();
        assertThat(call.crashes()).isEmpty();
        return call.heard();
    }

    private static List<String> device(String data, String... documents) {
        return way(data, Origin.device("d1", "u1"), documents);
    }

    @Test
    void a_channel_variable_is_found_by_its_name_in_any_spelling() {
        for (String name : List.of("call_priority", "Call-Priority", "CALL_PRIORITY")) {
            assertThat(way("{'variable':'" + name + "'}", Origin.UNKNOWN)).containsExactly("5");
        }
        assertThat(device("{'variable':'authorizing_type'}")).containsExactly("device");
        assertThat(device("{'variable':['call_priority']}")).containsExactly("5");
    }

    @Test
    void the_account_is_asked_whoever_calls() {
        assertThat(way("{'scope':'account','variable':'tier'}", Origin.UNKNOWN))
                .containsExactly("gold");
    }

    @Test
    void the_device_is_asked_only_when_one_calls() {
        String data = "{'scope':'device','variable':'floor'}";
        assertThat(device(data)).containsExactly("3");
        assertThat(way(data, new Origin("d1", "mobile", List.of(), false))).containsExactly("3");
        assertThat(way(data, Origin.carrier("d1"))).containsExactly("else");
        assertThat(way(data, Origin.device("gone"))).containsExactly("else");
    }

    @Test
    void flags_are_texts_and_objects_are_nothing() {
        assertThat(device("{'scope':'device','variable':'fax'}")).containsExactly("true");
        assertThat(device("{'scope':'device','variable':'o'}")).containsExactly("else");
    }

    @Test
    void a_dot_is_no_path_but_a_list_is_one_in_the_order_written() {
        assertThat(device("{'scope':'device','variable':'o.p'}")).containsExactly("else");
        assertThat(device("{'scope':'device','variable':['o','p']}")).containsExactly("deep");
        assertThat(device("{'scope':'device','variable':['p','o']}")).containsExactly("else");
    }

    @Test
    void the_user_is_the_devices_owner_or_whoever_is_hot_desked_there() {
        String data = "{'scope':'user','variable':'vip'}";
        assertThat(device(data)).containsExactly("true");
        assertThat(way(data, new Origin("d1", "mobile", List.of("u1"), false)))
                .containsExactly("else");
        assertThat(device(data, "{'owner_id':'u1','hotdesk':{'users':{'u2':{}}}}"))
                .containsExactly("guest");
    }

    @Test
    void merged_is_the_device_as_user_and_account_complete_it() {
        assertThat(device("{'scope':'merged','variable':'tier'}")).containsExactly("tin");
        assertThat(device("{'scope':'merged','variable':'language'}")).containsExactly("fr");
        assertThat(device("{'scope':'merged','variable':['caller_id','internal','name']}"))
                .containsExactly("Ann");
        assertThat(device("{'scope':'merged','variable':['do_not_disturb','enabled']}"))
                .containsExactly("else");
    }

    @Test
    void merged_falls_back_to_the_channel_variable() {
        assertThat(device("{'scope':'merged','variable':'call_priority'}")).containsExactly("5");
        assertThat(way("{'scope':'merged','variable':'call_priority'}", Origin.UNKNOWN))
                .containsExactly("else");
    }

    @Test
    void what_is_not_found_or_has_no_child_goes_on_at_the_wildcard() {
        assertThat(device("{}")).containsExactly("else");
        assertThat(device("{'variable':'colour'}")).containsExactly("else");
        assertThat(device("{'variable':'account_id'}")).containsExactly("else");
        assertThat(device("{'scope':'galaxy','variable':'tier'}")).containsExactly("else");
    }
}
