package fulcrum.api;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.directory.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.List;

@ExtendWith(OneHouse.class)
class AccountsTest {
    private final ApiHouse house;
    private final Client top;
    private final Client reseller;
    private final Client customer;

    AccountsTest(ApiHouse house) {
        this.house = house;
        this.top = house.top();
        this.reseller = house.below(top);
        this.customer = house.below(reseller);
    }

    private static String path(Client client) {
        return client.account("");
    }

    @Test
    void a_new_account_gets_a_realm_a_time_zone_a_key_and_its_place() {
        Answer made =
                reseller.put("/v2/accounts", "{\"name\":\"fresh " + reseller.accountId() + "\"}")
                        .is(201);
        assertThat(made.at("realm")).matches("[0-9a-f]{6}\\.sip\\.fulcrum\\.local");
        assertThat(made.at("timezone")).isEqualTo("America/Los_Angeles");
        assertThat(made.data().path("enabled").booleanValue()).isTrue();
        assertThat(made.data().path("superduper_admin").booleanValue()).isFalse();
        assertThat(made.at("reseller_id")).isEqualTo(house.master.id());
        assertThat(made.data().has("pvt_tree")).isFalse();
        String key = reseller.get("/v2/accounts/" + made.id() + "/api_key").is(200).at("api_key");
        assertThat(key).matches("[0-9a-f]{64}");
        Answer shown = reseller.get("/v2/accounts/" + made.id() + "?include_api_key=true").is(200);
        assertThat(shown.at("api_key")).isEqualTo(key);
        assertThat(
                        Json.texts(
                                house.directory.find(made.id(), made.id()).orElseThrow().hidden(),
                                "pvt_tree"))
                .containsExactly(house.master.id(), reseller.accountId());
    }

    @Test
    void realms_and_names_are_unique_on_the_server() {
        String realm = customer.get(path(customer)).at("realm");
        String name = customer.get(path(customer)).at("name");
        top.put(
                        "/v2/accounts",
                        "{\"name\":\"x\",\"realm\":\""
                                + realm.toUpperCase(java.util.Locale.ROOT)
                                + "\"}")
                .refuses("realm", "unique");
        top.put("/v2/accounts", "{\"name\":\"- " + name + " -\"}").refuses("name", "unique");
        top.put("/v2/accounts", "{\"realm\":\"free.example\"}").refuses("name", "required");
        top.put("/v2/accounts", "{\"name\":\"y\",\"realm\":\"a b/c\"}").refuses("realm", "pattern");
    }

    @Test
    void an_account_reaches_itself_and_what_is_below_and_nothing_else() {
        Client stranger = house.below(top);
        for (String rest :
                List.of("", "/users", "/devices", "/callflows", "/children", "/api_key", "/cdrs")) {
            customer.get(path(customer) + rest).is(200);
            reseller.get(path(customer) + rest).is(200);
            top.get(path(customer) + rest).is(200);
            Answer refused = stranger.get(path(customer) + rest).is(403);
            assertThat(refused.json().path("message").asString()).isEqualTo("forbidden");
            customer.get(path(reseller) + rest).is(403);
            house.stranger().get(path(customer) + rest).is(401);
        }
        stranger.put(path(customer) + "/menus", "{\"name\":\"m\"}").is(403);
        stranger.post(path(customer), "{\"name\":\"stolen\"}").is(403);
        stranger.delete(path(customer)).is(403);
    }

    @Test
    void the_tree_is_shown_from_every_side() {
        assertThat(reseller.get(path(reseller) + "/children").column("id"))
                .containsExactly(customer.accountId());
        assertThat(top.get(path(top) + "/descendants?paginate=false").column("id"))
                .contains(reseller.accountId(), customer.accountId());
        assertThat(reseller.get(path(customer) + "/parents").column("id"))
                .containsExactly(reseller.accountId());
        assertThat(top.get(path(customer) + "/tree").column("id"))
                .containsExactly(house.master.id(), reseller.accountId());
        assertThat(reseller.get(path(customer) + "/siblings").column("id"))
                .containsExactly(customer.accountId());
        customer.get(path(customer) + "/siblings").is(403);
        assertThat(customer.get(path(customer) + "/parents").data().isEmpty()).isTrue();
        Answer row =
                top.get(path(top) + "/children?filter_name=" + top.get(path(reseller)).at("name"));
        assertThat(row.data().get(0).path("descendants_count").intValue()).isEqualTo(1);
    }

