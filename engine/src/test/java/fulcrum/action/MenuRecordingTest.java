package fulcrum.action;

import static fulcrum.testing.Nodes.children;
import static fulcrum.testing.Nodes.early;
import static fulcrum.testing.Nodes.json;
import static fulcrum.testing.Nodes.node;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.directory.Directory;
import fulcrum.directory.Document;
import fulcrum.sdk.Origin;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.ScriptedDriver;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class MenuRecordingTest {
    private static final String BEEP = "%(500,100,440)";
    private static final String PINNED = "'name':'Main','record_pin':'4321'";

    private final List<Directory> directories = new ArrayList<>();

    private static Scenario menu(String document) {
        return Scenario.callTo(
                        node(
                                "menu",
                                "{'id':'m1'}",
                                children("1", early("one"), "_", early("else"))))
                .document("menu", "m1", json("{" + document + "}"));
    }

    private Outcome plays(Scenario scenario) {
        Outcome outcome =
                scenario.plays(
                        ScriptedDriver.flows()
                                .furnished((world, baton) -> directories.add(world.directory())));
        assertThat(outcome.crashes()).isEmpty();
        return outcome;
    }

    private Document stored(String id) {
        return directories.getLast().find(Scenario.ACCOUNT, id).orElseThrow();
    }

    /// Dials the PIN and speaks for a while.
    private static Scenario recording(String document, Duration speech) {
        return menu(document)
                .hears("menu-no_prompt")
                .presses("4321")
                .hearsAllOf("vm-record_greeting")
                .hearsAllOf(BEEP)
                .waits(speech)
                .presses("#")
                .hears("vm-review_recording");
    }

    @Test
    void a_saved_greeting_becomes_the_menus_and_the_menu_begins_again() {
        Scenario scenario = recording(PINNED, Duration.ofSeconds(3)).presses("1");
        scenario.hears("vm-saved").hears("menu-return");
        Outcome call =
                plays(
                        scenario.waits(Duration.ofSeconds(3))
                                .presses("1#")
                                .waits(Duration.ofSeconds(1)));
        String greeting = stored("m1").text("media", "greeting").orElseThrow();
        assertThat(call.heard()).endsWith("menu-return", greeting, "one");
        Document media = stored(greeting);
        assertThat(media.type()).isEqualTo("media");
        assertThat(media.body().toString())
                .isEqualTo(
                        json(
                                "{'name':'Main menu greeting','description':'recorded by Ann Lee','source_type':'menu',"
                                        + "'source_id':'m1','media_source':'recording','streamable':true}"));
    }

    @Test
    void an_existing_greeting_keeps_its_document() {
        Scenario scenario =
                menu(PINNED + ",'media':{'greeting':'g1'}")
                        .document("media", "g1", json("{'name':'Old','description':'by me'}"))
                        .hears("g1")
                        .presses("4321")
                        .hearsAllOf("vm-record_greeting")
                        .hearsAllOf(BEEP)
                        .waits(Duration.ofSeconds(2))
                        .presses("5")
                        .hears("vm-review_recording")
                        .presses("1")
                        .hears("vm-saved");
        plays(scenario.waits(Duration.ofSeconds(5)).hangsUp());
        assertThat(stored("m1").text("media", "greeting")).contains("g1");
        assertThat(stored("g1").body().toString())
                .isEqualTo(json("{'name':'Old','description':'recorded by Ann Lee'}"));
    }

    @Test
    void a_recording_can_be_heard_and_made_again() {
        Scenario scenario = recording(PINNED, Duration.ofSeconds(3)).presses("2");
        scenario.waits(Duration.ofSeconds(3)).presses("3");
        Outcome call = plays(scenario.waits(Duration.ofSeconds(8)).hangsUp());
        assertThat(call.heard()).hasSize(8);
        assertThat(call.heard().get(4)).as("the recording itself").hasSize(32);
        assertThat(call.heard().subList(5, 8))
                .containsExactly("vm-review_recording", "vm-record_greeting", BEEP);
    }

    @Test
    void another_key_or_none_repeats_the_review() {
        Scenario scenario = recording(PINNED, Duration.ofSeconds(3)).presses("7");
        Outcome call = plays(scenario.waits(Duration.ofSeconds(20)).hangsUp());
        assertThat(call.heard().stream().filter("vm-review_recording"::equals).count())
                .isEqualTo(4);
    }

    @Test
    void a_recording_that_is_too_short_is_not_saved() {
        Scenario scenario = recording(PINNED, Duration.ofMillis(1200)).presses("1");
        scenario.hearsAllOf("vm-recording_to_short").hears("vm-record_greeting");
        plays(scenario.hangsUp());
        assertThat(stored("m1").text("media", "greeting")).isEmpty();
    }

    @Test
    void it_ends_by_itself_after_five_minutes() {
        Scenario scenario =
                menu(PINNED)
                        .hears("menu-no_prompt")
                        .presses("4321")
                        .hearsAllOf("vm-record_greeting")
                        .hearsAllOf(BEEP)
                        .waits(Duration.ofMinutes(5))
                        .hears("vm-review_recording");
        plays(scenario.hangsUp());
    }

    @Test
    void the_retries_are_as_before() {
        Scenario scenario = recording("'retries':1," + PINNED, Duration.ofSeconds(3)).presses("1");
        scenario.hears("vm-saved").hearsAllOf("menu-return");
        Outcome call =
                plays(
                        scenario.waits(Duration.ofSeconds(1))
                                .presses("1#")
                                .waits(Duration.ofSeconds(1)));
        assertThat(call.heard()).endsWith("one");
    }

    @Test
    void the_pin_works_for_outside_callers_only_when_the_menu_says_so() {
        Origin carrier = Origin.carrier("c1");
        Scenario refused = menu("'retries':1," + PINNED).comesFrom(carrier).presses("4321");
        assertThat(plays(refused.hears("menu-no_prompt").hears("menu-invalid_entry")).heard())
                .doesNotContain("vm-record_greeting");
        Scenario allowed =
                menu("'allow_record_from_offnet':true," + PINNED)
                        .comesFrom(carrier)
                        .presses("4321");
        plays(allowed.hears("menu-no_prompt").hears("vm-record_greeting").hangsUp());
    }

    @Test
    void a_caller_who_leaves_saves_nothing_wherever_he_is() {
        for (int millis = 0; millis < 15_000; millis += 500) {
            Scenario scenario =
                    menu(PINNED)
                            .hears("menu-no_prompt")
                            .presses("4321")
                            .waits(Duration.ofMillis(millis))
                            .hangsUp();
            Outcome call = plays(scenario);
            assertThat(call.ending().byPerson()).isTrue();
            assertThat(stored("m1").text("media", "greeting")).isEmpty();
        }
    }
}
