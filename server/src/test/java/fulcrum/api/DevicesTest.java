package fulcrum.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Instant;

@ExtendWith(OneHouse.class)
class DevicesTest {
    private final ApiHouse house;
    private final Client acme;
    private final String devices;

    DevicesTest(ApiHouse house) {
        this.house = house;
        this.acme = house.below(house.top());
        this.devices = acme.account("devices");
    }

    private Answer put(String username, String more) {
        return acme.put(
                devices,
                "{\"name\":\"desk\",\"sip\":{\"username\":\""
                        + username
                        + "\",\"password\":\"secret1\"}"
                        + more
                        + "}");
    }

    @Test
    void a_device_is_stored_with_its_defaults_and_listed() {
        Answer made = put("alice", "").is(201);
        assertThat(made.at("sip", "method")).isEqualTo("password");
        assertThat(made.at("sip", "invite_format")).isEqualTo("contact");
        assertThat(made.at("sip", "expire_seconds")).isEqualTo("300");
        Answer list = acme.get(devices).is(200);
        assertThat(list.data().get(0).path("username").asString()).isEqualTo("alice");
        assertThat(list.data().get(0).path("mac_address").asString("?")).isEmpty();
        assertThat(list.data().get(0).path("device_type").asString()).isEqualTo("sip_device");
        assertThat(house.directory.devicesByUsername("alice")).hasSize(1);
        acme.delete(devices + "/" + made.id()).is(200);
    }

    @Test
    void a_sip_user_name_is_unique_in_its_realm() {
        put("bob", "").is(201);
        put("BOB", "").refuses("sip.username", "unique");
        Client other = house.below(house.top());
        String realm = acme.get(acme.account("")).at("realm");
        String foreign =
                "{\"name\":\"x\",\"sip\":{\"username\":\"bob\",\"password\":\"secret1\",\"realm\":\""
                        + realm
                        + "\"}}";
        other.put(other.account("devices"), foreign).refuses("sip.username", "unique");
        other.put(other.account("devices"), foreign.replace(realm, "elsewhere.example")).is(201);
    }

    @Test
    void a_realm_that_is_the_accounts_own_is_left_out() {
        String realm = acme.get(acme.account("")).at("realm");
        Answer made =
                acme.put(
                                devices,
                                "{\"name\":\"x\",\"sip\":{\"username\":\"carl\",\"realm\":\""
                                        + realm
                                        + "\"}}")
                        .is(201);
        assertThat(made.data().path("sip").has("realm")).isFalse();
    }

    @Test
    void a_device_known_by_its_address_has_an_address_that_nobody_else_has() {
        String byAddress = "{\"name\":\"pbx\",\"sip\":{\"method\":\"ip\",\"ip\":\"%s\"}}";
        acme.put(devices, byAddress.formatted("300.1.1.1")).refuses("sip.ip", "type");
        Answer made = acme.put(devices, byAddress.formatted("198.51.100.20")).is(201);
        Client other = house.below(house.top());
        other.put(other.account("devices"), byAddress.formatted("198.51.100.20"))
                .refuses("sip.ip", "unique");
        acme.post(devices + "/" + made.id(), byAddress.formatted("198.51.100.20")).is(200);
        acme.put(devices, "{\"name\":\"x\",\"sip\":{\"method\":\"magic\"}}")
                .refuses("sip.method", "enum");
        acme.delete(devices + "/" + made.id()).is(200);
    }

    @Test
    void a_hardware_address_is_cleaned_and_unique() {
        Answer made = put("dora", ",\"mac_address\":\"00:1B:2c-3D.4e5F\"").is(201);
        assertThat(made.at("mac_address")).isEqualTo("001b2c3d4e5f");
        put("dan", ",\"mac_address\":\"001B2C3D4E5F\"").refuses("mac_address", "unique");
    }

    @Test
    void only_the_top_account_changes_the_type_of_a_device() {
        String one = devices + "/" + put("eve", ",\"device_type\":\"softphone\"").is(201).id();
        acme.patch(one, "{\"device_type\":\"fax\"}").refuses("device_type", "invalid");
        house.top().patch(one, "{\"device_type\":\"fax\"}").is(200);
        put("finn", ",\"device_type\":\"mobile\"").refuses("mobile.mdn", "required");
    }

