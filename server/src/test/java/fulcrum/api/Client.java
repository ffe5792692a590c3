package fulcrum.api;

import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// A sender of requests with a token; an empty token sends none.
record Client(int port, String token, String accountId) {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /// A path in this sender's account.
    String account(String rest) {
        return "/v2/accounts/" + accountId + (rest.isEmpty() ? "" : "/" + rest);
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer put(String path, JsonNode data) {
        return send(request(path).PUT(enveloped(data)));
    }

    Answer put(String path, String data) {
        return put(path, Json.MAPPER.readTree(data));
    }

    Answer post(String path, String data) {
        return send(request(path).POST(enveloped(Json.MAPPER.readTree(data))));
    }

    Answer patch(String path, String data) {
        return send(request(path).method("PATCH", enveloped(Json.MAPPER.readTree(data))));
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    /// Bytes as they are, with a content type.
    Answer raw(String method, String path, String contentType, byte[] body) {
        return send(
                request(path)
                        .setHeader("Content-Type", contentType)
                        .method(method, BodyPublishers.ofByteArray(body)));
    }

    Answer raw(String method, String path, String contentType, String body) {
        return raw(
                method, path, contentType, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static HttpRequest.BodyPublisher enveloped(JsonNode data) {
        return BodyPublishers.ofString(Json.object().set("data", data).toString());
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/json");
        return token.isEmpty() ? builder : builder.header("X-Auth-Token", token);
    }

    Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(HTTP.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
