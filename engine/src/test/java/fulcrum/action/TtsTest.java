package fulcrum.action;

import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.Sound;
import fulcrum.flow.Settings;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.ScriptedDriver;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class TtsTest {
    private static final Duration HELLO = Duration.ofMillis(300);
    private static final Duration NEXT = Duration.ofSeconds(2);

    private static Scenario speaking(String data) {
        return Scenario.callTo(node("tts", data, early("next")));
    }

    private static Sound.Speech speech(String data) {
        Outcome call = speaking(data).plays();
        return (Sound.Speech) call.sounds().getFirst();
    }

    @Test
    void the_call_is_answered_and_the_text_is_heard_once() {
        Outcome call = speaking("{'text':'Hello'}").plays();
        assertThat(call.heard()).containsExactly("Hello", "next");
        assertThat(call.ending().answered()).isTrue();
        assertThat(call.lasted()).isEqualTo(HELLO.plus(NEXT));
    }

    @Test
    void voice_language_and_engine_come_from_the_node_the_call_or_the_settings() {
        assertThat(speech("{'text':'Hi'}"))
                .isEqualTo(new Sound.Speech("Hi", "male", "en-us", "flite"));
        assertThat(speech("{'text':'Hi','voice':'female','language':'en-GB','engine':'google'}"))
                .isEqualTo(new Sound.Speech("Hi", "female", "en-GB", "google"));
        String spanish = node("language", "{'language':'es'}", node("tts", "{'text':'Hola'}"));
        Settings settings =
                Settings.DEFAULT
                        .with("speech.tts_voice", "slt")
                        .with("speech.tts_provider", "ispeech");
        Outcome call =
                Scenario.callTo(spanish).plays(ScriptedDriver.flows(Actions.catalog(), settings));
        assertThat(call.sounds().getFirst())
                .isEqualTo(new Sound.Speech("Hola", "slt", "es", "ispeech"));
    }

    @Test
    void keys_stop_it_as_they_stop_a_recording() {
        Outcome any =
                speaking("{'text':'Hello'}").hears("Hello").presses("4").hears("next").plays();
        assertThat(any.kept("default")).isEqualTo("4");
        assertThat(any.lasted()).isEqualTo(NEXT);
        Outcome none =
                speaking("{'text':'Hello','terminators':[]}").hears("Hello").presses("4").plays();
        assertThat(none.lasted()).isEqualTo(HELLO.plus(NEXT));
        Outcome hash =
                speaking("{'text':'Hello','terminators':['#']}")
                        .hears("Hello")
                        .presses("4#")
                        .plays();
        assertThat(hash.kept("default")).isEqualTo("4#");
        assertThat(hash.lasted()).isEqualTo(NEXT.plusMillis(200));
    }

    @Test
    void endless_playback_repeats_it_until_a_key() {
        Outcome call =
                speaking("{'text':'Hello','endless_playback':true}")
                        .waits(Duration.ofMinutes(3))
                        .presses("1")
                        .plays();
        assertThat(call.lasted()).isEqualTo(Duration.ofMinutes(3).plus(NEXT));
    }

    @Test
    void without_a_text_nothing_is_said_and_the_flow_goes_on() {
        Outcome call = speaking("{}").plays();
        assertThat(call.heard()).containsExactly("next");
        assertThat(call.ending().answered()).isTrue();
        assertThat(call.notices().getFirst().path()).isEqualTo("/data/text");
    }

    @Test
    void a_text_that_cannot_be_spoken_stops_the_flow() {
        Outcome call = speaking("{'text':'Hello'}").cannotPlay("Hello").plays();
        assertThat(call.heard()).isEmpty();
        assertThat(call.notices().getFirst().message()).contains("cannot be spoken");
    }
}
