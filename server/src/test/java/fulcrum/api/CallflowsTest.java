package fulcrum.api;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.directory.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OneHouse.class)
class CallflowsTest {
    private static final String PIVOT =
            "{\"module\":\"pivot\",\"data\":{\"voice_url\":\"http://your.server/pivot.php\"}}";

    private final ApiHouse house;
    private final Client acme;

    CallflowsTest(ApiHouse house) {
        this.house = house;
        this.acme = house.below(house.top());
    }

    private Answer put(String numbers, String flow) {
        return acme.put(
                acme.account("callflows"), "{\"numbers\":" + numbers + ",\"flow\":" + flow + "}");
    }

    @Test
    void the_curl_of_the_talk_works_letter_for_letter() {
        String body =
                "{\"data\":{\"numbers\":[\"12345\"],\"flow\":{\"module\":\"pivot\","
                        + "\"data\":{\"voice_url\":\"http://your.server/pivot.php\"}}}}";
        Answer form =
                acme.raw(
                                "PUT",
                                acme.account("callflows"),
                                "application/x-www-form-urlencoded",
                                body)
                        .is(201);
        assertThat(form.at("flow", "data", "voice_url")).isEqualTo("http://your.server/pivot.php");
        assertThat(form.at("flow", "data", "method")).isEqualTo("get");
        assertThat(form.at("flow", "data", "req_format")).isEqualTo("kazoo");
        assertThat(form.at("flow", "data", "req_body_format")).isEqualTo("form");
        assertThat(form.data().path("flow").path("data").path("debug").booleanValue()).isFalse();
        assertThat(form.json().path("status").asString()).isEqualTo("success");
        assertThat(form.header("Location")).isEqualTo(acme.account("callflows/" + form.id()));
        assertThat(house.directory.callflowFor(acme.accountId(), "12345")).isPresent();
        Answer read = acme.get(acme.account("callflows/" + form.id())).is(200);
        assertThat(read.data()).isEqualTo(form.data());
        assertThat(read.json().path("revision").asString())
                .isEqualTo(form.json().path("revision").asString());
    }

    @Test
    void a_callflow_needs_a_number_or_a_pattern() {
        put("[]", PIVOT).refuses("numbers", "required");
        acme.put(acme.account("callflows"), "{\"flow\":" + PIVOT + "}")
                .refuses("numbers", "required");
        put("\"12345\"", PIVOT).refuses("numbers", "type");
        acme.put(acme.account("callflows"), "{\"patterns\":[\"^9(.*)$\"],\"flow\":" + PIVOT + "}")
                .is(201);
    }

    @Test
    void numbers_are_stored_normalised_and_patterns_are_not() {
        Answer made =
                acme.put(
                                acme.account("callflows"),
                                "{\"numbers\":[\"4155550142\",\"1001\"],\"patterns\":[\"4155550142\"],\"flow\":"
                                        + PIVOT
                                        + "}")
                        .is(201);
        assertThat(Json.texts(made.data(), "numbers")).containsExactly("+14155550142", "1001");
        assertThat(Json.texts(made.data(), "patterns")).containsExactly("4155550142");
    }

    @Test
    void a_number_or_pattern_can_be_in_one_callflow_only() {
        Answer first = put("[\"2001\",\"2002\"]", PIVOT).is(201);
        Answer second = put("[\"2002\",\"2003\"]", PIVOT).refuses("numbers", "unique");
        assertThat(second.data().path("numbers").path("unique").path("cause").asString())
                .isEqualTo("2002");
        assertThat(second.data().path("numbers").path("unique").path("message").asString())
                .contains(first.id());
        String pattern = "{\"patterns\":[\"^1$\"],\"flow\":" + PIVOT + "}";
        acme.put(acme.account("callflows"), pattern).is(201);
        acme.put(acme.account("callflows"), pattern).refuses("patterns", "unique");
        acme.post(
                        acme.account("callflows/" + first.id()),
                        "{\"numbers\":[\"2002\"],\"flow\":" + PIVOT + "}")
                .is(200);
    }

    @Test
    void a_module_that_nobody_has_is_refused_with_its_place() {
        String flow =
                "{\"module\":\"sleep\",\"data\":{\"duration\":1},"
                        + "\"children\":{\"_\":{\"module\":\"slep\",\"data\":{}}}}";
        Answer refused = put("[\"3001\"]", flow).refuses("flow.children._.module", "error");
        assertThat(
                        refused.data()
                                .path("flow.children._.module")
                                .path("error")
                                .path("message")
                                .asString())
                .isEqualTo("unable to find callflow schema for module slep");
        put("[\"3001\"]", "{\"module\":\"action\",\"data\":{}}").refuses("flow.module", "error");
    }

