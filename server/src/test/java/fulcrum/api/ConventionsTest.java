package fulcrum.api;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.directory.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

@ExtendWith(OneHouse.class)
class ConventionsTest {
    private final ApiHouse house;
    private final Client acme;
    private final String menus;

    ConventionsTest(ApiHouse house) {
        this.house = house;
        this.acme = house.below(house.top());
        this.menus = acme.account("menus");
    }

    private Answer json(String body) {
        return acme.raw("PUT", menus, "application/json", body);
    }

    @Test
    void a_success_has_the_whole_envelope() {
        Answer made = acme.put(menus, "{\"name\":\"m\"}").is(201);
        assertThat(made.json().path("status").asString()).isEqualTo("success");
        assertThat(made.json().path("request_id").asString())
                .isEqualTo(made.header("x-request-id"))
                .isNotEmpty();
        assertThat(made.json().path("auth_token").asString()).isEqualTo(acme.token());
        assertThat(made.json().path("timestamp").asString()).startsWith("2026-03-");
        assertThat(made.json().path("version").asString()).isEqualTo("1.2.3");
        assertThat(made.json().path("node").asString()).isEqualTo("fulcrum");
        assertThat(made.json().path("tokens").has("consumed")).isTrue();
        assertThat(made.header("etag"))
                .isEqualTo("\"" + made.json().path("revision").asString() + "\"");
        assertThat(made.header("expires")).contains("1999");
    }

    @Test
    void a_request_id_comes_back() {
        Answer answer = acme.send(acme.request(menus).header("X-Request-ID", "my-1").GET()).is(200);
        assertThat(answer.header("x-request-id")).isEqualTo("my-1");
        assertThat(answer.json().path("request_id").asString()).isEqualTo("my-1");
        Answer odd = acme.send(acme.request(menus).header("X-Request-ID", "a b<>").GET()).is(200);
        assertThat(odd.header("x-request-id")).matches("[0-9a-f]{32}");
    }

    @Test
    void an_error_has_its_code_as_text() {
        Answer answer = acme.get(menus + "/" + "0".repeat(32)).is(404);
        assertThat(answer.json().path("status").asString()).isEqualTo("error");
        assertThat(answer.json().path("error").asString()).isEqualTo("404");
        assertThat(answer.json().path("message").asString()).isEqualTo("bad_identifier");
        assertThat(answer.at("message")).isEqualTo("bad identifier");
        assertThat(answer.at("cause")).isEqualTo("0".repeat(32));
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
    }

    @Test
    void a_body_that_is_no_envelope_is_refused() {
        json("{\"data\":{").refuses("json", "invalid");
        json("[]").refuses("json", "invalid");
        json("{\"data\":{}} x").refuses("json", "invalid");
        json("{\"name\":\"m\"}").refuses("data", "required");
        json("{\"data\":\"m\"}").refuses("data", "type");
        json("{\"data\":[]}").refuses("data", "type");
        json("").refuses("name", "required");
        json("{\"Data\":{\"name\":\"m\"},\"UI-Metadata\":{}}").is(201);
    }

    @Test
    void nesting_without_end_is_refused_and_not_a_fault() {
        String deep = "{\"data\":" + "{\"a\":".repeat(5000) + "1" + "}".repeat(5000) + "}";
        json(deep).refuses("json", "invalid");
    }

    @Test
    void other_types_of_bodies_are_refused() {
        acme.raw("PUT", menus, "text/plain", "hello").is(415);
        acme.raw("PUT", menus, "audio/wav", "RIFF").is(415);
        acme.raw("PUT", menus, "multipart/form-data", "x").is(400);
        assertThat(
                        acme.raw("PUT", menus, "application/x-www-form-urlencoded", "name=m+1")
                                .is(201)
                                .at("name"))
                .isEqualTo("m 1");
        assertThat(
                        acme.raw("PUT", menus, "application/x-json", "{\"data\":{\"name\":\"n\"}}")
                                .is(201)
                                .at("name"))
                .isEqualTo("n");
    }

    @Test
    void a_body_that_is_too_long_is_refused() {
        byte[] much = new byte[8_000_001];
        Answer refused =
                acme.raw("PUT", menus, "application/json", much).refuses("file", "maxSize");
        assertThat(refused.data().path("file").path("maxSize").path("target").intValue())
                .isEqualTo(8_000_000);
        acme.raw("PUT", menus, "application/json", new byte[32_000_001]).is(413);
    }

