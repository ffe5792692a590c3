package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class CollectDtmfTest {
    private static final Duration NEXT = Duration.ofSeconds(2);
    private static final String PIN = "{'max_digits':4,'collection_name':'pin'}";

    private static Scenario collecting(String data) {
        return Scenario.callTo(node("collect_dtmf", data, early("next")));
    }

    /// A prompt that no key stops, then a collection.
    private static Scenario behindPrompt(String data) {
        String collect = node("collect_dtmf", data, early("next"));
        return Scenario.callTo(node("play", "{'id':'prompt','terminators':[]}", collect))
                .hears("prompt");
    }

    @Test
    void the_maximum_ends_it_at_once_and_the_call_is_answered() {
        Outcome call = collecting(PIN).presses("1234").hears("next").plays();
        assertThat(call.kept("pin")).isEqualTo("1234");
        assertThat(call.lasted()).isEqualTo(NEXT.plusMillis(600));
        assertThat(call.ending().answered()).isTrue();
    }

    @Test
    void a_terminator_ends_it_and_is_not_kept() {
        Outcome call = collecting(PIN).presses("12#").hears("next").plays();
        assertThat(call.kept("pin")).isEqualTo("12");
        assertThat(call.lasted()).isEqualTo(NEXT.plusMillis(400));
    }

    @Test
    void a_silent_caller_goes_on_after_five_seconds_with_an_empty_collection() {
        Outcome call = collecting(PIN).plays();
        assertThat(call.kept()).containsEntry("pin", "");
        assertThat(call.lasted()).isEqualTo(NEXT.plusSeconds(5));
    }

    @Test
    void one_digit_and_then_silence_goes_on_after_two_seconds() {
        Outcome call = collecting(PIN).presses("1").plays();
        assertThat(call.kept("pin")).isEqualTo("1");
        assertThat(call.lasted()).isEqualTo(NEXT.plusSeconds(2));
    }

    @Test
    void both_waits_can_be_told() {
        String data = "{'max_digits':3,'timeout':1000,'interdigit_timeout':'300'}";
        assertThat(collecting(data).plays().lasted()).isEqualTo(NEXT.plusSeconds(1));
        Outcome call = collecting(data).presses("1").plays();
        assertThat(call.lasted()).isEqualTo(NEXT.plusMillis(300));
    }

    @Test
    void without_data_one_digit_goes_into_the_default_collection() {
        Outcome call = collecting("{}").presses("7").hears("next").presses("8").plays();
        assertThat(call.kept("default")).startsWith("7");
        assertThat(collecting("{}").presses("#").plays().kept()).containsEntry("default", "");
    }

    @Test
    void another_terminator_takes_the_place_of_the_hash() {
        Outcome call = collecting("{'max_digits':9,'terminator':'*'}").presses("1#2*").plays();
        assertThat(call.kept("default")).isEqualTo("1#2");
    }

    @Test
    void several_terminators_count_only_when_the_single_one_is_absent() {
        String several = "{'max_digits':9,'terminators':['*','0']}";
        assertThat(collecting(several).presses("1#20").plays().kept("default")).isEqualTo("1#2");
        assertThat(collecting(several).presses("1#2*").plays().kept("default")).isEqualTo("1#2");
        String both = "{'max_digits':9,'terminator':'#','terminators':['*','0']}";
        assertThat(collecting(both).presses("1*0#").plays().kept("default")).isEqualTo("1*0");
    }

    @Test
    void digits_typed_during_a_prompt_count_and_the_rest_is_collected() {
        Outcome call =
                behindPrompt(PIN).presses("12").waits(Duration.ofSeconds(2)).presses("34").plays();
        assertThat(call.kept("pin")).isEqualTo("1234");
        assertThat(call.kept()).doesNotContainKey("default");
    }

    @Test
    void early_digits_that_reach_the_maximum_are_enough_and_the_surplus_is_lost() {
        Outcome call = behindPrompt(PIN).presses("123456").plays();
        assertThat(call.kept()).containsOnlyKeys("pin").containsEntry("pin", "1234");
        assertThat(call.lasted()).isEqualTo(NEXT.plusSeconds(2).plusMillis(100));
    }

    @Test
    void early_digits_are_cut_at_the_first_terminator_and_more_are_waited_for() {
        Outcome call =
                behindPrompt(PIN)
                        .presses("1#2")
                        .waits(Duration.ofSeconds(2))
                        .presses("34#")
                        .plays();
        assertThat(call.kept("pin")).isEqualTo("134");
    }

    @Test
    void digits_pressed_while_nothing_played_count_too() {
        String flow =
                node("answer", "{}", node("sleep", "{'duration':1}", node("collect_dtmf", PIN)));
        Outcome call = Scenario.callTo(flow).presses("12#").plays();
        assertThat(call.kept("pin")).isEqualTo("12");
        assertThat(call.lasted()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void an_existing_value_is_replaced() {
        String flow = node("collect_dtmf", PIN, node("collect_dtmf", PIN));
        Outcome call = Scenario.callTo(flow).presses("12#").presses("9#").plays();
        assertThat(call.kept("pin")).isEqualTo("9");
    }

    @Test
    void a_caller_who_leaves_meanwhile_stores_nothing_and_keeps_what_was_typed_before() {
        Outcome call =
                behindPrompt(PIN).presses("12").waits(Duration.ofSeconds(3)).hangsUp().plays();
        assertThat(call.kept()).containsOnlyKeys("default").containsEntry("default", "12");
    }

    @Test
    void impossible_data_collects_nothing_and_goes_on() {
        for (String data :
                List.of(
                        "{'max_digits':0}",
                        "{'timeout':0}",
                        "{'interdigit_timeout':-1}",
                        "{'max_digits':'many'}",
                        "{'terminator':'A'}",
                        "{'terminator':'##'}",
                        "{'terminators':[]}",
                        "{'terminators':['1','x']}")) {
            Outcome call = collecting(data).plays();
            assertThat(call.kept()).as(data).isEmpty();
            assertThat(call.heard()).containsExactly("next");
            assertThat(call.notices()).hasSize(1);
            assertThat(call.notices().getFirst().path()).startsWith("/data");
        }
    }
}
