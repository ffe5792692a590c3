package fulcrum.app;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.storage.DataFolder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class MainTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final String KEY = "0a".repeat(32);

    @TempDir private Path folder = Path.of("");

    /// Runs `serve` with settings that let it start, and then these words.
    private CommandRun serve(String... words) {
        List<String> all =
                new java.util.ArrayList<>(
                        List.of(
                                "serve",
                                "--data",
                                folder.resolve("data").toString(),
                                "--http",
                                "127.0.0.1:0",
                                "--sip",
                                "127.0.0.1:0",
                                "--rtp-ports",
                                "0-0",
                                "--api-key",
                                KEY));
        for (int i = 0; i < words.length; i += 2) {
            int there = all.indexOf(words[i]);
            if (there < 0) {
                all.add(words[i]);
                all.add(words[i + 1]);
            } else {
                all.set(there + 1, words[i + 1]);
            }
        }
        return CommandRun.of(all.toArray(String[]::new));
    }

    private static void assertRefusedInOneLine(CommandRun run, String... parts) {
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.err()).contains(parts);
        assertThat(run.code()).isEqualTo(2);
    }

    @Test
    void without_words_the_commands_are_listed() {
        CommandRun run = CommandRun.of();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("demo", "serve", "dev", "call", "simulate", "generate", "bench", "test")
                .contains("--help");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"demo", "serve", "dev", "call", "simulate", "generate", "bench", "test"})
    void every_command_has_a_help_text_with_an_example(String command) {
        CommandRun run = CommandRun.of(command, "--help");
        assertThat(run.code()).isZero();
        assertThat(run.out()).containsPattern("Example:\\s+\\./fulcrum " + command);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void the_help_of_serve_has_every_setting_with_its_default() {
        String help = CommandRun.of("serve", "--help").out();
        for (Setting setting : ConfigReader.settings()) {
            assertThat(help).contains("--" + setting.name());
        }
        assertThat(help).contains("127.0.0.1:8000", "0.0.0.0:5060", "--config", "--print-config");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '"',
            value = {
                "serv @ There is no command `serv`; ./fulcrum alone lists them",
                "--nope @ Unknown option: '--nope'; try ./fulcrum --help",
                "serve --nope @ Unknown option: '--nope'; try ./fulcrum serve --help",
                "serve surplus @ 'surplus'",
                "serve --data @ --data",
                "serve --http 8000 @ --http: `8000` is not HOST:PORT, for example 127.0.0.1:8000",
                "serve --sip 127.0.0.1:65536 @ --sip: `127.0.0.1:65536` is not HOST:PORT",
                "serve --rtp-ports 5 @ --rtp-ports: `5` is not a port range",
                "serve --rtp-ports 2000-1000 @ --rtp-ports: the port range `2000-1000` must lie within",
                "serve --log xml @ --log: `xml` is not a value for it",
                "serve --drain-seconds -1 @ --drain-seconds must be 0 to 86400, was -1",
                "serve --sip-digest md6 @ --sip-digest",
                "serve --config nowhere.yaml @ --config: cannot read nowhere.yaml: nowhere.yaml does not exist",
                "dev @ 'URL'; try ./fulcrum dev --help",
                "dev nonsense @ `nonsense` is not a URL of a handler, for example http://",
                "call @ 'NUMBER'; try ./fulcrum call --help",
                "call 1 --server nonsense --api-key x @ `nonsense` is not the URL of a server",
                "call 1 --press 1x --api-key x @ --press: keys are 0 to 9",
                "call 1 --say nowhere.wav --api-key x @ --say: cannot read nowhere.wav",
                "call 1 --save /nowhere/x.wav --api-key x @ --save: /nowhere/x.wav cannot be written",
                "demo --once --save /nowhere/x.wav @ --save: /nowhere/x.wav cannot be written",
                "simulate @ 'URL|FLOW.json'; try ./fulcrum simulate --help",
                "simulate nowhere.json @ `nowhere.json` is neither an http URL nor a file",
                "simulate http://127.0.0.1/ --press 1x @ --press: keys are 0 to 9",
            })
    void words_that_cannot_be_carried_out_are_told_in_one_line(String words, String told) {
        assertRefusedInOneLine(CommandRun.of(words.split(" ")), told);
    }

    @Test
    void a_bad_api_key_is_answered_with_a_fresh_one_that_works() {
        CommandRun run = CommandRun.of("serve", "--api-key", "secret");
        assertRefusedInOneLine(run, "64 hexadecimal digits");
        Matcher fresh = Pattern.compile("\\b[0-9a-f]{64}\\b").matcher(run.err());
        assertThat(fresh.find()).isTrue();
        CommandRun next = CommandRun.of("serve", "--print-config", "--api-key", fresh.group());
        assertThat(next.code()).isZero();
    }

    @Test
    void a_key_in_the_config_file_that_nobody_knows_is_told_with_its_line() throws IOException {
        Path file = folder.resolve("f.yaml");
        Files.writeString(file, "# ours\nhttp: 127.0.0.1:0\nhtpp: 127.0.0.1:1\n");
        assertRefusedInOneLine(
                CommandRun.of("serve", "--config", file.toString()),
                file + ", line 3: nobody knows `htpp`; there are data, http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: [1", "- 1", "http: {a: 1}"})
    void a_config_file_that_is_none_is_told_in_one_line(String text) throws IOException {
        Path file = folder.resolve("f.yaml");
        Files.writeString(file, text);
        assertRefusedInOneLine(CommandRun.of("serve", "--config", file.toString()), "f.yaml");
    }

    @Test
    void a_taken_sip_port_is_told_in_one_line() throws IOException {
        try (DatagramSocket taken = new DatagramSocket(0, LOOPBACK)) {
            String place = "127.0.0.1:" + taken.getLocalPort();
            assertRefusedInOneLine(
                    serve("--sip", place),
                    "UDP " + place,
                    "already in use",
                    "choose another with --sip");
        }
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            String place = "127.0.0.1:" + taken.getLocalPort();
            assertRefusedInOneLine(serve("--sip", place), "TCP " + place, "already in use");
        }
    }

    @Test
    void a_taken_http_port_is_told_in_one_line_and_everything_is_let_go_of() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            String place = "127.0.0.1:" + taken.getLocalPort();
            assertRefusedInOneLine(
                    serve("--http", place),
                    "the API cannot listen on " + place,
                    "already in use",
                    "choose another with --http");
        }
        DataFolder.open(folder.resolve("data")).close(); // nobody holds it any more
    }

    @Test
    void a_host_that_nobody_knows_is_told_in_one_line() {
        assertRefusedInOneLine(serve("--http", "no.such.host.invalid:1"), "no.such.host.invalid");
    }

    @Test
    void an_address_that_is_not_of_this_machine_is_told_in_one_line() {
        assertRefusedInOneLine(
                serve("--sip", "192.0.2.1:0"), "UDP 192.0.2.1:0", "choose another with --sip");
    }

    @Test
    void a_data_folder_that_cannot_be_written_is_told_in_one_line() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        assertRefusedInOneLine(
                serve("--data", file.toString()),
                "cannot write to the data folder " + file,
                "choose another with --data DIR");
        assertRefusedInOneLine(
                serve("--data", "/proc/fulcrum"),
                "cannot write to the data folder /proc/fulcrum",
                "choose another with --data DIR");
    }

    @Test
    void a_data_folder_of_another_server_is_told_in_one_line() {
        Path data = folder.resolve("data");
        try (DataFolder other = DataFolder.open(data)) {
            assertRefusedInOneLine(
                    serve(), "the data folder " + other.path() + " is in use by another server");
        }
    }
}
