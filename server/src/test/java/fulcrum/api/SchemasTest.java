package fulcrum.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import fulcrum.directory.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.ArrayList;
import java.util.List;

@ExtendWith(OneHouse.class)
class SchemasTest {
    private final ApiHouse house;

    SchemasTest(ApiHouse house) {
        this.house = house;
    }

    @Test
    void schemas_can_be_read_without_a_token() {
        Client stranger = house.stranger();
        List<String> names = new ArrayList<>();
        stranger.get("/v2/schemas").is(200).data().forEach(name -> names.add(name.asString()));
        assertThat(names)
                .isSorted()
                .contains("users", "callflows", "callflows.pivot", "metaflows.hangup");
        Answer one = stranger.get("/v2/schemas/callflows.pivot").is(200);
        assertThat(one.at("properties", "voice_url", "type")).isEqualTo("string");
        assertThat(one.id()).isEqualTo("callflows.pivot");
        stranger.get("/v2/schemas/nothing").is(404);
        stranger.get("/v2/schemas/users").is(200);
    }

    @Test
    void a_document_is_checked_without_being_stored() {
        Client acme = house.below(house.top());
        Answer good =
                acme.put("/v2/schemas/menus/validation", "{\"name\":\"m\",\"retries\":\"4\"}")
                        .is(201);
        assertThat(good.at("max_extension_length")).isEqualTo("4");
        assertThat(good.data().path("retries").isNumber()).isTrue();
        acme.put("/v2/schemas/menus/validation", "{}").refuses("name", "required");
        acme.put("/v2/schemas/nothing/validation", "{}").is(404);
        house.stranger().put("/v2/schemas/menus/validation", "{}").is(401);
        assertThat(acme.get(acme.account("menus")).data().isEmpty()).isTrue();
    }

    @Test
    void every_schema_resolves_and_takes_an_empty_document_without_a_fault() {
        SchemaSource schemas = new StoredSchemas().or(SchemaSource.of(TestActions.CATALOG));
        DocumentCheck check = new DocumentCheck(schemas, url -> true);
        for (String name : schemas.names()) {
            assertThatCode(() -> check.check(name, Json.object()))
                    .as(name)
                    .doesNotThrowAnyException();
        }
    }
}
