package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.CallEvent;
import fulcrum.call.Sound;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class PlayTest {
    private static final Duration SOUND = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private static Scenario playing(String data) {
        return Scenario.callTo(node("play", data, early("next")));
    }

    @Test
    void a_call_is_answered_and_after_a_short_pause_the_media_is_heard_once() {
        Outcome call = playing("{'id':'welcome'}").plays();
        assertThat(call.heard()).containsExactly("welcome", "next");
        assertThat(call.ending().answered()).isTrue();
        assertThat(call.lasted()).isEqualTo(PAUSE.plus(SOUND).plus(SOUND));
    }

    @Test
    void only_an_explicit_false_keeps_the_call_unanswered() {
        for (String no : List.of("false", "'false'")) {
            Outcome call = playing("{'id':'welcome','answer':" + no + "}").plays();
            assertThat(call.ending().answered()).isFalse();
            assertThat(call.heard()).containsExactly("welcome", "next");
            assertThat(call.lasted()).isEqualTo(SOUND.plus(SOUND));
        }
        for (String yes : List.of("true", "null", "'no'", "0", "{}")) {
            Outcome call = playing("{'id':'welcome','answer':" + yes + "}").plays();
            assertThat(call.ending().answered()).as(yes).isTrue();
        }
    }

    @Test
    void a_name_is_the_accounts_media_and_what_has_a_slash_is_taken_as_it_is() {
        assertThat(sound("welcome")).isEqualTo("/" + Scenario.ACCOUNT + "/welcome");
        for (String full :
                List.of(
                        "http://a.example/b.mp3",
                        "tone_stream://%(200,100,440)",
                        "prompt://acc/vm-goodbye/en-us",
                        "/other/doc",
                        "system_media_file")) {
            assertThat(sound(full)).isEqualTo(full);
        }
    }

    private static String sound(String id) {
        Outcome call = Scenario.callTo(node("play", "{'id':'" + id + "'}")).plays();
        Sound sound = call.sounds().getFirst();
        return ((Sound.Media) sound).reference();
    }

    @Test
    void any_key_stops_it_and_keys_are_kept_for_the_next_collection() {
        Outcome call =
                playing("{'id':'welcome'}").hears("welcome").presses("5").hears("next").plays();
        assertThat(call.kept("default")).isEqualTo("5");
        assertThat(call.lasted()).isLessThan(SOUND.plus(SOUND));
    }

    @Test
    void only_the_keys_named_as_terminators_stop_it_and_the_others_are_kept_too() {
        String data = "{'id':'welcome','terminators':['#','x']}";
        Outcome call = playing(data).hears("welcome").presses("12#").hears("next").plays();
        assertThat(call.kept("default")).isEqualTo("12#");
        assertThat(call.lasted()).isEqualTo(PAUSE.plusMillis(400).plus(SOUND));
    }

    @Test
    void an_empty_list_of_terminators_lets_no_key_stop_it() {
        String data = "{'id':'welcome','terminators':[]}";
        Outcome call = playing(data).hears("welcome").presses("12#").plays();
        assertThat(call.kept("default")).isEqualTo("12#");
        assertThat(call.lasted()).isEqualTo(PAUSE.plus(SOUND).plus(SOUND));
    }

    @Test
    void keys_pressed_before_it_began_do_not_stop_it() {
        String flow = node("answer", "{}", node("sleep", "{'duration':1}", early("welcome")));
        Outcome call = Scenario.callTo(flow).presses("7").plays();
        assertThat(call.kept("default")).isEqualTo("7");
        assertThat(call.lasted()).isEqualTo(SOUND.plusSeconds(1));
    }

    @Test
    void it_is_played_as_often_as_told() {
        Duration twice = PAUSE.plus(SOUND.multipliedBy(2)).plus(SOUND);
        assertThat(playing("{'id':'a','loop_count':2}").plays().lasted()).isEqualTo(twice);
        assertThat(playing("{'id':'a','loop_count':'2'}").plays().lasted()).isEqualTo(twice);
        Duration once = PAUSE.plus(SOUND).plus(SOUND);
        assertThat(playing("{'id':'a','loop_count':0}").plays().lasted()).isEqualTo(once);
    }

    @Test
    void endless_playback_ends_with_a_key_or_the_caller() {
        Scenario stopped =
                playing("{'id':'a','endless_playback':true}")
                        .waits(Duration.ofMinutes(10))
                        .presses("1")
                        .hears("a")
                        .hears("next");
        assertThat(stopped.plays().lasted()).isEqualTo(Duration.ofMinutes(10).plus(SOUND));
        Scenario left =
                playing("{'id':'a','endless_playback':true}").waits(Duration.ofHours(2)).hangsUp();
        assertThat(left.plays().heard()).containsExactly("a");
    }

    @Test
    void without_an_id_nothing_is_played_and_the_call_is_not_answered() {
        for (String data : List.of("{}", "{'id':''}", "{'id':null}")) {
            Outcome call = playing(data).plays();
            assertThat(call.heard()).containsExactly("next");
            assertThat(call.ending().answered()).isFalse();
            assertThat(call.notices())
                    .extracting(CallEvent.Noticed::path)
                    .containsExactly("/data/id");
        }
    }

    @Test
    void what_cannot_be_played_is_noticed_and_the_flow_goes_on() {
        Outcome call = playing("{'id':'gone'}").cannotPlay("gone").plays();
        assertThat(call.heard()).containsExactly("next");
        assertThat(call.notices().getFirst().message()).contains("cannot be played");
    }
}