    @Test
    void a_module_that_only_kazoo_has_is_kept_as_it_is() {
        Answer made =
                put("[\"3002\"]", "{\"module\":\"acdc_member\",\"data\":{\"id\":\"q\",\"odd\":1}}")
                        .is(201);
        assertThat(made.data().path("flow").path("data").toString())
                .isEqualTo("{\"id\":\"q\",\"odd\":1}");
    }

    @Test
    void data_of_a_node_is_checked_and_simple_types_are_repaired() {
        put("[\"3003\"]", "{\"module\":\"sleep\",\"data\":{\"duration\":5000}}")
                .refuses("flow.data.duration", "maximum");
        put("[\"3003\"]", "{\"module\":\"sleep\",\"data\":{}}")
                .refuses("flow.data.duration", "required");
        put("[\"3003\"]", "{\"module\":\"sleep\",\"data\":{\"duration\":1,\"unit\":\"h\"}}")
                .refuses("flow.data.unit", "enum");
        put("[\"3003\"]", "{\"data\":{}}").refuses("flow.module", "required");
        Answer repaired =
                put("[\"3003\"]", "{\"module\":\"sleep\",\"data\":{\"duration\":\"5\"}}").is(201);
        assertThat(repaired.data().path("flow").path("data").toString())
                .isEqualTo("{\"duration\":5,\"unit\":\"s\"}");
        put("[\"3004\"]", "{\"module\":\"sleep\",\"data\":{\"duration\":\"five\"}}")
                .refuses("flow.data.duration", "type");
        put("[\"3004\"]", "{\"module\":\"sleep\",\"data\":{\"duration\":\"5\",\"unit\":7}}")
                .refuses("flow.data.duration", "type");
    }

    @Test
    void a_url_that_must_not_be_fetched_is_refused() {
        put("[\"3005\"]", "{\"module\":\"pivot\",\"data\":{\"voice_url\":\"http://127.0.0.1/x\"}}")
                .refuses("flow.data.voice_url", "error");
    }

    @Test
    void the_list_tells_modules_and_feature_codes() {
        String flow =
                "{\"module\":\"sleep\",\"data\":{\"duration\":1},\"children\":{\"_\":{\"module\":\"pivot\","
                        + "\"data\":{\"voice_url\":\"http://a.example\",\"skip_module\":true},\"children\":{}}}}";
        put("[\"3006\"]", flow).is(201);
        Answer list = acme.get(acme.account("callflows")).is(200);
        assertThat(list.data().get(0).path("modules").toString()).isEqualTo("[\"sleep\"]");
        assertThat(list.data().get(0).path("featurecode").booleanValue()).isFalse();
        assertThat(list.json().path("page_size").intValue()).isEqualTo(1);
        assertThat(list.json().path("revision").asString()).isEqualTo("automatic");
    }

    @Test
    void one_callflow_shows_the_names_of_what_it_speaks_of() {
        String menu = acme.put(acme.account("menus"), "{\"name\":\"front\"}").is(201).id();
        Answer made =
                put("[\"3007\"]", "{\"module\":\"menu\",\"data\":{\"id\":\"" + menu + "\"}}")
                        .is(201);
        assertThat(made.at("metadata", menu, "name")).isEqualTo("front");
        assertThat(made.at("metadata", menu, "pvt_type")).isEqualTo("menu");
    }

    @Test
    void numbers_follow_the_callflows_that_use_them() {
        String number = acme.account("phone_numbers/%2B14155550123");
        acme.put(number, "{}").is(201);
        Answer flow = put("[\"+14155550123\"]", PIVOT).is(201);
        assertThat(acme.get(number).at("used_by")).isEqualTo("callflow");
        acme.post(
                        acme.account("callflows/" + flow.id()),
                        "{\"numbers\":[\"1\"],\"flow\":" + PIVOT + "}")
                .is(200);
        assertThat(acme.get(number).at("used_by")).isEmpty();
    }

    @Test
    void a_number_of_a_strange_account_cannot_be_used() {
        Client other = house.below(house.top());
        other.put(other.account("phone_numbers/%2B14155550124"), "{}").is(201);
        Answer refused = put("[\"+14155550124\"]", PIVOT).is(403);
        assertThat(refused.at("message")).contains("+14155550124");
    }

    @Test
    void a_deep_flow_is_still_checked() {
        StringBuilder flow = new StringBuilder("{\"module\":\"hangup\",\"data\":{}}");
        for (int i = 0; i < 200; i++) {
            flow.insert(0, "{\"module\":\"sleep\",\"data\":{\"duration\":1},\"children\":{\"_\":")
                    .append("}}");
        }
        put("[\"3008\"]", flow.toString()).is(201);
    }
}
