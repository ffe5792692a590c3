package fulcrum.api;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.storage.MonthlyStore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;

@ExtendWith(OneHouse.class)
class PivotDebugTest {
    private final ApiHouse house;
    private final Client acme;
    private final String debug;
    private int records;

    PivotDebugTest(ApiHouse house) {
        this.house = house;
        this.acme = house.below(house.top());
        this.debug = acme.account("pivot/debug");
    }

    private void add(String callId, int secondsAgo, String fields) {
        Instant at = house.clock.instant().minusSeconds(secondsAgo);
        ObjectNode body = Json.object(fields);
        body.put("call_id", callId);
        String id = MonthlyStore.id(at, "d" + records++);
        house.monthly.append(Document.fresh(acme.accountId(), "pivot_debug", id, body, at)).join();
    }

    private void twoCalls() {
        add("one@x", 60, "{\"iteration\":1,\"uri\":\"http://a.example/\",\"method\":\"get\"}");
        add("one@x", 59, "{\"iteration\":1,\"resp_status_code\":\"200\",\"resp_body\":\"{}\"}");
        add("one@x", 50, "{\"iteration\":2,\"uri\":\"http://b.example/\"}");
        add("one@x", 49, "{\"iteration\":2,\"schema_errors\":{\"module\":{}}}");
        add("two@x", 30, "{\"iteration\":1,\"uri\":\"http://c.example/\"}");
    }

    @Test
    void there_is_one_row_for_each_call_newest_first() {
        twoCalls();
        Answer list = acme.get(debug).is(200);
        assertThat(list.column("call_id")).containsExactly("two@x", "one@x");
        var one = list.data().get(1);
        assertThat(one.path("uri").asString()).isEqualTo("http://a.example/");
        assertThat(one.path("status_code").asString()).isEqualTo("200");
        assertThat(one.path("iteration").intValue()).isEqualTo(1);
        assertThat(one.path("has_schema_errors").booleanValue()).isTrue();
        assertThat(one.path("has_json_errors").booleanValue()).isFalse();
        assertThat(one.path("debug_id").asString()).matches("\\d{6}-one@x");
        assertThat(one.path("node").asString()).isEqualTo("fulcrum");
        assertThat(list.json().path("page_size").intValue()).isEqualTo(2);
        assertThat(acme.get(debug + "?ascending=true").column("call_id"))
                .containsExactly("one@x", "two@x");
    }

    @Test
    void the_records_of_a_call_come_oldest_first_by_either_id() {
        twoCalls();
        String debugId = acme.get(debug).data().get(1).path("debug_id").asString();
        for (String id : new String[] {"one%40x", debugId.replace("@", "%40")}) {
            Answer records = acme.get(debug + "/" + id).is(200);
            assertThat(records.column("iteration")).containsExactly("1", "1", "2", "2");
            assertThat(records.column("debug_id")).containsOnly(debugId);
            assertThat(records.data().get(0).has("created")).isTrue();
            assertThat(records.data().get(0).has("id")).isTrue();
        }
        acme.get(debug + "/nobody").is(404);
        acme.get(debug + "/209912-one%40x").is(404);
        acme.put(debug, "{}").is(405);
    }
}
