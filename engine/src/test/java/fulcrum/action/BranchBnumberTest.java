package fulcrum.action;

import static fulcrum.testing.Nodes.children;
import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.directory.Json;
import fulcrum.sdk.Origin;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

import java.util.List;

class BranchBnumberTest {
    /// A feature code *58 followed by the number.
    private static Scenario dialling(String number, String data) {
        String flow =
                node(
                        "branch_bnumber",
                        data,
                        children(
                                "+14155550100",
                                early("child +1"),
                                "200",
                                early("child 200"),
                                "_",
                                early("else")));
        Scenario scenario = Scenario.scenario();
        scenario.caller().calls("*58" + number);
        return scenario.document("callflow", "code", pattern("^\\*58(\\d*)$", flow));
    }

    private static String pattern(String regex, String flow) {
        var body = Json.object();
        body.putArray("patterns").add(regex);
        body.set("flow", Json.object(flow));
        return body.toString();
    }

    private static List<String> heard(Scenario scenario) {
        Outcome call = scenario.plays();
        assertThat(call.crashes()).isEmpty();
        return call.heard();
    }

    @Test
    void the_child_named_like_the_normalised_number_is_taken() {
        assertThat(heard(dialling("4155550100", "{}"))).containsExactly("child +1");
        assertThat(heard(dialling("200", "{}"))).containsExactly("child 200");
        assertThat(heard(dialling("201", "{'hunt':false}"))).containsExactly("else");
    }

    @Test
    void the_accounts_dial_plan_comes_first() {
        Scenario scenario =
                dialling("9200", "{}")
                        .document(
                                "account",
                                Scenario.ACCOUNT,
                                json("{'dial_plan':{'^9(\\\\d{3})$':{}}}"));
        assertThat(heard(scenario)).containsExactly("child 200");
    }

    @Test
    void without_a_captured_number_the_wildcard_follows() {
        assertThat(heard(dialling("", "{'hunt':true}"))).containsExactly("else");
        String flow = node("branch_bnumber", "{}", early("else"));
        assertThat(heard(Scenario.callTo(flow))).containsExactly("else");
    }

    @Test
    void a_hunt_branches_to_the_callflow_of_the_number_and_comes_back_to_the_wildcard() {
        Scenario scenario = dialling("300", "{'hunt':true}").callflow("300", early("found"));
        assertThat(heard(scenario)).containsExactly("found", "else");
        assertThat(heard(dialling("301", "{'hunt':true}"))).containsExactly("else");
    }

    @Test
    void a_hunt_replaces_the_captured_groups() {
        String inner =
                node("branch_bnumber", "{}", children("77", early("new group"), "_", early("old")));
        Scenario byPattern =
                dialling("3077", "{'hunt':true}")
                        .document("callflow", "inner", pattern("^30(77)$", inner));
        assertThat(heard(byPattern)).containsExactly("new group", "else");
        Scenario byNumber = dialling("77", "{'hunt':true}").callflow("77", inner);
        assertThat(heard(byNumber)).containsExactly("old", "else");
    }

    @Test
    void a_hunt_goes_only_where_it_may() {
        String found = early("found");
        assertThat(heard(dialling("300", "{'hunt':true,'hunt_allow':'^3'}").callflow("300", found)))
                .contains("found");
        assertThat(heard(dialling("300", "{'hunt':true,'hunt_allow':'^4'}").callflow("300", found)))
                .containsExactly("else");
        assertThat(heard(dialling("300", "{'hunt':true,'hunt_deny':'00$'}").callflow("300", found)))
                .containsExactly("else");
        assertThat(heard(dialling("300", "{'hunt':true,'hunt_deny':'^4'}").callflow("300", found)))
                .contains("found");
    }

    @Test
    void a_pattern_that_does_not_compile_allows_nothing_and_denies_nothing() {
        String found = early("found");
        assertThat(heard(dialling("300", "{'hunt':true,'hunt_allow':'('}").callflow("300", found)))
                .containsExactly("else");
        assertThat(heard(dialling("300", "{'hunt':true,'hunt_deny':'('}").callflow("300", found)))
                .contains("found");
    }

    @Test
    void no_match_is_hunted_only_for_callers_whom_a_device_vouches_for() {
        Scenario stranger = dialling("300", "{'hunt':true}").callflow("no_match", early("out"));
        assertThat(heard(stranger)).containsExactly("else");
        Scenario device =
                dialling("300", "{'hunt':true}")
                        .callflow("no_match", early("out"))
                        .comesFrom(Origin.device("d1"));
        assertThat(heard(device)).containsExactly("out", "else");
    }
}
