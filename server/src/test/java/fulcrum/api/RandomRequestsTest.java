package fulcrum.api;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.directory.Json;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Whatever a client sends, the answer is a right one or says what was wrong: never a fault of the server.
@ExtendWith(OneHouse.class)
class RandomRequestsTest {
    /// Nouns whose schema has their name.
    private static final List<String> NOUNS =
            List.of(
                    "callflows",
                    "devices",
                    "media",
                    "menus",
                    "phone_numbers",
                    "resources",
                    "users");

    private static final List<String> TAILS =
            List.of(
                    "",
                    "",
                    "",
                    "/raw",
                    "/sync",
                    "/photo",
                    "/vcard",
                    "/status",
                    "/collection",
                    "/prompts",
                    "/fix",
                    "/identify",
                    "/activate",
                    "/classifiers/5",
                    "/interaction",
                    "/legs/x",
                    "/summary",
                    "/channels",
                    "/cdrs");
    private static final List<String> QUERIES =
            List.of(
                    "",
                    "",
                    "?page_size=",
                    "?start_key=",
                    "?end_key=",
                    "?filter_name=",
                    "?filter_x.y=",
                    "?has_key=",
                    "?has_value=",
                    "?created_from=",
                    "?created_to=",
                    "?verb=",
                    "?accept=",
                    "?jsonp=",
                    "?utc_offset=",
                    "?chunk_size=",
                    "?auth_token=",
                    "?is_chunked=true&x=");

    private final ApiHouse house;
    private final List<String> known =
            new ArrayList<>(List.of("0".repeat(32), "a", "%2B14155550100", "4155550100"));

    RandomRequestsTest(ApiHouse house) {
        this.house = house;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void no_request_is_answered_with_a_fault(long seed) {
        Random random = new Random(seed);
        RandomJson json =
                new RandomJson(
                        random, new StoredSchemas().or(SchemaSource.of(TestActions.CATALOG)));
        Client acme = house.below(house.top());
        int good = 0;
        for (int i = 0; i < 300; i++) {
            String noun = pick(random, NOUNS);
            String method = pick(random, List.of("PUT", "PUT", "POST", "PATCH", "GET", "DELETE"));
            String path = path(acme, random, json, noun, method);
            JsonNode data = random.nextInt(10) == 0 ? json.anything(0) : json.document(noun);
            String body = Json.object().set("data", data).toString();
            Answer answer =
                    acme.send(acme.request(path).method(method, BodyPublishers.ofString(body)));
            assertThat(answer.status())
                    .as("seed %d: %s %s %s → %s", seed, method, path, body, answer.text())
                    .isLessThan(500);
            if (answer.status() < 300) {
                good++;
            }
            if (answer.status() == 201
                    && answer.header("content-type").equals("application/json")
                    && answer.id().matches("[0-9a-f]{32}")) {
                known.add(answer.id());
            }
        }
        assertThat(good).as("requests that went well").isGreaterThan(30);
    }

    private String path(Client acme, Random random, RandomJson json, String noun, String method) {
        boolean isCreation =
                method.equals("PUT") && random.nextInt(4) > 0 && !noun.equals("phone_numbers");
        String id = isCreation || random.nextInt(4) == 0 ? "" : "/" + pick(random, known);
        String tail = isCreation || random.nextInt(3) > 0 ? "" : pick(random, TAILS);
        String query = random.nextInt(3) > 0 ? "" : pick(random, QUERIES);
        String value =
                query.endsWith("=") ? URLEncoder.encode(json.text(), StandardCharsets.UTF_8) : "";
        return acme.account(noun + id + tail + query + value);
    }

    private static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
