package fulcrum.action;

import static fulcrum.testing.Nodes.children;
import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.CallFacts.Party;
import fulcrum.sdk.Origin;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;

class CheckCidTest {
    private static final String IDENTITY =
            "'user_id':'u7','caller_id':{'external':{'name':'Bay Area','number':'+14155550199'}}";

    private static ObjectNode all() {
        return children(
                "match", early("yes"),
                "nomatch", early("no"),
                "+14155550100", early("number"),
                "_", early("else"));
    }

    private static Trial after(String number, String data, ObjectNode children) {
        return Trial.of(
                Scenario.callFrom("Ann Lee", number, node("check_cid", data, children))
                        .comesFrom(Origin.device("d1", "u1")));
    }

    private static List<String> way(String data) {
        return after("+14155550100", data, all()).heard();
    }

    @Test
    void the_pattern_is_looked_for_anywhere_in_the_number_as_it_is() {
        assertThat(way("{'regex':'^\\\\+1415'}")).containsExactly("yes");
        assertThat(way("{'regex':'5550'}")).containsExactly("yes");
        assertThat(way("{'regex':'^1415'}")).containsExactly("no");
        assertThat(way("{}")).containsExactly("yes");
    }

    @Test
    void absolute_mode_goes_to_the_child_named_like_the_number() {
        assertThat(way("{'use_absolute_mode':true}")).containsExactly("number");
        assertThat(way("{'use_absolute_mode':true,'regex':'^9'}")).containsExactly("no");
        assertThat(after("+1", "{'use_absolute_mode':true}", all()).heard())
                .containsExactly("else");
    }

    @Test
    void a_child_that_is_missing_or_empty_leads_to_the_wildcard() {
        ObjectNode few = children("match", "{}", "_", early("else"));
        assertThat(after("+1", "{}", few).heard()).containsExactly("else");
        assertThat(after("+1", "{'regex':'9'}", few).heard()).containsExactly("else");
        assertThat(after("+1", "{}", children("nomatch", early("no"))).heard()).isEmpty();
    }

    @Test
    void a_match_gives_the_call_another_identity_before_the_child_begins() {
        Trial trial = after("+14155550100", "{" + IDENTITY + "}", all());
        assertThat(trial.heard()).containsExactly("yes");
        assertThat(trial.variables().caller()).isEqualTo(new Party("Bay Area", "+14155550199"));
        assertThat(trial.variables().owner()).contains("u7");
        assertThat(trial.variables().channel())
                .containsEntry("Caller-ID-Name", "Bay Area")
                .containsEntry("Caller-ID-Number", "+14155550199");
    }

    @Test
    void without_one_of_the_three_or_without_the_child_nothing_changes() {
        for (String data :
                List.of(
                        "{'user_id':'u7','caller_id':{'external':{'name':'Bay'}}}",
                        "{'user_id':'u7','caller_id':{'external':{'number':'1'}}}",
                        "{'caller_id':{'external':{'name':'Bay','number':'1'}}}",
                        "{'user_id':'u7','caller_id':5}",
                        "{'regex':'^9'," + IDENTITY + "}")) {
            Trial trial = after("+14155550100", data, all());
            assertThat(trial.variables().caller()).isEqualTo(new Party("Ann Lee", "+14155550100"));
            assertThat(trial.variables().owner()).isEqualTo(Optional.of("u1"));
        }
        Trial childless = after("+1", "{" + IDENTITY + "}", children("_", early("else")));
        assertThat(childless.variables().caller()).isEqualTo(new Party("Ann Lee", "+1"));
    }

    @Test
    void a_pattern_that_is_none_and_a_caller_without_number_go_on_at_the_wildcard() {
        Trial odd = after("+1", "{'regex':'['}", all());
        assertThat(odd.heard()).containsExactly("else");
        assertThat(odd.notices()).singleElement().asString().contains("no regular expression");
        assertThat(after("", "{}", all()).heard()).containsExactly("else");
    }
}
