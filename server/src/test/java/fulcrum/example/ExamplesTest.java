package fulcrum.example;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.HttpAnswer;
import fulcrum.call.HttpAsk;
import fulcrum.interop.Program;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;
import fulcrum.sdk.ScriptedDriver;
import fulcrum.web.AddressGuard;
import fulcrum.web.GuardedClient;
import fulcrum.web.LocalUrls;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

class ExamplesTest {
    private static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();

    @TempDir private Path folder = Path.of("");

    /// In what an example is written.
    enum Language {
        PHP("php", "php"),
        NODE("node", "js"),
        PYTHON("python3", "py");

        private final String interpreter;
        private final String ending;

        Language(String interpreter, String ending) {
            this.interpreter = interpreter;
            this.ending = ending;
        }

        private List<String> command(String example, int port) {
            String file = EXAMPLES.resolve(example + "." + ending).toString();
            return this == PHP
                    ? List.of(interpreter, "-S", "127.0.0.1:" + port, file)
                    : List.of(interpreter, file, String.valueOf(port));
        }
    }

    /// Plays a scenario with the example as the web server.
    private Outcome plays(Language language, String example, String query, Story story) {
        Program.require(language.interpreter);
        int port = Program.freePort();
        String url = "http://127.0.0.1:" + port + "/" + query;
        try (Program handler = Program.start(folder, language.command(example, port));
                GuardedClient client =
                        new GuardedClient(
                                new AddressGuard(LocalUrls.ALL),
                                GuardedClient.Settings.of("Fulcrum/test"))) {
            handler.awaitPort(port, 20);
            Outcome outcome =
                    story.of(url).plays(ScriptedDriver.flows().with(ask -> answer(client, ask)));
            assertThat(outcome.crashes()).isEmpty();
            assertThat(outcome.notices()).isEmpty();
            return outcome;
        }
    }

    /// What happens, given where the handler is.
    private interface Story {
        Scenario of(String url);
    }

    private static HttpAnswer answer(GuardedClient client, HttpAsk ask) {
        CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
        client.fetch(ask, answer::complete);
        return answer.join();
    }

    private static String pivot(String url) {
        return "{\"module\":\"pivot\",\"data\":{\"voice_url\":\"" + url + "\"}}";
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void a_caller_is_greeted_by_first_name(Language language) {
        Outcome outcome =
                plays(
                        language,
                        "greeting/greeting",
                        "",
                        url -> Scenario.callFrom("Ann Lee", "+14155550111", pivot(url)));
        assertThat(outcome.heard()).containsExactly("Hi Ann");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void a_caller_without_a_name_is_looked_up_and_a_stranger_is_greeted_too(Language language) {
        assertThat(
                        plays(
                                        language,
                                        "greeting/greeting",
                                        "",
                                        url -> Scenario.callFrom("", "+14155550100", pivot(url)))
                                .heard())
                .containsExactly("Hi Bob");
        assertThat(
                        plays(
                                        language,
                                        "greeting/greeting",
                                        "",
                                        url -> Scenario.callFrom("", "+14155550199", pivot(url)))
                                .heard())
                .containsExactly("Hello, caller");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void a_wrong_pin_may_be_tried_again(Language language) {
        Outcome outcome =
                plays(
                        language,
                        "pin-check/pin",
                        "",
                        url ->
                                Scenario.callTo(pivot(url))
                                        .hearsAllOf("Please enter your PIN.")
                                        .presses("1111")
                                        .hearsAllOf("That is not right. Please try again.")
                                        .presses("4711")
                                        .hears("Thank you. You are in."));
        assertThat(outcome.ending().byPerson()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void three_wrong_pins_or_silence_end_the_call(Language language) {
        Outcome outcome =
                plays(
                        language,
                        "pin-check/pin",
                        "",
                        url ->
                                Scenario.callTo(pivot(url))
                                        .hearsAllOf("Please enter your PIN.")
                                        .presses("1111")
                                        .hearsAllOf("That is not right. Please try again.")
                                        .presses("22#")
                                        .hearsAllOf("That is not right. Please try again.")
                                        .hears("That is not right either. Goodbye."));
        assertThat(outcome.ending().byPerson()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void the_hour_decides_what_is_heard(Language language) {
        String open = "The office is open. Please hold the line.";
        String closed = "The office is closed. We are here from nine to five.";
        assertThat(heardAt(language, 9)).containsExactly(open);
        assertThat(heardAt(language, 16)).containsExactly(open);
        assertThat(heardAt(language, 17)).containsExactly(closed);
        assertThat(heardAt(language, 3)).containsExactly(closed);
    }

    private List<String> heardAt(Language language, int hour) {
        return plays(
                        language,
                        "time-of-day/hours",
                        "?hour=" + hour,
                        url -> Scenario.callTo(pivot(url)))
                .heard();
    }
}
