package fulcrum.action;

import static fulcrum.testing.Nodes.json;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.directory.Json;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.node.ObjectNode;

class MergedEndpointTest {
    private static final String ACCOUNT =
            "{'language':'en','presence_id':'acc','call_waiting':{'enabled':true},"
                    + "'caller_id':{'internal':{'name':'acc','number':'1'},'external':{'number':'2'}}}";
    private static final String DEVICE =
            "{'name':'desk','language':'de','call_waiting':{'enabled':false},"
                    + "'caller_id':{'internal':{'name':'dev'},'emergency':{'number':'911'}}}";
    private static final String USER =
            "{'name':'Ann','caller_id':{'internal':{'name':'ann'},'emergency':{'number':'112'}}}";

    private static ObjectNode merged(String device, String user, String account) {
        return MergedEndpoint.of(
                Json.object(json(device)), Json.object(json(user)), Json.object(json(account)));
    }

    private static String text(ObjectNode endpoint, String... path) {
        return Json.text(endpoint, path).orElse("");
    }

    @Test
    void the_users_caller_id_lies_over_the_devices_over_the_accounts() {
        ObjectNode endpoint = merged(DEVICE, USER, ACCOUNT);
        assertThat(text(endpoint, "caller_id", "internal", "name")).isEqualTo("ann");
        assertThat(text(endpoint, "caller_id", "internal", "number")).isEqualTo("1");
        assertThat(text(endpoint, "caller_id", "external", "number")).isEqualTo("2");
    }

    @Test
    void an_account_may_let_the_device_win() {
        String account = "{'prefer_device_caller_id':true}";
        assertThat(text(merged(DEVICE, USER, account), "caller_id", "internal", "name"))
                .isEqualTo("dev");
    }

    @Test
    void the_devices_emergency_number_always_wins() {
        assertThat(text(merged(DEVICE, USER, ACCOUNT), "caller_id", "emergency", "number"))
                .isEqualTo("911");
    }

    @Test
    void language_and_presence_are_the_users_the_devices_or_the_accounts() {
        ObjectNode endpoint = merged(DEVICE, USER, ACCOUNT);
        assertThat(text(endpoint, "language")).isEqualTo("de");
        assertThat(text(endpoint, "presence_id")).isEqualTo("acc");
        assertThat(text(merged(DEVICE, "{'language':'fr'}", ACCOUNT), "language")).isEqualTo("fr");
    }

    @Test
    void call_waiting_is_the_devices_word_and_silence_is_anybodys() {
        ObjectNode endpoint = merged(DEVICE, USER, ACCOUNT);
        assertThat(text(endpoint, "call_waiting", "enabled")).isEqualTo("false");
        assertThat(text(endpoint, "do_not_disturb", "enabled")).isEqualTo("false");
        String silent = "{'do_not_disturb':{'enabled':true}}";
        assertThat(text(merged("{}", silent, "{}"), "do_not_disturb", "enabled")).isEqualTo("true");
    }

    @Test
    void everything_else_is_the_devices_and_the_documents_stay_as_they_were() {
        ObjectNode device = Json.object(json(DEVICE));
        ObjectNode user = Json.object(json(USER));
        ObjectNode account = Json.object(json(ACCOUNT));
        assertThat(text(MergedEndpoint.of(device, user, account), "name")).isEqualTo("desk");
        assertThat(device).isEqualTo(Json.object(json(DEVICE)));
        assertThat(user).isEqualTo(Json.object(json(USER)));
        assertThat(account).isEqualTo(Json.object(json(ACCOUNT)));
    }
}
