package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.CallFacts.Party;
import fulcrum.flow.Settings;
import fulcrum.sdk.Origin;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class DynamicCidTest {
    private static final String ASKED = "dynamic-cid-enter_cid";
    private static final String ACCEPTED = "%(250,50,440)";
    private static final String REJECTED = "dynamic-cid-invalid_using_default";
    private static final String FAULT = "fault-can_not_be_completed_as_dialed";

    private static Scenario calling(String data) {
        return inside(Scenario.callTo(node("dynamic_cid", data, early("next"))));
    }

    /// From a device with a caller id of its own, which the chosen one must beat.
    private static Scenario inside(Scenario scenario) {
        return scenario.comesFrom(Origin.device("d1"))
                .document(
                        "device",
                        "d1",
                        json("{'caller_id':{'internal':{'name':'Desk','number':'1001'}}}"));
    }

    private static Trial typing(String data, String keys) {
        return Trial.of(calling(data).hears(ASKED).presses(keys));
    }

    @Test
    void what_is_typed_becomes_the_number_and_the_name_stays() {
        Trial trial = typing("{}", "4155550177");
        assertThat(trial.heard()).containsExactly(ASKED, ACCEPTED, "next");
        assertThat(trial.shown()).isEqualTo("Ann Lee 4155550177");
        assertThat(trial.variables().caller()).isEqualTo(new Party("Ann Lee", "4155550177"));
        assertThat(trial.variables().channel())
                .containsEntry("Caller-ID-Name", "Ann Lee")
                .containsEntry("Caller-ID-Number", "4155550177");
        assertThat(trial.isAnswered()).isFalse();
    }

    @Test
    void the_length_may_be_limited_and_a_hash_ends_it() {
        String data = "{'action':'manual','min_digits':3,'max_digits':5}";
        assertThat(typing(data, "123456").shown()).isEqualTo("Ann Lee 12345");
        assertThat(typing(data, "123#").shown()).isEqualTo("Ann Lee 123");
        assertThat(typing(data, "12#").heard()).containsExactly(ASKED, REJECTED, "next");
    }

    @Test
    void what_does_not_fit_keeps_the_present_number_without_a_second_try() {
        Trial trial = typing("{'whitelist_regex':'^9'}", "4155550177");
        assertThat(trial.heard()).containsExactly(ASKED, REJECTED, "next");
        assertThat(trial.shown()).isEqualTo("Ann Lee +14155550100");
        assertThat(typing("{'whitelist_regex':'['}", "4155550177").heard()).contains(REJECTED);
        assertThat(typing("{'whitelist_regex':'^4'}", "4155550177").heard()).contains(ACCEPTED);
    }

    @Test
    void silence_is_rejected_after_five_seconds() {
        Trial trial = Trial.of(calling("{}").hearsAllOf(ASKED).waits(Duration.ofSeconds(6)));
        assertThat(trial.heard()).containsExactly(ASKED, REJECTED, "next");
    }

    @Test
    void the_time_between_digits_is_milliseconds() {
        Scenario slow =
                calling("{'min_digits':1,'interdigit_timeout':300}")
                        .hears(ASKED)
                        .presses("1")
                        .waits(Duration.ofMillis(400))
                        .presses("2");
        assertThat(Trial.of(slow).shown()).isEqualTo("Ann Lee 1");
    }

    @Test
    void what_is_played_is_a_prompt_or_a_full_reference() {
        for (String[] media :
                new String[][] {{"my-prompt", "my-prompt"}, {"tone_stream://%(1,1,5)", ""}}) {
            Scenario scenario =
                    calling("{'media_id':'" + media[0] + "'}")
                            .hears(media[1].isEmpty() ? media[0] : media[1])
                            .presses("4155550177");
            assertThat(Trial.of(scenario).shown()).isEqualTo("Ann Lee 4155550177");
        }
    }

    @Test
    void settings_say_what_the_data_does_not() {
        Settings settings =
                Settings.DEFAULT
                        .with("callflow.dynamic_cid.min_digits", "2")
                        .with("callflow.dynamic_cid.max_digits", "2");
        Scenario scenario = calling("{}").hears(ASKED).presses("77");
        assertThat(Trial.of(scenario, Actions.catalog(), settings).shown()).isEqualTo("Ann Lee 77");
    }

    @Test
    void a_fixed_caller_id_is_taken_as_it_is() {
        Trial trial =
                Trial.of(calling("{'action':'static','caller_id':{'name':'Sales','number':'9'}}"));
        assertThat(trial.shown()).isEqualTo("Sales 9");
        assertThat(trial.variables().caller()).isEqualTo(new Party("Sales", "9"));
        assertThat(trial.heard()).containsExactly("next");
    }

    @Test
    void of_a_fixed_caller_id_a_missing_number_is_told_and_a_missing_name_is_not() {
        Trial nameless = Trial.of(calling("{'action':'static','caller_id':{'number':'9'}}"));
        assertThat(nameless.shown()).isEqualTo("Ann Lee 9");
        assertThat(nameless.heard()).containsExactly("next");
        Trial numberless = Trial.of(calling("{'action':'static','caller_id':{'name':'S'}}"));
        assertThat(numberless.shown()).isEqualTo("S +14155550100");
        assertThat(numberless.heard()).containsExactly(REJECTED, "next");
    }

    private static Scenario code(String number, String pattern, String data) {
        return inside(Trial.dials(number, pattern, node("dynamic_cid", data, early("next"))));
    }

    @Test
    void a_feature_code_leaves_the_number_behind_it_to_be_called() {
        String data = "{'action':'static','caller_id':{'name':'Sales','number':'9'}}";
        Trial trial = Trial.of(code("*24155550123", "^\\*2([0-9]*)$", data));
        assertThat(trial.variables().request().user()).isEqualTo("+14155550123");
        assertThat(trial.variables().to().user()).isEqualTo("+14155550123");
        assertThat(trial.heard()).containsExactly("next");
        Trial bare = Trial.of(code("*2", "^\\*2([0-9]*)$", data));
        assertThat(bare.variables().request().user()).isEqualTo("*2");
    }

    private static final String LISTS = "{'action':'lists','id':'cids'}";

    private static Scenario listed(String number, String data) {
        return code(number, "^\\*69([0-9]*)$", data)
                .document("list", "cids", json("{'name':'caller ids'}"))
                .document(
                        "list_entry",
                        "e1",
                        json(
                                "{'list_id':'cids','capture_group_key':'07','capture_group_length':2,"
                                        + "'name':'Sales','number':'+14155550107'}"))
                .document(
                        "list_entry",
                        "e2",
                        json("{'list_id':'cids','capture_group_key':'08','number':'+14155550108'}"))
                .callflow("no_match", early("out"))
                .callflow("1001", early("one"));
    }

    @Test
    void a_key_picks_the_entry_and_the_rest_is_called() {
        Trial trial = Trial.of(listed("*69075145550123", LISTS));
        assertThat(trial.heard()).containsExactly("out", "next");
        assertThat(trial.shown()).isEqualTo("Sales +14155550107");
        assertThat(trial.variables().request().user()).isEqualTo("+15145550123");
        assertThat(Trial.of(listed("*69085145550123", LISTS)).shown())
                .isEqualTo("caller +14155550108");
        assertThat(Trial.of(listed("*69085145550123", LISTS.replace("lists", "list"))).shown())
                .isEqualTo("caller +14155550108");
    }

    @Test
    void entries_within_the_list_have_the_lists_length() {
        Scenario scenario =
                code("*691235145550123", "^\\*69([0-9]*)$", LISTS)
                        .document(
                                "list",
                                "cids",
                                json(
                                        "{'length':3,'entries':{'x':{'capture_group_key':'123','name':'Old',"
                                                + "'number':'5'}}}"))
                        .callflow("no_match", early("out"));
        Trial trial = Trial.of(scenario);
        assertThat(trial.shown()).isEqualTo("Old 5");
        assertThat(trial.variables().request().user()).isEqualTo("+15145550123");
    }

    @Test
    void with_nothing_behind_the_key_the_flow_goes_on() {
        Trial trial = Trial.of(listed("*6907", LISTS));
        assertThat(trial.heard()).containsExactly("next");
        assertThat(trial.shown()).isEqualTo("Sales +14155550107");
    }

    @Test
    void a_custom_callflow_is_called_only_with_leave() {
        assertThat(Trial.of(listed("*69071001", LISTS)).heard())
                .containsExactly("disa-invalid_extension");
        String leave = "{'action':'lists','id':'cids','permit_custom_callflow':true}";
        assertThat(Trial.of(listed("*69071001", leave)).heard()).containsExactly("one", "next");
    }

    @Test
    void a_number_that_the_device_may_not_call_is_refused_unless_nobody_looks() {
        String restriction = "{'call_restriction':{'did_us':{'action':'deny'}}}";
        for (String data :
                List.of(LISTS, LISTS.replace("'id'", "'enforce_call_restriction':false,'id'"))) {
            Scenario scenario =
                    listed("*69075145550123", data).document("device", "d2", json(restriction));
            Trial trial = Trial.of(scenario.comesFrom(Origin.device("d2")));
            boolean enforced = data.equals(LISTS);
            assertThat(trial.heard())
                    .isEqualTo(enforced ? List.of("cf-unauthorized_call") : List.of("out", "next"));
            assertThat(trial.isAnswered()).isEqualTo(enforced);
        }
    }

    @Test
    void a_key_or_list_that_there_is_not_is_a_fault() {
        for (String data : List.of(LISTS, "{'action':'lists'}", "{'action':'lists','id':'x'}")) {
            Trial trial = Trial.of(listed("*69995145550123", data));
            assertThat(trial.heard()).containsExactly(FAULT);
            assertThat(trial.variables().caller().number()).isEqualTo("+14155550100");
            assertThat(trial.notices()).hasSize(1);
        }
        assertThat(Trial.of(listed("*690", LISTS)).heard()).containsExactly(FAULT);
    }

    @Test
    void a_named_group_picks_the_entry_and_all_that_was_captured_is_called() {
        String data = "{'action':'list','id':'cids','idx_name':'key'}";
        String pattern = "^\\*69(?<key>\\d\\d)(?<number>\\d{3,})$";
        Trial trial = Trial.of(named(pattern, data));
        assertThat(trial.shown()).isEqualTo("Sales +14155550107");
        assertThat(trial.variables().request().user()).isEqualTo("+15145550123");
        assertThat(trial.heard()).containsExactly("out", "next");
        assertThat(Trial.of(named("^\\*69\\d\\d(\\d+)$", data)).heard()).containsExactly(FAULT);
    }

    private static Scenario named(String pattern, String data) {
        return code("*69075145550123", pattern, data)
                .document("list", "cids", json("{'name':'caller ids'}"))
                .document(
                        "list_entry",
                        "e1",
                        json(
                                "{'list_id':'cids','capture_group_key':'07','name':'Sales',"
                                        + "'number':'+14155550107'}"))
                .callflow("no_match", early("out"));
    }

    @Test
    void without_a_captured_number_a_list_asks_the_caller() {
        assertThat(typing(LISTS, "4155550177").shown()).isEqualTo("Ann Lee 4155550177");
    }

    @Test
    void a_caller_from_outside_gets_the_number_but_not_out_again() {
        Scenario scenario = listed("*69075145550123", LISTS).comesFrom(Origin.carrier("c1"));
        Trial trial = Trial.of(scenario);
        assertThat(trial.heard()).containsExactly("disa-invalid_extension");
        assertThat(trial.variables().caller().number()).isEqualTo("+14155550107");
    }
}