    @Test
    void paths_that_nobody_answers_are_404_and_methods_405() {
        assertThat(acme.get("/v2/nothing").is(404).json().path("message").asString())
                .isEqualTo("not_found");
        acme.get("/").is(404);
        acme.get("/v2").is(404);
        acme.get("/v3/about").is(404);
        acme.get(acme.account("nothing")).is(404);
        assertThat(acme.get("/v1/accounts").is(410).json().path("message").asString())
                .isEqualTo("gone");
        Answer wrong = acme.delete(menus).is(405);
        assertThat(wrong.json().path("message").asString()).isEqualTo("invalid_method");
        assertThat(wrong.at("message")).isEqualTo("method not allowed");
        assertThat(wrong.header("allow")).isEqualTo("GET, OPTIONS, PUT");
        acme.raw("BREW", menus, "application/json", "").is(405);
        acme.patch(acme.account("media/" + "0".repeat(32)), "{}").is(405);
        acme.get(menus + "/" + "0".repeat(32) + "/more").is(404);
    }

    @Test
    void an_address_with_a_broken_escape_is_a_bad_request() {
        String head = "GET /v2/accounts/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        assertThat(RawHttp.send(house.server.port(), head)).startsWith("HTTP/1.1 400");
        assertThat(RawHttp.send(house.server.port(), "HELO\r\n\r\n")).startsWith("HTTP/1.1 400");
        String longHead = "GET / HTTP/1.1\r\nHost: x\r\nX-A: " + "y".repeat(20_000) + "\r\n\r\n";
        assertThat(RawHttp.send(house.server.port(), longHead)).startsWith("HTTP/1.1 431");
    }

    @Test
    void verb_and_accept_may_be_tunnelled() {
        String id = acme.put(menus, "{\"name\":\"m\"}").is(201).id();
        acme.raw(
                        "POST",
                        menus + "/" + id,
                        "application/json",
                        "{\"data\":{\"retries\":2},\"verb\":\"patch\"}")
                .is(200);
        assertThat(acme.get(menus + "/" + id).at("retries")).isEqualTo("2");
        Answer csv = acme.get(menus + "?accept=csv").is(200);
        assertThat(csv.header("content-type")).isEqualTo("text/csv");
        acme.get(menus + "/" + id + "?verb=delete").is(200);
        acme.get(menus + "/" + id).is(404);
        acme.get(menus + "?verb=brew").is(405);
    }

    @Test
    void a_list_can_be_had_as_csv() {
        acme.put(menus, "{\"name\":\"a, \\\"b\\\"\",\"flags\":[\"x\"]}").is(201);
        Answer csv =
                acme.send(
                                acme.request(menus + "?file_name=m%22x.csv")
                                        .header("Accept", "text/csv")
                                        .GET())
                        .is(200);
        assertThat(csv.text())
                .startsWith("id,name,flags\r\n")
                .contains("\"a, \"\"b\"\"\",\"[\"\"x\"\"]\"");
        assertThat(csv.header("content-disposition")).isEqualTo("attachment; filename=\"m_x.csv\"");
        acme.send(acme.request(menus).header("Accept", "image/png").GET()).is(406);
    }

