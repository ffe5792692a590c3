package fulcrum.app;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.directory.Json;
import fulcrum.phone.Login;
import fulcrum.phone.PhoneCall;
import fulcrum.phone.SoftPhone;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The server as a process: signals, and what is on disk after it was shot.
class ServeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String KEY = "0a".repeat(32);
    private static final String REALM = "fulcrum.local";
    private static final String ENDLESS =
            """
            { "module": "play", "data": { "id": "tone_stream://%(1000,500,440);loops=600" } }""";

    @TempDir private Path data = Path.of("");

    /// A device and the number 1000, whose calls go on until the caller hangs up.
    private static Login furnish(ServerProcess.Addresses addresses) {
        try (Errands errands = new Errands(addresses.api())) {
            errands.logIn(KEY);
            ObjectNode device = Json.object();
            device.put("name", "Desk");
            device.putObject("sip").put("username", "desk").put("password", "desk-secret");
            errands.account("PUT", "/devices", device);
            ObjectNode callflow = Json.object();
            callflow.putArray("numbers").add("1000");
            callflow.set("flow", Json.object(ENDLESS));
            errands.account("PUT", "/callflows", callflow);
        }
        return login(addresses);
    }

    private static Login login(ServerProcess.Addresses addresses) {
        return new Login("desk", "desk-secret", REALM, "Desk", addresses.sip());
    }

    private static int status(ServerProcess.Addresses addresses, String path)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(addresses.api() + path)).build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    /// Sends an INVITE without credentials and waits for its answer.
    private static String answerToInvite(InetSocketAddress server) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String own = "127.0.0.1:" + socket.getLocalPort();
            String invite =
                    """
                    INVITE sip:1000@%1$s SIP/2.0
                    Via: SIP/2.0/UDP %2$s;branch=z9hG4bK-late
                    Max-Forwards: 70
                    From: <sip:desk@%1$s>;tag=late
                    To: <sip:1000@%1$s>
                    Call-ID: late@%2$s
                    CSeq: 1 INVITE
                    Contact: <sip:desk@%2$s>
                    Content-Length: 0

                    """
                            .formatted(REALM, own)
                            .replace("\n", "\r\n");
            byte[] bytes = invite.getBytes(StandardCharsets.UTF_8);
            socket.send(new DatagramPacket(bytes, bytes.length, server));
            socket.setSoTimeout((int) PATIENCE.toMillis());
            DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
            socket.receive(answer);
            return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void sigterm_refuses_new_calls_lets_the_running_one_go_on_and_ends_after_it()
            throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.serve(data, KEY, "--drain-seconds", "120")) {
            ServerProcess.Addresses addresses = server.awaitReady();
            assertThat(status(addresses, "/readyz")).isEqualTo(200);
            assertThat(status(addresses, "/healthz")).isEqualTo(200);
            try (SoftPhone phone = SoftPhone.open(furnish(addresses))) {
                PhoneCall running = phone.call("1000");
                assertThat(running.awaitAnswer(PATIENCE)).isTrue();
                server.terminate();
                awaitStatus(addresses, "/readyz", 503);
                assertThat(status(addresses, "/healthz")).isEqualTo(200);

                String answer = answerToInvite(addresses.sip());
                assertThat(answer).startsWith("SIP/2.0 503 ").containsPattern("Retry-After: \\d+");
                int heard = running.hearing().length();
                assertThat(running.hearing().awaitMoreThan(heard + 8000, PATIENCE))
                        .as("the running call is heard for another second")
                        .isTrue();
                assertThat(server.isRunning()).isTrue();
                running.hangUp();
                assertThat(running.awaitEnd(PATIENCE)).isPresent();
            }
            server.awaitExit();
            assertThat(String.join("\n", server.lines())).doesNotContain("ERROR", "Exception");
            assertThat(server.lines())
                    .as("what becomes of calls is told to the end")
                    .anyMatch(line -> line.endsWith(": NORMAL_CLEARING, the caller hung up"));
        }
    }

    /// The signal takes its time.
    private static void awaitStatus(ServerProcess.Addresses addresses, String path, int wanted)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        int status = status(addresses, path);
        while (status != wanted && System.nanoTime() < end) {
            status = status(addresses, path);
        }
        assertThat(status).isEqualTo(wanted);
    }

    @Test
    void sigterm_ends_calls_that_go_on_for_too_long() {
        try (ServerProcess server = ServerProcess.serve(data, KEY, "--drain-seconds", "1")) {
            try (SoftPhone phone = SoftPhone.open(furnish(server.awaitReady()))) {
                PhoneCall running = phone.call("1000");
                assertThat(running.awaitAnswer(PATIENCE)).isTrue();
                server.terminate();
                PhoneCall.Ending ending = running.awaitEnd(PATIENCE).orElseThrow();
                assertThat(ending.byThem()).isTrue();
                assertThat(ending.status()).isZero();
            }
            server.awaitExit();
        }
    }

    @Test
    void after_sigkill_during_a_call_the_same_folder_serves_again_with_everything_in_it() {
        try (ServerProcess shot = ServerProcess.serve(data, KEY)) {
            try (SoftPhone phone = SoftPhone.open(furnish(shot.awaitReady()))) {
                assertThat(phone.call("1000").awaitAnswer(PATIENCE)).isTrue();
                shot.kill();
            }
        }
        try (ServerProcess again = ServerProcess.serve(data, KEY, "--log", "json")) {
            ServerProcess.Addresses addresses = again.awaitReady();
            try (Errands errands = new Errands(addresses.api())) {
                errands.logIn(KEY);
                assertThat(names(errands, "/devices", "name")).containsExactly("Desk");
                assertThat(names(errands, "/callflows", "numbers")).containsExactly("[\"1000\"]");
            }
            try (SoftPhone phone = SoftPhone.open(login(addresses))) {
                PhoneCall call = phone.call("1000");
                assertThat(call.awaitAnswer(PATIENCE)).isTrue();
                call.hangUp();
                assertThat(call.awaitEnd(PATIENCE)).isPresent();
            }
            again.awaitLine(Pattern.compile("Ended|ended|over"));
            assertThat(again.lines())
                    .allSatisfy(line -> assertThat(Json.object(line).has("message")).isTrue());
        }
    }

    private static List<String> names(Errands errands, String path, String field) {
        List<String> names = new java.util.ArrayList<>();
        for (JsonNode row : errands.account("GET", path, Json.object())) {
            JsonNode value = row.path(field);
            names.add(value.isString() ? value.stringValue() : value.toString());
        }
        return names;
    }

    @Test
    void the_first_start_without_a_key_shows_one_and_the_next_does_not() {
        String[] words = {
            "serve", "--data", data.toString(), "--http", "127.0.0.1:0", "--sip", "127.0.0.1:0"
        };
        Pattern told = Pattern.compile("API key of the master account.*: ([0-9a-f]{64})$");
        try (ServerProcess first = ServerProcess.start(Map.of(), words)) {
            String key = first.awaitLine(told).group(1);
            try (Errands errands = new Errands(first.awaitReady().api())) {
                errands.logIn(key);
                assertThat(errands.accountId()).isNotEmpty();
            }
            first.terminate();
            first.awaitExit();
        }
        try (ServerProcess second = ServerProcess.start(Map.of(), words)) {
            second.awaitReady();
            second.terminate();
            second.awaitExit();
            assertThat(second.lines()).noneMatch(line -> told.matcher(line).find());
        }
    }
}