    @Test
    void a_post_keeps_what_it_leaves_out_and_a_patch_removes_what_is_null() {
        customer.post(
                        path(customer),
                        "{\"language\":\"de-de\",\"caller_id\":{\"internal\":{\"name\":\"A\"}}}")
                .is(200);
        Answer after = customer.post(path(customer), "{\"org\":\"Acme\"}").is(200);
        assertThat(after.at("language")).isEqualTo("de-de");
        assertThat(after.at("org")).isEqualTo("Acme");
        Answer merged =
                customer.patch(
                                path(customer),
                                "{\"language\":null,\"caller_id\":{\"internal\":{\"number\":\"1\"}}}")
                        .is(200);
        assertThat(merged.data().has("language")).isFalse();
        assertThat(merged.at("caller_id", "internal", "name")).isEqualTo("A");
        assertThat(merged.at("caller_id", "internal", "number")).isEqualTo("1");
    }

    @Test
    void only_an_ancestor_can_switch_an_account_off_and_then_nobody_gets_in() {
        assertThat(
                        customer.patch(path(customer), "{\"enabled\":false}")
                                .is(200)
                                .data()
                                .path("enabled")
                                .booleanValue())
                .isTrue();
        String key = customer.get(path(customer) + "/api_key").at("api_key");
        reseller.patch(path(customer), "{\"enabled\":false}").is(200);
        house.stranger()
                .put("/v2/api_auth", Json.object().put("api_key", key))
                .refuses("account", "disabled");
        customer.get(path(customer)).is(401);
        reseller.patch(path(customer), "{\"enabled\":true}").is(200);
        customer.get(path(customer)).is(200);
    }

    @Test
    void a_key_can_be_changed_and_the_old_one_is_worth_nothing() {
        String old = customer.get(path(customer) + "/api_key").at("api_key");
        String fresh = customer.put(path(customer) + "/api_key", "{}").is(201).at("api_key");
        assertThat(fresh).isNotEqualTo(old);
        house.stranger().put("/v2/api_auth", Json.object().put("api_key", old)).is(404);
        house.stranger().put("/v2/api_auth", Json.object().put("api_key", fresh)).is(201);
    }

    @Test
    void an_account_with_descendants_stays_and_one_without_goes_with_all_that_is_in_it() {
        Answer refused = top.delete(path(reseller)).is(500);
        assertThat(refused.json().path("message").asString()).isEqualTo("account_has_descendants");
        customer.put(
                        path(customer) + "/devices",
                        "{\"name\":\"d\",\"sip\":{\"username\":\"gone\",\"password\":\"12345\"}}")
                .is(201);
        Answer gone = reseller.delete(path(customer)).is(200);
        assertThat(gone.data().path("_read_only").path("deleted").booleanValue()).isTrue();
        assertThat(reseller.get(path(customer)).is(404).json().path("message").asString())
                .isEqualTo("bad_identifier");
        customer.get(path(customer)).is(401);
        assertThat(house.directory.devicesByUsername("gone")).isEmpty();
        top.delete(path(reseller)).is(200);
        top.delete(path(top)).is(405);
    }

    @Test
    void the_top_account_moves_accounts_with_all_below_them() {
        Client other = house.below(top);
        Client below = house.below(customer);
        String to = "{\"to\":\"" + other.accountId() + "\"}";
        reseller.post(path(customer) + "/move", to).is(403);
        top.post(path(customer) + "/move", "{}").refuses("to", "required");
        top.post(path(customer) + "/move", "{\"to\":\"" + below.accountId() + "\"}")
                .refuses("to", "invalid");
        top.post(path(customer) + "/move", to).is(200);
        other.get(path(below)).is(200);
        reseller.get(path(below)).is(403);
        assertThat(other.get(path(below) + "/parents").column("id"))
                .containsExactly(other.accountId(), customer.accountId());
    }

    @Test
    void the_top_account_makes_resellers() {
        reseller.put(path(customer) + "/reseller", "{}").is(403);
        assertThat(
                        top.put(path(reseller) + "/reseller", "{}")
                                .is(201)
                                .data()
                                .path("is_reseller")
                                .booleanValue())
                .isTrue();
        assertThat(customer.get(path(customer)).at("reseller_id")).isEqualTo(reseller.accountId());
        top.delete(path(reseller) + "/reseller").is(200);
        assertThat(customer.get(path(customer)).at("reseller_id")).isEqualTo(house.master.id());
    }

    @Test
    void an_id_that_is_none_is_told_in_its_own_words() {
        Answer odd = top.get("/v2/accounts/abc").is(404);
        assertThat(odd.json().path("message").asString()).isEqualTo("bad identifier");
        assertThat(odd.at("message")).isEqualTo("invalid account_id 'abc'");
        assertThat(top.get("/v2/accounts//users").is(404).at("message"))
                .isEqualTo("missing account_id");
        Answer unknown = top.get("/v2/accounts/" + "0".repeat(32)).is(404);
        assertThat(unknown.at("cause")).isEqualTo("0".repeat(32));
    }

    @Test
    void account_without_an_id_means_that_of_the_token() {
        assertThat(customer.get("/v2/account").is(200).id()).isEqualTo(customer.accountId());
        customer.get("/v2/account/users/").is(200);
        house.stranger().get("/v2/account").is(401);
    }
}