    @Test
    void json_may_be_pretty_or_a_script_or_compressed() throws IOException {
        assertThat(acme.get(menus + "?pretty_print=true").is(200).text())
                .contains("\n  \"status\"");
        assertThat(acme.send(acme.request(menus).header("X-Pretty-Print", "true").GET()).text())
                .contains("\n");
        Answer script = acme.get(menus + "?jsonp=my.fn").is(200);
        assertThat(script.text()).startsWith("my.fn({").endsWith(");");
        assertThat(script.header("content-type")).isEqualTo("application/javascript");
        assertThat(acme.get(menus + "?jsonp=alert(1)").text()).startsWith("{");
        Answer zipped =
                acme.send(
                                acme.request("/v2/schemas/devices")
                                        .header("Accept-Encoding", "gzip")
                                        .GET())
                        .is(200);
        assertThat(zipped.header("content-encoding")).isEqualTo("gzip");
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(zipped.bytes())).readAllBytes();
        assertThat(Json.object(new String(plain, StandardCharsets.UTF_8)).path("status").asString())
                .isEqualTo("success");
    }

    @Test
    void browsers_of_other_sites_may_ask() {
        Answer preflight =
                house.stranger()
                        .send(
                                house.stranger()
                                        .request(menus)
                                        .header("Origin", "https://console.example")
                                        .header("Access-Control-Request-Method", "PUT")
                                        .method(
                                                "OPTIONS",
                                                java.net.http.HttpRequest.BodyPublishers.noBody()))
                        .is(200);
        assertThat(preflight.header("access-control-allow-origin")).isEqualTo("*");
        assertThat(preflight.header("access-control-allow-methods")).isEqualTo("GET, OPTIONS, PUT");
        assertThat(preflight.header("access-control-allow-headers"))
                .contains("x-auth-token", "if-match");
        assertThat(preflight.header("access-control-max-age")).isEqualTo("86400");
        Answer plain = acme.get(menus).is(200);
        assertThat(plain.header("access-control-allow-origin")).isEmpty();
    }

    @Test
    void revisions_guard_reads_and_writes() {
        Answer made = acme.put(menus, "{\"name\":\"m\"}").is(201);
        String one = menus + "/" + made.id();
        String tag = made.header("etag");
        acme.send(acme.request(one).header("If-None-Match", tag).GET()).is(304);
        acme.patch(one, "{\"retries\":2}").is(200);
        acme.send(acme.request(one).header("If-None-Match", tag).GET()).is(200);
        var body = java.net.http.HttpRequest.BodyPublishers.ofString("{\"data\":{\"name\":\"n\"}}");
        acme.send(acme.request(one).header("If-Match", tag).POST(body)).is(412);
        acme.send(acme.request(one).header("If-Match", tag).method("PATCH", body)).is(412);
        acme.send(acme.request(one).header("If-Match", tag).DELETE()).is(412);
        String now = acme.get(one).header("etag");
        acme.send(acme.request(one).header("If-Match", now).POST(body)).is(200);
        Answer list = acme.get(menus).is(200);
        acme.send(acme.request(menus).header("If-None-Match", list.header("etag")).GET()).is(304);
    }

    @ParameterizedTest
    @CsvSource({
        "{\"retries\":\"5\"}, retries, 5",
        "{\"hunt\":\"false\"}, hunt, false",
        "{\"suppress_media\":true}, suppress_media, true",
        "{\"max_extension_length\":\"3\"}, max_extension_length, 3"
    })
    void texts_are_repaired_where_numbers_and_booleans_are_wanted(
            String more, String field, String value) {
        String body = more.replaceFirst("\\{", "{\"name\":\"m\",");
        assertThat(acme.put(menus, body).is(201).data().path(field).toString()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "{\"retries\":\"five\"}, retries, type",
        "{\"retries\":0}, retries, minimum",
        "{\"retries\":11}, retries, maximum",
        "{\"retries\":2.5}, retries, type",
        "{\"name\":7}, name, type",
        "{\"name\":\"\"}, name, minLength",
        "{\"record_pin\":\"12\"}, record_pin, minLength",
        "{\"record_pin\":\"1234567\"}, record_pin, maxLength",
        "{\"media\":\"x\"}, media, type",
        "{\"flags\":[1]}, flags.0, type",
        "{\"timeout\":60001}, timeout, maximum"
    })
    void each_broken_rule_is_told_with_its_field(String more, String field, String rule) {
        String body =
                more.contains("\"name\"") ? more : more.replaceFirst("\\{", "{\"name\":\"m\",");
        acme.put(menus, body).refuses(field, rule);
    }

    @Test
    void a_field_with_a_dot_in_its_name_is_told_so_that_it_can_be_found() {
        acme.put(
                        acme.account("callflows"),
                        "{\"numbers\":[\"1\"],\"flow\":{\"module\":\"sleep\",\"data\":{\"duration\":1},"
                                + "\"children\":{\"a.b\":{\"module\":\"x\",\"data\":{}}}}}")
                .refuses("flow.children.a%2Eb.module", "error");
    }

    @Test
    void watchers_need_no_token() {
        Client stranger = house.stranger();
        assertThat(stranger.get("/healthz").is(200).text()).isEqualTo("up\n");
        assertThat(stranger.get("/readyz").is(200).text()).isEqualTo("ready\n");
        house.isReady = false;
        stranger.get("/readyz").is(503);
        house.isReady = true;
        Answer metrics = stranger.get("/metrics").is(200);
        assertThat(metrics.text()).contains("calls 3\n");
        assertThat(metrics.header("content-type")).startsWith("text/plain; version=0.0.4");
        stranger.raw("POST", "/metrics", "text/plain", "x").is(405);
    }

    @Test
    void about_tells_where_the_phones_register() {
        house.stranger().get("/v2/about").is(401);
        Answer about = acme.get(acme.account("about")).is(200);
        assertThat(about.at("version")).isEqualTo("1.2.3");
        assertThat(about.at("sip", "host")).isEqualTo("192.0.2.7");
        assertThat(about.at("sip", "port")).isEqualTo("5060");
        assertThat(about.data().path("used_memory").longValue()).isPositive();
        assertThat(about.data().path("processes").longValue()).isPositive();
        house.top().get("/v2/about").is(200);
    }
}
