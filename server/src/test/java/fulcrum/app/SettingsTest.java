package fulcrum.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

class SettingsTest {
    private static final String KEY = "0a".repeat(32);

    @TempDir private Path folder = Path.of("");

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("fulcrum.yaml"), text);
    }

    @Test
    void an_option_beats_the_environment_which_beats_the_file_which_beats_the_default()
            throws IOException {
        Path file = file("realm: of.file\nhttp: 127.0.0.1:1\ndrain-seconds: 1\n");
        Map<String, String> environment =
                Map.of("FULCRUM_REALM", "of.environment", "FULCRUM_HTTP", "127.0.0.1:2");
        Config config =
                ConfigReader.read(
                        Map.of("realm", "of.option"), environment, Optional.of(file), Map.of());
        assertThat(config.realm()).isEqualTo("of.option");
        assertThat(config.http()).hasToString("127.0.0.1:2");
        assertThat(config.drainSeconds()).isEqualTo(1);
        assertThat(config.sip()).hasToString("0.0.0.0:5060");
    }

    @Test
    void what_is_in_force_is_printed_without_secrets_and_can_be_read_back() throws IOException {
        CommandRun run =
                CommandRun.of(
                        "serve",
                        "--print-config",
                        "--api-key",
                        KEY,
                        "--realm",
                        "example.com",
                        "--log",
                        "json",
                        "--allow-local-urls");
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("realm: example.com\n", "log: json\n", "sip: \"0.0.0.0:5060\"\n")
                .contains("allow-local-urls: all\n", "# public-address: (not set)\n")
                .contains("api-key: \"(secret)\"\n")
                .doesNotContain(KEY);

        String kept = run.out().replaceAll("api-key: .*\n", "");
        CommandRun again =
                CommandRun.of("serve", "--print-config", "--config", file(kept).toString());
        assertThat(again.out().replaceAll("# api-key: .*\n", "")).isEqualTo(kept);
    }

    @Test
    void a_process_reads_its_environment() throws IOException {
        Path file = file("realm: of.file\nlog: json\n");
        Map<String, String> environment =
                Map.of(
                        "FULCRUM_CONFIG",
                        file.toString(),
                        "FULCRUM_REALM",
                        "of.environment",
                        "FULCRUM_RTP_PORTS",
                        "20000-20010",
                        "FULCRUM_API_KEY",
                        KEY);
        try (ServerProcess process =
                ServerProcess.start(
                        environment, "serve", "--print-config", "--rtp-ports", "30000-30010")) {
            process.awaitLine(Pattern.compile("^rtp-ports: 30000-30010$"));
            process.awaitLine(Pattern.compile("^realm: of\\.environment$"));
            process.awaitLine(Pattern.compile("^log: json$"));
            assertThat(process.awaitExit()).isZero();
            assertThat(String.join("\n", process.lines())).doesNotContain(KEY);
        }
    }
}
