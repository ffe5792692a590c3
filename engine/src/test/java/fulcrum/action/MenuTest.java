package fulcrum.action;

import static fulcrum.testing.Nodes.children;
import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.CallEvent;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.List;

class MenuTest {
    private static final Duration SOUND = Duration.ofSeconds(2);
    private static final String[] NOT_VALID = {"menu-invalid_entry", "greet"};

    private static Scenario menu(String document, ObjectNode children) {
        return menu("{'id':'m1'}", document, children);
    }

    private static Scenario menu(String data, String document, ObjectNode children) {
        return Scenario.callTo(node("menu", data, children)).document("menu", "m1", json(document));
    }

    private static String greeting(String more) {
        return "{'name':'Main','media':{'greeting':'greet'}" + more + "}";
    }

    private static ObjectNode oneTwo() {
        return children("1", early("one"), "22", early("two"), "_", early("else"));
    }

    private static Outcome plays(Scenario scenario) {
        Outcome outcome = scenario.plays();
        assertThat(outcome.crashes()).isEmpty();
        return outcome;
    }

    @Test
    void the_first_digit_cuts_the_greeting_and_the_digits_choose_the_child() {
        Outcome call = plays(menu(greeting(""), oneTwo()).hears("greet").presses("1").hears("one"));
        assertThat(call.heard()).containsExactly("greet", "one");
        assertThat(call.ending().answered()).isTrue();
        assertThat(call.lasted()).isEqualTo(SOUND.plusSeconds(2));
        assertThat(call.kept()).isEmpty();
    }

    @Test
    void a_hash_ends_the_digits_and_is_no_part_of_them() {
        Outcome call =
                plays(menu(greeting(""), oneTwo()).hears("greet").presses("22#").hears("two"));
        assertThat(call.lasted()).isEqualTo(SOUND.plusMillis(400));
    }

    @Test
    void digits_up_to_the_length_of_the_menu_are_collected() {
        String two = greeting(",'max_extension_length':2");
        Outcome call = plays(menu(two, oneTwo()).hears("greet").presses("22").hears("two"));
        assertThat(call.lasted()).isEqualTo(SOUND.plusMillis(200));
        Outcome four =
                plays(
                        menu(greeting(""), children("1234", early("x")))
                                .hears("greet")
                                .presses("1234")
                                .hears("x"));
        assertThat(four.lasted()).isEqualTo(SOUND.plusMillis(600));
    }

    @Test
    void the_wait_between_digits_is_the_documents_or_the_nodes_or_two_seconds() {
        String own = greeting(",'interdigit_timeout':300");
        assertThat(after(menu("{'id':'m1','interdigit_timeout':500}", own, oneTwo())))
                .isEqualTo(Duration.ofMillis(300));
        assertThat(after(menu("{'id':'m1','interdigit_timeout':500}", greeting(""), oneTwo())))
                .isEqualTo(Duration.ofMillis(500));
        assertThat(after(menu(greeting(""), oneTwo()))).isEqualTo(Duration.ofSeconds(2));
    }

    private static Duration after(Scenario scenario) {
        return plays(scenario.hears("greet").presses("1").hears("one")).lasted().minus(SOUND);
    }

    @Test
    void the_wait_for_the_first_digit_begins_when_the_greeting_is_over() {
        String once =
                greeting(
                        ",'retries':1,'timeout':3000,'media':{'greeting':'greet','exit_media':false}");
        Outcome call = plays(menu(once, children("timeout", early("late"))));
        assertThat(call.heard()).containsExactly("greet", "late");
        assertThat(call.lasted()).isEqualTo(SOUND.plusSeconds(3).plus(SOUND));
    }

    @Test
    void a_silent_caller_hears_the_greeting_three_times_and_is_then_sent_on() {
        Outcome call = plays(menu(greeting(""), oneTwo()));
        assertThat(call.heard())
                .containsExactly(
                        "greet", "greet", "greet", "menu-exit", "menu-transferring_call", "else");
        assertThat(call.lasted())
                .isEqualTo(SOUND.plusSeconds(10).multipliedBy(3).plus(SOUND.multipliedBy(3)));
    }

    @Test
    void a_lone_hash_counts_as_nothing_pressed() {
        Outcome call =
                plays(
                        menu(greeting(""), children("timeout", early("late")))
                                .presses("#")
                                .hears("greet"));
        assertThat(call.heard()).containsExactly("greet", "late");
    }

    @Test
    void a_wrong_entry_is_told_and_costs_a_retry() {
        Scenario scenario = menu(greeting(",'retries':2"), children("1", early("one")));
        scenario.hears("greet").presses("9#").hears("menu-invalid_entry");
        scenario.hears("greet").presses("8#").hears("menu-invalid_entry");
        Outcome call = plays(scenario.hears("menu-exit").hears("vm-goodbye").isHungUp(0));
        assertThat(call.heard()).hasSize(6);
    }

    @Test
    void a_key_during_the_word_about_a_wrong_entry_only_cuts_it() {
        Scenario scenario = menu(greeting(""), children("1", early("one")));
        scenario.hears("greet").presses("9#").hears("menu-invalid_entry").presses("5");
        Outcome call = plays(scenario.hears("greet").presses("1#").hears("one"));
        assertThat(call.kept()).isEmpty();
    }

    @Test
    void an_empty_child_counts_as_absent() {
        ObjectNode hollow = children("1", "{}", "timeout", "{}", "max_retries", "{}", "_", "{}");
        Scenario scenario = menu(greeting(",'retries':2"), hollow).hears("greet").presses("1#");
        Outcome call = plays(scenario);
        assertThat(call.heard())
                .containsExactly("greet", NOT_VALID[0], NOT_VALID[1], "menu-exit", "vm-goodbye");
    }