    @Test
    void wrong_fields_are_told_with_their_paths() {
        acme.put(devices, "{}").refuses("name", "required");
        acme.put(devices, "{\"name\":\"x\",\"sip\":{\"password\":\"123\"}}")
                .refuses("sip.password", "minLength");
        acme.put(devices, "{\"name\":\"x\",\"media\":{\"audio\":{\"codecs\":[\"PCMU\",\"MP3\"]}}}")
                .refuses("media.audio.codecs.1", "enum");
        acme.put(devices, "{\"name\":\"x\",\"media\":{\"audio\":{\"codecs\":[\"PCMU\",\"PCMU\"]}}}")
                .refuses("media.audio.codecs", "uniqueItems");
        acme.put(
                        devices,
                        "{\"name\":\"x\",\"sip\":{\"custom_sip_headers\":{\"in\":{\"X-A\":\"1\"}}}}")
                .is(201);
    }

    @Test
    void devices_of_a_user_are_listed_behind_the_user() {
        String user =
                acme.put(acme.account("users"), "{\"first_name\":\"A\",\"last_name\":\"B\"}")
                        .is(201)
                        .id();
        String own = put("gus", ",\"owner_id\":\"" + user + "\"").is(201).id();
        String desk = put("hal", ",\"hotdesk\":{\"users\":{\"" + user + "\":{}}}").is(201).id();
        put("ida", "").is(201);
        assertThat(acme.get(acme.account("users/" + user + "/devices")).is(200).column("id"))
                .containsExactlyInAnyOrder(own, desk);
        acme.get(acme.account("users/" + "1".repeat(32) + "/devices")).is(404);
    }

    @Test
    void a_registration_is_forgotten_when_the_credentials_change() {
        String id = put("jan", "").is(201).id();
        acme.patch(devices + "/" + id, "{\"name\":\"other\"}").is(200);
        assertThat(house.phones.deeds).doesNotContain("flush " + id);
        acme.patch(devices + "/" + id, "{\"sip\":{\"password\":\"secret2\"}}").is(200);
        assertThat(house.phones.deeds).contains("flush " + id);
    }

    @Test
    void phones_can_be_told_something() {
        String one = devices + "/" + put("kim", "").is(201).id();
        acme.put(one, "{}").refuses("action", "required");
        acme.put(one, "{\"action\":\"dance\"}").refuses("action", "invalid");
        acme.put(one, "{\"action\":\"notify\"}").refuses("data.event", "required");
        assertThat(
                        acme.put(one, "{\"action\":\"notify\",\"event\":\"resync\"}")
                                .is(201)
                                .data()
                                .asString())
                .isEqualTo("notify request sent");
        assertThat(acme.post(one + "/sync", "{}").is(200).data().asString())
                .isEqualTo("sync request sent");
        String id = one.substring(one.lastIndexOf('/') + 1);
        assertThat(house.phones.deeds)
                .contains("notify " + id + " resync  ", "notify " + id + " check-sync  ");
    }

    /// A device that is registered for the next 300 seconds.
    private String registered(String username) {
        String id = put(username, "").is(201).id();
        String realm = acme.get(acme.account("")).at("realm");
        Instant now = house.clock.instant();
        house.phones.rows.add(
                new Registrations.Row(
                        acme.accountId(),
                        id,
                        "",
                        username,
                        realm,
                        "sip:" + username + "@192.0.2.9;transport=tls",
                        "198.51.100.9",
                        40000,
                        "call-1",
                        "Phone/1",
                        now,
                        now.plusSeconds(300)));
        return id;
    }

    @Test
    void registered_devices_and_their_registrations_are_shown() {
        String id = registered("lea");
        assertThat(acme.get(devices + "/status").is(200).data().toString())
                .isEqualTo("[{\"device_id\":\"" + id + "\",\"registered\":true}]");
        Answer rows = acme.get(acme.account("registrations")).is(200);
        assertThat(rows.data().get(0).path("contact_ip").asString()).isEqualTo("192.0.2.9");
        assertThat(rows.data().get(0).path("contact_port").intValue()).isEqualTo(5061);
        assertThat(rows.data().get(0).path("network_ip").asString()).isEqualTo("198.51.100.9");
        assertThat(rows.data().get(0).path("expires").intValue()).isEqualTo(300);
        assertThat(acme.get(acme.account("registrations/count")).at("count")).isEqualTo("1");
        assertThat(
                        house.top()
                                .get("/v2/registrations/count")
                                .is(200)
                                .data()
                                .path("count")
                                .intValue())
                .isPositive();
        acme.get("/v2/registrations/count").is(403);
        acme.delete(acme.account("registrations/nobody")).is(404);
        assertThat(acme.delete(acme.account("registrations/LEA")).is(200).data().asString())
                .isEqualTo("ok");
        assertThat(acme.get(acme.account("registrations")).data().isEmpty()).isTrue();
        assertThat(acme.delete(acme.account("registrations")).is(200).data().asString())
                .isEqualTo("ok");
    }
}
