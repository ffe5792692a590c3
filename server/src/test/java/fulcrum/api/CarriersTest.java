package fulcrum.api;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.directory.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OneHouse.class)
class CarriersTest {
    private static final String GOOD =
            "{\"name\":\"%s\",\"gateways\":[{\"server\":\"192.0.2.50\"}],\"odd\":[1]}";

    private final ApiHouse house;
    private final Client acme;
    private final String resources;

    CarriersTest(ApiHouse house) {
        this.house = house;
        this.acme = house.below(house.top());
        this.resources = acme.account("resources");
    }

    @Test
    void a_carrier_is_stored_in_full_with_its_defaults() {
        Answer made = acme.put(resources, GOOD.formatted("c")).is(201);
        assertThat(made.at("weight_cost")).isEqualTo("50");
        assertThat(made.data().path("gateways").get(0).path("port").intValue()).isEqualTo(5060);
        assertThat(made.data().path("gateways").get(0).path("enabled").booleanValue()).isTrue();
        assertThat(made.data().path("odd").toString()).isEqualTo("[1]");
        assertThat(acme.get(resources).column("name")).containsExactly("c");
        String one = resources + "/" + made.id();
        acme.patch(one, "{\"enabled\":false}").is(200);
        assertThat(acme.get(one).data().path("enabled").booleanValue()).isFalse();
        assertThat(house.heard).anyMatch(document -> document.id().equals(made.id()));
        acme.delete(one).is(200);
        assertThat(house.heard)
                .anyMatch(document -> document.id().equals(made.id()) && document.deleted());
    }

    @Test
    void wrong_gateways_are_told_by_their_position() {
        acme.put(resources, "{\"name\":\"c\"}").refuses("gateways", "required");
        acme.put(resources, "{\"name\":\"c\",\"gateways\":[{\"server\":\"a\"},{}]}")
                .refuses("gateways.1.server", "required");
        acme.put(
                        resources,
                        "{\"name\":\"c\",\"gateways\":[{\"server\":\"a\",\"invite_format\":\"x\"}]}")
                .refuses("gateways.0.invite_format", "enum");
        acme.put(resources, "{\"name\":\"c\",\"peer\":true,\"gateways\":[]}")
                .refuses("peer", "forbidden");
        acme.put(resources, "{\"name\":\"c\",\"gateways\":[],\"weight_cost\":101}")
                .refuses("weight_cost", "maximum");
    }

    @Test
    void global_carriers_are_the_top_accounts_and_apart_from_its_own() {
        Client top = house.top();
        acme.get("/v2/resources").is(403);
        acme.put("/v2/resources", GOOD.formatted("mine")).is(403);
        Answer global = top.put("/v2/resources", GOOD.formatted("global")).is(201);
        Answer local = top.put(top.account("resources"), GOOD.formatted("local")).is(201);
        assertThat(
                        Json.flag(
                                house.directory
                                        .find(top.accountId(), global.id())
                                        .orElseThrow()
                                        .hidden(),
                                "pvt_global"))
                .isTrue();
        assertThat(top.get("/v2/resources").column("id")).containsExactly(global.id());
        assertThat(top.get(top.account("resources")).column("id")).containsExactly(local.id());
        top.get("/v2/resources/" + local.id()).is(404);
        top.get(top.account("resources/" + global.id())).is(404);
        top.post("/v2/resources/" + global.id(), GOOD.formatted("renamed")).is(200);
        assertThat(top.get("/v2/resources").column("name")).containsExactly("renamed");
        top.delete("/v2/resources/" + global.id()).is(200);
        top.delete(top.account("resources/" + local.id())).is(200);
    }

    @Test
    void of_several_carriers_all_are_stored_or_none() {
        String path = resources + "/collection";
        Answer failed = acme.put(path, "[" + GOOD.formatted("a") + ",{\"name\":\"b\"}]").is(201);
        assertThat(failed.data().path("success").isEmpty()).isTrue();
        assertThat(failed.data().path("errors").path("1").has("gateways")).isTrue();
        assertThat(acme.get(resources).data().isEmpty()).isTrue();
        Answer made =
                acme.put(path, "[" + GOOD.formatted("a") + "," + GOOD.formatted("b") + "]").is(201);
        assertThat(made.data().path("success").size()).isEqualTo(2);
        String id = made.data().path("success").propertyNames().iterator().next();
        String changed = GOOD.formatted("z").replaceFirst("\\{", "{\"id\":\"" + id + "\",");
        assertThat(acme.post(path, "[" + changed + "]").is(200).at("success", id, "name"))
                .isEqualTo("z");
        assertThat(
                        acme.post(path, "[{\"id\":\"nobody\"}]")
                                .is(200)
                                .data()
                                .path("errors")
                                .has("nobody"))
                .isTrue();
        acme.put(path, "{}").refuses("data", "type");
    }
}
