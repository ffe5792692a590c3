package fulcrum.api;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What the server answered to a test.
record Answer(HttpResponse<byte[]> response) {
    int status() {
        return response.statusCode();
    }

    String text() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        return response.body();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    JsonNode json() {
        return Json.MAPPER.readTree(response.body());
    }

    JsonNode data() {
        return json().path("data");
    }

    /// A text in the data.
    String at(String... path) {
        JsonNode node = data();
        for (String key : path) {
            node = node.path(key);
        }
        return node.asString("");
    }

    String id() {
        return at("id");
    }

    /// One field of every row of a list.
    List<String> column(String field) {
        List<String> values = new ArrayList<>();
        data().forEach(row -> values.add(row.path(field).asString("")));
        return values;
    }

    Answer is(int status) {
        assertThat(response.statusCode())
                .as("%s %s: %s", response.request().method(), response.uri(), text())
                .isEqualTo(status);
        return this;
    }

    /// A 400 that names the field and the rule.
    Answer refuses(String field, String rule) {
        is(400);
        assertThat(json().path("message").asString()).isEqualTo("validation error");
        assertThat(data().path(field).has(rule)).as("%s/%s in %s", field, rule, text()).isTrue();
        assertThat(data().path(field).path(rule).path("message").asString("")).isNotEmpty();
        return this;
    }
}
