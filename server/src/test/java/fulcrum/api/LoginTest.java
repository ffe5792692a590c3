package fulcrum.api;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.directory.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

@ExtendWith(OneHouse.class)
class LoginTest {
    private final ApiHouse house;
    private final Client stranger;
    private final Client acme;
    private final String realm;
    private final String name;
    private final String user;

    LoginTest(ApiHouse house) {
        this.house = house;
        this.stranger = house.stranger();
        this.acme = house.below(house.top());
        Answer account = acme.get(acme.account(""));
        this.realm = account.at("realm");
        this.name = account.at("name");
        this.user =
                acme.put(
                                acme.account("users"),
                                "{\"first_name\":\"A\",\"last_name\":\"B\","
                                        + "\"username\":\"Ann\",\"password\":\"sesame\"}")
                        .is(201)
                        .id();
    }

    private Answer login(String credentials, String more) {
        return stranger.put(
                "/v2/user_auth", "{\"credentials\":\"" + credentials + "\"" + more + "}");
    }

    private static String md5() {
        return Secrets.digest("MD5", "ann:sesame");
    }

    private Client with(Answer login) {
        return new Client(
                house.server.port(),
                login.json().path("auth_token").asString(),
                login.at("account_id"));
    }

    @Test
    void a_user_logs_in_with_a_digest_of_name_and_password() {
        Answer login = login(md5(), ",\"account_realm\":\"" + realm + "\"").is(201);
        assertThat(login.at("account_id")).isEqualTo(acme.accountId());
        assertThat(login.at("owner_id")).isEqualTo(user);
        assertThat(login.at("account_name")).isEqualTo(name);
        assertThat(login.data().path("is_master_account").booleanValue()).isFalse();
        assertThat(login.json().path("version").asString()).isEqualTo("1.2.3");
        with(login).get(acme.account("users/" + user)).is(200);
        login(md5().toUpperCase(java.util.Locale.ROOT), ",\"realm\":\"" + realm + "\"").is(201);
        String sha = Secrets.digest("SHA-1", "ann:sesame");
        login(
                        sha,
                        ",\"method\":\"sha\",\"account_name\":\""
                                + name.toUpperCase(java.util.Locale.ROOT)
                                + "!\"")
                .is(201);
    }

    @Test
    void a_phone_number_of_the_account_finds_it_too() {
        acme.put(acme.account("phone_numbers/%2B14155550177"), "{}").is(201);
        login(md5(), ",\"phone_number\":\"4155550177\"").is(201);
    }

    @Test
    void everything_wrong_with_a_login_is_answered_alike() {
        for (String more :
                new String[] {
                    "",
                    ",\"account_realm\":\"nobody.example\"",
                    ",\"account_name\":\"nobody\"",
                    ",\"phone_number\":\"+14155559999\"",
                    ",\"method\":\"sha\",\"account_realm\":\"" + realm + "\""
                }) {
            Answer refused = login(md5(), more).is(401);
            assertThat(refused.json().path("message").asString()).isEqualTo("invalid_credentials");
            assertThat(refused.at("message")).isEqualTo("invalid credentials");
        }
        login(Secrets.digest("MD5", "ann:wrong"), ",\"account_realm\":\"" + realm + "\"").is(401);
    }

    @Test
    void a_login_that_is_no_login_is_refused_with_its_field() {
        stranger.put("/v2/user_auth", "{}").refuses("credentials", "required");
        login("", "").refuses("credentials", "minLength");
        login(md5(), ",\"method\":\"plain\"").refuses("method", "enum");
    }

    @Test
    void a_disabled_user_stays_outside() {
        acme.patch(acme.account("users/" + user), "{\"enabled\":false}").is(200);
        login(md5(), ",\"account_realm\":\"" + realm + "\"").is(401);
    }

    @Test
    void an_api_key_opens_its_account() {
        Answer login =
                stranger.put("/v2/api_auth", Json.object().put("api_key", ApiHouse.KEY)).is(201);
        assertThat(login.at("account_id")).isEqualTo(house.master.id());
        assertThat(login.data().path("is_master_account").booleanValue()).isTrue();
        assertThat(login.data().has("owner_id")).isFalse();
        Answer unknown =
                stranger.put("/v2/api_auth", Json.object().put("api_key", "f".repeat(64))).is(404);
        assertThat(unknown.json().path("message").asString()).isEqualTo("bad identifier");
        stranger.put("/v2/api_auth", "{\"api_key\":\"short\"}").refuses("api_key", "minLength");
        stranger.put("/v2/api_auth", "{}").refuses("api_key", "required");
        stranger.put("/v2/api_auth", "{\"api_key\":\"" + ApiHouse.KEY + "\",\"x\":1}")
                .refuses("x", "additionalProperties");
    }