    @Test
    void when_the_retries_are_used_up_the_child_of_that_name_follows() {
        Outcome call =
                plays(
                        menu(
                                greeting(",'retries':1"),
                                children("max_retries", early("enough"), "_", early("else"))));
        assertThat(call.heard()).containsExactly("greet", "menu-exit", "enough");
    }

    @Test
    void each_word_can_be_silenced_or_replaced() {
        String silent =
                "{'retries':1,'media':{'greeting':'greet','invalid_media':false,"
                        + "'exit_media':false,'transfer_media':'false'}}";
        Outcome quiet = plays(menu(silent, oneTwo()).hears("greet").presses("9#"));
        assertThat(quiet.heard()).containsExactly("greet", "else");
        String own =
                "{'retries':1,'media':{'greeting':'greet','invalid_media':'my-wrong',"
                        + "'exit_media':'my-exit','transfer_media':true}}";
        Outcome replaced = plays(menu(own, oneTwo()).hears("greet").presses("9#"));
        assertThat(replaced.heard())
                .containsExactly("greet", "my-wrong", "my-exit", "menu-transferring_call", "else");
    }

    @Test
    void without_a_document_the_usual_settings_count_and_children_still_work() {
        for (String data : List.of("{}", "{'id':'nowhere'}")) {
            Scenario scenario = Scenario.callTo(node("menu", data, oneTwo()));
            Outcome call = plays(scenario.hears("menu-no_prompt").presses("1#").hears("one"));
            assertThat(call.notices())
                    .extracting(CallEvent.Noticed::path)
                    .containsExactly("/data/id");
        }
    }

    @Test
    void a_greeting_that_cannot_be_played_does_not_keep_the_menu_from_working() {
        Outcome call =
                plays(menu(greeting(""), oneTwo()).cannotPlay("greet").presses("1#").hears("one"));
        assertThat(call.notices()).hasSize(1);
    }

    private static Scenario hunting(String more) {
        return menu(greeting(",'hunt':true" + more), children("_", early("back")))
                .callflow("101", early("ext"));
    }

    @Test
    void an_extension_is_dialled_when_the_menu_hunts_and_the_wildcard_follows_it() {
        Outcome call =
                plays(hunting("").hears("greet").presses("101#").hears("menu-transferring_call"));
        assertThat(call.heard()).containsExactly("greet", "menu-transferring_call", "ext", "back");
        Outcome deaf =
                plays(
                        menu(greeting(",'retries':1"), children("_", early("back")))
                                .callflow("101", early("ext"))
                                .presses("101#"));
        assertThat(deaf.heard()).doesNotContain("ext");
    }

    @Test
    void a_child_comes_before_an_extension() {
        Scenario scenario = menu(greeting(",'hunt':true"), children("101", early("child")));
        Outcome call = plays(scenario.callflow("101", early("ext")).presses("101#"));
        assertThat(call.heard()).containsExactly("greet", "child");
    }

    @Test
    void an_extension_leaves_its_captured_group_for_what_follows() {
        String number = node("branch_bnumber", "{}", children("55", early("captured")));
        Scenario scenario = menu(greeting(",'hunt':true"), children());
        scenario.document("callflow", "p", json("{'patterns':['^9(55)$'],'flow':" + number + "}"));
        assertThat(plays(scenario.presses("955#")).heard()).endsWith("captured");
    }

    @Test
    void a_no_match_flow_is_no_extension() {
        Scenario scenario = hunting("").callflow("no_match", early("out")).presses("555#");
        assertThat(plays(scenario.hears("greet").hears("menu-invalid_entry")).heard())
                .doesNotContain("out");
    }

    @Test
    void only_extensions_that_are_allowed_and_not_denied_are_dialled() {
        assertThat(reaches(",'hunt_allow':'^1'")).isTrue();
        assertThat(reaches(",'hunt_allow':'^2'")).isFalse();
        assertThat(reaches(",'hunt_deny':'^2'")).isTrue();
        assertThat(reaches(",'hunt_deny':'01$'")).isFalse();
        assertThat(reaches(",'hunt_allow':'('")).isFalse();
        assertThat(reaches(",'hunt_deny':'('")).isTrue();
    }

    private static boolean reaches(String rule) {
        return plays(hunting(rule).hears("greet").presses("101#")).heard().contains("ext");
    }

    @Test
    void a_callflow_named_timeout_is_hunted_for_when_nothing_is_pressed() {
        Outcome call = plays(hunting("").callflow("timeout", early("nobody pressed")));
        assertThat(call.heard())
                .containsExactly("greet", "menu-transferring_call", "nobody pressed", "back");
    }

    @Test
    void digits_kept_before_the_menu_are_neither_used_nor_lost() {
        String flow =
                node(
                        "play",
                        "{'id':'intro'}",
                        node("menu", "{'id':'m1'}", children("1", early("one"))));
        Scenario scenario = Scenario.callTo(flow).document("menu", "m1", json(greeting("")));
        Outcome call = plays(scenario.hears("intro").presses("7").hears("greet").presses("1#"));
        assertThat(call.heard()).containsExactly("intro", "greet", "one");
        assertThat(call.kept()).containsEntry("default", "7");
    }

    @Test
    void a_caller_who_leaves_ends_it_wherever_he_is() {
        for (int millis = 0; millis < 42_000; millis += 700) {
            Scenario scenario =
                    menu(greeting(""), oneTwo()).waits(Duration.ofMillis(millis)).hangsUp();
            Outcome call = plays(scenario);
            assertThat(call.lasted()).isEqualTo(Duration.ofMillis(millis));
        }
    }
}
