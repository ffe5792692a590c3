package fulcrum.app;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.directory.Document;
import fulcrum.media.AudioFile;
import fulcrum.media.Clip;
import fulcrum.phone.Login;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

class CallCommandTest {
    private static final String TONE =
            "{ \"module\": \"play\", \"data\": { \"id\": \"tone_stream://%(600,100,700)\" },"
                    + " \"children\": { \"_\": ";

    @SuppressWarnings("NullAway.Init") // made before the first test
    private static OpenHouse house;

    @SuppressWarnings("NullAway.Init") // made before the first test
    private static HandlerWeb web;

    @TempDir private Path folder = Path.of("");

    @BeforeAll
    static void open() throws IOException {
        web = new HandlerWeb();
        web.answer("/pin", TONE + " { \"module\": \"hangup\", \"data\": {} } } }");
        house = OpenHouse.open();
        house.callflow(
                "1000",
                TONE
                        + """
                        { "module": "collect_dtmf", "data": { "max_digits": 8 }, "children": { "_": {
                          "module": "pivot", "data": { "voice_url": "%s" } } } } } }"""
                                .formatted(web.url("/pin")));
    }

    @AfterAll
    static void close() {
        house.close();
        web.close();
    }

    private static CommandRun call(String... words) {
        List<String> all =
                new java.util.ArrayList<>(
                        List.of(
                                "call",
                                "--server",
                                house.api().toString(),
                                "--api-key",
                                house.apiKey()));
        all.addAll(List.of(words));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private static List<Document> devices() {
        return house.directory().all(house.masterAccountId(), "device");
    }

    @Test
    void a_call_presses_keys_keeps_what_was_heard_and_leaves_no_device() {
        int before = devices().size();
        Path heard = folder.resolve("heard.wav");
        CommandRun run = call("1000", "--press", "12w34#", "--save", heard.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("presses 1", "presses 4", "presses #", "the server hung up");
        assertThat(run.code()).isZero();
        assertThat(web.asked()).anySatisfy(ask -> assertThat(ask).contains("Digits[default]=1234"));
        assertThat(soundSeconds(AudioFile.read(heard))).isGreaterThan(1); // two tones of 0.6 s
        assertThat(devices()).hasSize(before);
    }

    private static double soundSeconds(Clip clip) {
        int loud = 0;
        for (short sample : clip.samples()) {
            loud += Math.abs(sample) > 1000 ? 1 : 0;
        }
        return (double) loud / clip.sampleRate();
    }

    @Test
    void a_refused_call_is_told_with_exit_code_1_and_leaves_no_device() {
        int before = devices().size();
        CommandRun run = call("4711");
        assertThat(run.out()).contains("refused with 404");
        assertThat(run.code()).isEqualTo(1);
        assertThat(devices()).hasSize(before);
    }

    /// Records are written a moment after their calls.
    private String recordsOnceThereAre(String word) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        String records = house.cdrs().toString();
        while (!records.contains(word) && System.nanoTime() < end) {
            Thread.onSpinWait();
            records = house.cdrs().toString();
        }
        return records;
    }

    @Test
    void a_device_that_is_there_can_call() {
        Login login = house.phone("desk");
        String id =
                devices().stream()
                        .filter(one -> one.text("sip", "username").orElse("").equals("desk"))
                        .findFirst()
                        .orElseThrow()
                        .id();
        CommandRun run = call("1000", "--press", "99#", "--as", id);
        assertThat(run.code()).isZero();
        assertThat(web.asked()).anySatisfy(ask -> assertThat(ask).contains("Digits[default]=99"));
        assertThat(recordsOnceThereAre(login.username())).contains(login.username());
        assertThat(devices().stream().map(Document::id)).contains(id);
    }

    @Test
    void a_wrong_key_is_told_in_one_line() {
        CommandRun run =
                CommandRun.of(
                        "call",
                        "1000",
                        "--server",
                        house.api().toString(),
                        "--api-key",
                        Secrets.apiKey());
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.err())
                .contains(
                        "404 to PUT /v2/api_auth",
                        "--api-key must be the key of one of its accounts");
        assertThat(run.code()).isEqualTo(2);
    }

    @Test
    void a_device_that_nobody_knows_is_told_in_one_line() {
        CommandRun run = call("1000", "--as", "0".repeat(32));
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.err()).contains("404", "/devices/" + "0".repeat(32));
        assertThat(run.code()).isEqualTo(2);
    }

    @Test
    void a_server_that_is_not_there_is_told_in_one_line() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String server = "http://127.0.0.1:" + port;
        CommandRun run = CommandRun.of("call", "1000", "--server", server, "--api-key", "x");
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.err()).contains("There is no server at " + server, "./fulcrum serve");
        assertThat(run.code()).isEqualTo(2);
    }

    @Test
    void the_server_and_the_key_may_come_from_the_environment() {
        Map<String, String> environment =
                Map.of("FULCRUM_SERVER", house.api().toString(), "FULCRUM_API_KEY", house.apiKey());
        try (ServerProcess process = ServerProcess.start(environment, "call", "4711")) {
            process.awaitLine(Pattern.compile("refused with 404"));
            assertThat(process.awaitExit()).isEqualTo(1);
        }
    }
}
