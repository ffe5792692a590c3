package fulcrum.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OneHouse.class)
class UsersTest {
    private final ApiHouse house;
    private final Client acme;
    private final String users;

    UsersTest(ApiHouse house) {
        this.house = house;
        this.acme = house.below(house.top());
        this.users = acme.account("users");
    }

    private Answer put(String more) {
        return acme.put(users, "{\"first_name\":\"Ann\",\"last_name\":\"Lee\"" + more + "}");
    }

    private String hidden(String id, String key) {
        return house.directory
                .find(acme.accountId(), id)
                .orElseThrow()
                .hidden()
                .path(key)
                .asString("");
    }

    @Test
    void a_user_is_created_read_changed_listed_and_deleted() {
        Answer made = put(",\"email\":\"ann@lee.example\",\"flags\":[\"vip\"]").is(201);
        String one = users + "/" + made.id();
        assertThat(made.at("priv_level")).isEqualTo("user");
        assertThat(made.data().path("vm_to_email_enabled").booleanValue()).isTrue();
        Answer list = acme.get(users).is(200);
        assertThat(list.data().get(0).path("features").toString()).isEqualTo("[\"vm_to_email\"]");
        assertThat(list.data().get(0).path("flags").toString()).isEqualTo("[\"vip\"]");
        acme.patch(one, "{\"timezone\":\"Europe/Berlin\"}").is(200);
        assertThat(acme.get(one).at("timezone")).isEqualTo("Europe/Berlin");
        Answer replaced = acme.post(one, "{\"first_name\":\"Ann\",\"last_name\":\"Li\"}").is(200);
        assertThat(replaced.data().has("timezone")).isFalse();
        Answer gone = acme.delete(one).is(200);
        assertThat(gone.data().path("_read_only").path("deleted").booleanValue()).isTrue();
        assertThat(acme.get(one).is(404).json().path("message").asString())
                .isEqualTo("bad_identifier");
        assertThat(acme.get(users).data().isEmpty()).isTrue();
        acme.delete(one).is(404);
    }

    @Test
    void a_password_is_never_stored_only_digests_of_it() {
        Answer made = put(",\"username\":\"Ann@Lee\",\"password\":\"sesame\"").is(201);
        assertThat(made.at("username")).isEqualTo("ann@lee");
        assertThat(made.data().has("password")).isFalse();
        assertThat(hidden(made.id(), "pvt_md5_auth"))
                .isEqualTo(Secrets.digest("MD5", "ann@lee:sesame"));
        assertThat(hidden(made.id(), "pvt_sha1_auth"))
                .isEqualTo(Secrets.digest("SHA-1", "ann@lee:sesame"));
        assertThat(
                        house.directory
                                .find(acme.accountId(), made.id())
                                .orElseThrow()
                                .body()
                                .toString())
                .doesNotContain("sesame");
    }

    @Test
    void a_user_name_and_its_password_belong_together() {
        put(",\"username\":\"ann\"").refuses("password", "required");
        put(",\"password\":\"sesame\"").refuses("username", "required");
        String one =
                users + "/" + put(",\"username\":\"ann\",\"password\":\"sesame\"").is(201).id();
        acme.patch(one, "{\"username\":\"anna\"}").refuses("password", "required");
        acme.patch(one, "{\"username\":\"anna\",\"password\":\"open\"}").is(200);
        acme.patch(one, "{\"email\":\"a@b.example\"}").is(200);
        assertThat(hidden(acme.get(one).id(), "pvt_md5_auth"))
                .isEqualTo(Secrets.digest("MD5", "anna:open"));
        acme.post(one, "{\"first_name\":\"Ann\",\"last_name\":\"Lee\"}").is(200);
        assertThat(hidden(acme.get(one).id(), "pvt_md5_auth")).isEmpty();
    }

    @Test
    void user_names_and_hot_desk_ids_are_unique_in_the_account() {
        put(",\"username\":\"ann\",\"password\":\"sesame\",\"hotdesk\":{\"id\":\"77\"}").is(201);
        put(",\"username\":\"ANN\",\"password\":\"other\"").refuses("username", "unique");
        put(",\"hotdesk\":{\"id\":\"77\"}").refuses("hotdesk.id", "unique");
        Client other = house.below(house.top());
        other.put(
                        other.account("users"),
                        "{\"first_name\":\"A\",\"last_name\":\"B\",\"username\":\"ann\",\"password\":\"x\"}")
                .is(201);
    }

    @Test
    void bad_input_is_refused_field_by_field() {
        Answer refused =
                acme.put(users, "{\"first_name\":\"\",\"email\":\"no\",\"priv_level\":\"king\"}");
        refused.refuses("first_name", "minLength");
        refused.refuses("last_name", "required");
        refused.refuses("email", "minLength");
        refused.refuses("priv_level", "enum");
        put(",\"email\":\"nobody\"").refuses("email", "wrong_format");
        put(",\"username\":\"a b\",\"password\":\"sesame\"").refuses("username", "pattern");
        put(",\"hotdesk\":{\"pin\":7}").refuses("hotdesk.pin", "type");
        put(",\"call_forward\":{\"enabled\":\"maybe\"}").refuses("call_forward.enabled", "type");
        assertThat(
                        put(",\"call_forward\":{\"enabled\":\"true\"}")
                                .is(201)
                                .data()
                                .path("call_forward")
                                .path("enabled")
                                .booleanValue())
                .isTrue();
    }

    @Test
    void private_keys_of_a_client_are_dropped() {
        Answer made =
                put(",\"_x\":1,\"pvt_md5_auth\":\"y\",\"id\":\"z\",\"own\":{\"_inner\":1}").is(201);
        assertThat(made.data().has("_x")).isFalse();
        assertThat(made.id()).matches("[0-9a-f]{32}");
        assertThat(hidden(made.id(), "pvt_md5_auth")).isEmpty();
        assertThat(made.data().path("own").path("_inner").intValue()).isEqualTo(1);
    }

    @Test
    void a_photo_is_kept_and_a_vcard_written() {
        String one = users + "/" + put(",\"email\":\"ann@lee.example\"").is(201).id();
        acme.get(one + "/photo").is(404);
        acme.raw("POST", one + "/photo", "image/png", new byte[] {1, 2, 3}).is(200);
        Answer photo =
                acme.send(acme.request(one + "/photo").header("Accept", "image/png").GET()).is(200);
        assertThat(photo.bytes()).containsExactly(1, 2, 3);
        assertThat(photo.header("content-type")).isEqualTo("image/png");
        acme.delete(one + "/photo").is(200);
        acme.send(acme.request(one + "/photo").header("Accept", "image/png").GET()).is(404);
        Answer card =
                acme.send(acme.request(one + "/vcard").header("Accept", "text/x-vcard").GET())
                        .is(200);
        assertThat(card.text()).contains("FN:Ann Lee\r\n", "EMAIL:ann@lee.example\r\n");
    }

    @Test
    void the_list_is_ordered_by_last_and_first_name() {
        for (String name : new String[] {"Berg", "Adams", "Cole"}) {
            acme.put(users, "{\"first_name\":\"Z\",\"last_name\":\"" + name + "\"}").is(201);
        }
        assertThat(acme.get(users).column("last_name")).containsExactly("Cole", "Berg", "Adams");
        assertThat(acme.get(users + "?ascending=true").column("last_name"))
                .containsExactly("Adams", "Berg", "Cole");
    }
}
