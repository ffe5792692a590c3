package fulcrum.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class SimulateCommandTest {
    private static final String GOODBYE =
            """
            { "module": "play", "data": { "id": "goodbye" },
              "children": { "_": { "module": "hangup", "data": {} } } }""";

    @TempDir private Path folder = Path.of("");

    private CommandRun simulate(String flow, String... more) throws IOException {
        String file = Files.writeString(folder.resolve("flow.json"), flow).toString();
        String[] words = new String[2 + more.length];
        words[0] = "simulate";
        words[1] = file;
        System.arraycopy(more, 0, words, 2, more.length);
        return CommandRun.of(words);
    }

    @Test
    void a_valid_flow_is_played_on_virtual_time_with_exit_code_0() throws IOException {
        CommandRun run =
                simulate(
                        """
                        { "module": "sleep", "data": { "duration": 3600 }, "children": { "_":
                        """
                                + GOODBYE
                                + " } }",
                        "--from",
                        "+4930123456");
        assertThat(run.out())
                .contains("caller hears: goodbye", "The conversation was valid; it lasted 360");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
    }

    @Test
    void a_file_that_is_not_json_is_told_in_one_line_with_the_place() throws IOException {
        CommandRun run = simulate("{ \"module\": \"play\",\n  \"data\" }");
        assertThat(run.out().lines()).hasSize(1);
        assertThat(run.out()).contains("flow.json, line 2, column ", "not JSON");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void a_file_that_holds_no_flow_is_told_in_one_line() throws IOException {
        CommandRun run = simulate("[]");
        assertThat(run.out().lines()).hasSize(1);
        assertThat(run.out()).contains("flow.json: a flow is a JSON object");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void a_flow_that_the_server_would_not_save_is_told_with_the_pointer() throws IOException {
        CommandRun run =
                simulate(
                        """
                        { "module": "noop", "data": {}, "children": { "_": {
                          "module": "collect_dtmf", "data": { "max_digits": "many" } } } }""");
        assertThat(run.out()).contains("flow.json /children/_/data/max_digits: ");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void an_action_that_nobody_knows_is_told() throws IOException {
        CommandRun run = simulate("{ \"module\": \"nonesuch\", \"data\": {} }");
        assertThat(run.out()).contains("nonesuch").contains("Not everything was right");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void a_handler_is_asked_with_the_keys_that_were_pressed() throws IOException {
        try (HandlerWeb web = new HandlerWeb()) {
            web.answer("/digits", GOODBYE);
            String url =
                    web.answer(
                            "/answer",
                            """
                            { "module": "collect_dtmf", "data": { "max_digits": 4 }, "children": { "_": {
                              "module": "pivot", "data": { "voice_url": "%s" } } } }"""
                                    .formatted(web.url("/digits")));
            CommandRun run = CommandRun.of("simulate", url, "--press", "1w2#", "--from", "100");
            assertThat(run.out()).contains("caller presses 1", "caller hears: goodbye");
            assertThat(run.code()).isZero();
            assertThat(web.asked()).hasSize(2);
            assertThat(web.asked().getFirst()).startsWith("/answer").contains("100");
            assertThat(web.asked().getLast()).startsWith("/digits").contains("Digits[default]=12");
        }
    }

    @Test
    void a_handlers_broken_json_is_told_with_line_and_column() throws IOException {
        try (HandlerWeb web = new HandlerWeb()) {
            String url = web.answer("/broken", "{ \"module\": \"play\",\n  \"data\": { \"id\" } }");
            CommandRun run = CommandRun.of("simulate", url);
            assertThat(run.out()).containsPattern("problem.*line 2, column \\d+");
            assertThat(run.code()).isEqualTo(1);
        }
    }

    @Test
    void a_handler_that_is_not_there_is_told() throws IOException {
        try (HandlerWeb web = new HandlerWeb()) {
            CommandRun run = CommandRun.of("simulate", web.url("/nothing"));
            assertThat(run.out()).contains("404");
            assertThat(run.code()).isEqualTo(1);
        }
    }
}
