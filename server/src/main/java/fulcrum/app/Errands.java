package fulcrum.app;

import fulcrum.directory.Json;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Talks to a running server's REST interface on behalf of a command.
final class Errands implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LONGEST_REASON = 200;

    /// A server lets in one log-in every 3.5 s from one address (REST conventions §16): so long one is tried again.
    private static final int TRIES = 15;

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final int TOO_MANY = 429;

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String server;
    private String token = "";
    private String accountId = "";

    /// @param server such as `http://127.0.0.1:8000`
    Errands(String server) {
        this.server = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
        if (!isUrl(this.server)) {
            throw new BadSetting(
                    "`" + server + "` is not the URL of a server, such as http://127.0.0.1:8000");
        }
    }

    private static boolean isUrl(String text) {
        try {
            URI uri = URI.create(text);
            return text.matches("(?i)https?://.*") && uri.getHost() != null;
        } catch (IllegalArgumentException bad) {
            return false;
        }
    }

    /// Logs in with an API key.
    void logIn(String apiKey) {
        ObjectNode data = Json.object();
        data.put("api_key", apiKey);
        JsonNode answer = ask("PUT", "/api_auth", data);
        token = Json.text(answer, "auth_token").orElse("");
        accountId = Json.text(answer, "data", "account_id").orElse("");
    }

    String accountId() {
        return accountId;
    }

    /// Asks something of the account, such as `/devices`.
    ///
    /// @return `data` of the answer
    JsonNode account(String method, String path, ObjectNode data) {
        return Json.at(ask(method, "/accounts/" + accountId + path, data), "data")
                .orElse(Json.object());
    }

    /// Makes a request; waits for its turn when the server says that there were too many.
    ///
    /// @param path below `/v2`
    /// @return the whole envelope
    /// @throws BadSetting with what the server said, when it refused
    JsonNode ask(String method, String path, ObjectNode data) {
        ObjectNode envelope = Json.object();
        envelope.set("data", data);
        HttpRequest.BodyPublisher body =
                method.equals("GET") || method.equals("DELETE")
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(envelope.toString());
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(server + "/v2" + path))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .header("X-Auth-Token", token)
                        .method(method, body)
                        .build();
        HttpResponse<String> answer = send(request);
        for (int tries = 1; answer.statusCode() == TOO_MANY && tries < TRIES; tries++) {
            pause();
            answer = send(request);
        }
        JsonNode read = read(answer);
        if (answer.statusCode() >= 300) {
            throw new BadSetting(
                    "The server answered %d to %s /v2%s: %s%s"
                            .formatted(
                                    answer.statusCode(),
                                    method,
                                    path,
                                    said(read, answer.body()),
                                    path.equals("/api_auth")
                                            ? "; --api-key must be the key of one of its accounts"
                                            : ""));
        }
        return read;
    }

    /// What it said, on one line, and not a whole page of a web server that is none of ours.
    private static String said(JsonNode read, String body) {
        String text = Json.text(read, "message").orElse(body).strip().replaceAll("\\s+", " ");
        return text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) + " …" : text;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException gone) {
            throw new BadSetting(
                    "There is no server at "
                            + server
                            + "; start one with ./fulcrum serve, or name it with --server");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new BadSetting("interrupted");
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_TRIES);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new BadSetting("interrupted");
        }
    }

    private static JsonNode read(HttpResponse<String> answer) {
        try {
            return Json.MAPPER.readTree(answer.body());
        } catch (JacksonException notJson) {
            return Json.object();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