    @Test
    void the_token_may_come_in_any_of_its_places() {
        String token = acme.token();
        String path = acme.account("");
        stranger.send(stranger.request(path).header("X-Auth-Token", token).GET()).is(200);
        stranger.get(path + "?auth_token=" + token).is(200);
        stranger.send(stranger.request(path).header("Authorization", "Bearer " + token).GET())
                .is(200);
        stranger.raw(
                        "POST",
                        path,
                        "application/json",
                        "{\"data\":{},\"auth_token\":\"" + token + "\"}")
                .is(200);
        String pair = acme.accountId() + ":" + md5();
        String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        stranger.send(stranger.request(path).header("Authorization", "Basic " + basic).GET())
                .is(200);
        stranger.send(stranger.request(path).header("Authorization", "Basic !!").GET()).is(401);
    }

    @Test
    void a_token_ends_after_an_hour_and_a_changed_one_is_none() {
        Client shortLived = with(login(md5(), ",\"account_realm\":\"" + realm + "\""));
        String[] parts = shortLived.token().split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String forged = claims.replace(acme.accountId(), house.master.id());
        String token =
                parts[0]
                        + "."
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(forged.getBytes(StandardCharsets.UTF_8))
                        + "."
                        + parts[2];
        assertThat(forged).isNotEqualTo(claims);
        for (String wrong : new String[] {token, "x.y.z", "abc", parts[0] + "." + parts[1] + "."}) {
            Answer refused =
                    new Client(house.server.port(), wrong, "")
                            .get("/v2/accounts/" + house.master.id())
                            .is(401);
            assertThat(refused.json().path("message").asString()).isEqualTo("invalid credentials");
        }
        shortLived.get(acme.account("")).is(200);
        house.clock.move(Duration.ofMinutes(59));
        shortLived.get(acme.account("")).is(200);
        house.clock.move(Duration.ofMinutes(1));
        Answer ended = shortLived.get(acme.account("")).is(401);
        assertThat(ended.json().path("message").asString()).isEqualTo("invalid credentials");
        assertThat(ended.data().isEmpty()).isTrue();
        Answer none = stranger.get(acme.account("")).is(401);
        assertThat(none.json().path("message").asString()).isEqualTo("invalid_credentials");
    }

    @Test
    void a_new_password_ends_the_users_logins() {
        Client ann = with(login(md5(), ",\"account_realm\":\"" + realm + "\""));
        ann.get(acme.account("")).is(200);
        acme.patch(acme.account("users/" + user), "{\"password\":\"other\"}").is(200);
        ann.get(acme.account("")).is(401);
        acme.get(acme.account("")).is(200);
    }

    @Test
    void a_token_tells_whose_it_is() {
        Client ann = with(login(md5(), ",\"account_realm\":\"" + realm + "\""));
        Answer who = ann.get("/v2/token_auth").is(200);
        assertThat(who.at("owner_id")).isEqualTo(user);
        assertThat(who.at("method")).isEqualTo("cb_user_auth");
        assertThat(ann.get("/v2/user_auth/" + ann.token()).is(200).at("owner_id")).isEqualTo(user);
        ann.get("/v2/user_auth/" + acme.token()).is(401);
        ann.delete("/v2/token_auth").is(200);
    }

    @Test
    void only_an_admin_of_the_top_account_acts_as_somebody_else() {
        String path = acme.account("users/" + user + "/user_auth");
        acme.put(path, "{\"action\":\"impersonate_user\"}").is(403);
        house.top().put(path, "{\"action\":\"dance\"}").refuses("action", "invalid");
        Answer login = house.top().put(path, "{\"action\":\"impersonate_user\"}").is(201);
        assertThat(with(login).get("/v2/token_auth").at("owner_id")).isEqualTo(user);
        stranger.put(path, "{\"action\":\"impersonate_user\"}").is(401);
    }

    @Test
    void a_user_without_rights_cannot_change_the_key() {
        with(login(md5(), ",\"account_realm\":\"" + realm + "\""))
                .put(acme.account("api_key"), "{}")
                .is(403);
    }
}
