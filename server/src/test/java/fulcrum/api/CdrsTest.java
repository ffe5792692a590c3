package fulcrum.api;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.directory.Document;
import fulcrum.directory.Gregorian;
import fulcrum.directory.Json;
import fulcrum.storage.MonthlyStore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

@ExtendWith(OneHouse.class)
class CdrsTest {
    private final ApiHouse house;
    private final Client acme;
    private final String cdrs;
    private final Instant now;

    CdrsTest(ApiHouse house) {
        this.house = house;
        this.acme = house.below(house.top());
        this.cdrs = acme.account("cdrs");
        this.now = house.clock.instant();
    }

    /// A call that ended so many seconds ago and lasted ten.
    private String add(String callId, long secondsAgo, String interaction, String owner) {
        Instant end = now.minusSeconds(secondsAgo);
        ObjectNode body = Json.object();
        body.put("call_id", callId);
        body.put("call_direction", "inbound");
        body.put("caller_id_number", "1001");
        body.put("duration_seconds", 10);
        body.put("billing_seconds", 8);
        body.put("hangup_cause", "NORMAL_CLEARING");
        body.put("interaction_id", interaction);
        body.put("from", "1001@acme.example");
        body.put("request", "12345@acme.example");
        body.put("timestamp", Gregorian.seconds(end));
        body.putObject("custom_channel_vars").put("owner_id", owner).put("authorizing_id", "dev");
        String id = MonthlyStore.id(end, callId);
        house.monthly.append(Document.fresh(acme.accountId(), "cdr", id, body, end)).join();
        return id;
    }

    @Test
    void a_row_has_every_column_and_begins_when_the_call_did() {
        String id = add("a@b", 60, "63000000000-aa", "owner");
        Answer list = acme.get(cdrs).is(200);
        var row = list.data().get(0);
        assertThat(row.path("id").asString()).isEqualTo(id);
        assertThat(row.path("timestamp").longValue()).isEqualTo(Gregorian.seconds(now) - 70);
        assertThat(row.path("unix_timestamp").longValue()).isEqualTo(now.getEpochSecond() - 70);
        assertThat(row.path("direction").asString()).isEqualTo("inbound");
        assertThat(row.path("owner_id").asString()).isEqualTo("owner");
        assertThat(row.path("dialed_number").asString()).isEqualTo("12345");
        assertThat(row.path("calling_from").asString()).isEqualTo("1001");
        assertThat(row.path("rate").asString("?")).isEmpty();
        assertThat(row.size()).isEqualTo(35);
        assertThat(list.text()).startsWith("{\"data\":[");
        assertThat(list.json().path("page_size").isString()).isTrue();
        String shifted =
                acme.get(cdrs + "?utc_offset=3600").data().get(0).path("datetime").asString();
        assertThat(shifted).isNotEqualTo(row.path("datetime").asString());
        assertThat(acme.get(cdrs + "?utc_offset=x").is(404).json().path("message").asString())
                .isEqualTo("utc_offset must be a number");
    }

    @Test
    void columns_of_csv_are_those_of_the_rows() {
        add("a@b", 60, "63000000000-aa", "owner");
        Answer csv = acme.send(acme.request(cdrs).header("Accept", "text/csv").GET()).is(200);
        assertThat(csv.text())
                .startsWith("id,call_id,caller_id_number,caller_id_name,callee_id_number,");
        assertThat(csv.text().lines().toList()).hasSize(2);
    }

    @Test
    void pages_of_records_follow_one_another_also_within_one_second() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            all.add(add("call-" + i, 100 - i / 3, "63000000000-" + i, ""));
        }
        for (boolean ascending : new boolean[] {false, true}) {
            List<String> seen = new ArrayList<>();
            String next = "";
            do {
                String from = next.isEmpty() ? "" : "&start_key=" + next;
                Answer page = acme.get(cdrs + "?page_size=2&ascending=" + ascending + from).is(200);
                seen.addAll(page.column("id"));
                next = page.json().path("next_start_key").asString("");
            } while (!next.isEmpty());
            assertThat(seen).isEqualTo(ascending ? all : all.reversed());
        }
    }

    @Test
    void the_range_of_time_is_bounded() {
        add("old", 40L * 86_400, "63000000000-o", "");
        add("new", 5, "63000000000-n", "");
        assertThat(acme.get(cdrs).column("call_id")).containsExactly("new");
        long seconds = Gregorian.seconds(now);
        String old =
                "?created_from="
                        + (seconds - 41L * 86_400)
                        + "&created_to="
                        + (seconds - 39L * 86_400);
        assertThat(acme.get(cdrs + old).is(200).column("call_id")).containsExactly("old");
        acme.get(cdrs + "?created_from=" + (seconds - 41L * 86_400))
                .refuses("created_from", "date_range");
        acme.get(cdrs + "?created_from=" + seconds + "&created_to=" + (seconds - 1))
                .refuses("created_from", "date_range");
        acme.get(cdrs + "?created_from=soon").refuses("created_from", "date_range");
    }

    @Test
    void a_conversation_is_one_row_and_shows_its_legs() {
        add("leg-a", 30, "63000000001-x", "");
        String b = add("leg-b", 20, "63000000001-x", "");
        add("other", 10, "63000000002-y", "");
        assertThat(acme.get(cdrs + "/interaction").is(200).column("call_id"))
                .containsExactly("other", "leg-b");
        assertThat(acme.get(cdrs + "/interaction?ascending=true").column("call_id"))
                .containsExactly("leg-a", "other");
        assertThat(acme.get(cdrs + "/legs/63000000001-x").is(200).column("call_id"))
                .containsExactly("leg-a", "leg-b");
        assertThat(acme.get(cdrs + "/legs/" + b).column("call_id"))
                .containsExactly("leg-a", "leg-b");
        acme.get(cdrs + "/legs/nothing").is(404);
    }

    @Test
    void one_record_is_read_by_its_id_with_the_month() {
        String id = add("x@y:5060", 30, "63000000001-x", "");
        Answer one = acme.get(cdrs + "/" + id.replace("@", "%40")).is(200);
        assertThat(one.at("call_id")).isEqualTo("x@y:5060");
        assertThat(one.id()).isEqualTo(id);
        acme.get(cdrs + "/x%40y").is(404);
        acme.get(cdrs + "/209913-x").is(404);
        acme.get(cdrs + "/202601-nothing").is(404);
        Client other = house.below(house.top());
        other.get(other.account("cdrs/" + id)).is(404);
    }

    @Test
    void filters_and_users_narrow_the_list() {
        String user =
                acme.put(acme.account("users"), "{\"first_name\":\"A\",\"last_name\":\"B\"}")
                        .is(201)
                        .id();
        String id = add("mine", 30, "63000000001-m", user);
        add("theirs", 20, "63000000001-t", "somebody");
        assertThat(acme.get(acme.account("users/" + user + "/cdrs")).is(200).column("call_id"))
                .containsExactly("mine");
        assertThat(acme.get(cdrs + "?filter_call_id=" + id).column("call_id"))
                .containsExactly("mine");
        assertThat(acme.get(cdrs + "?filter_hangup_cause=USER_BUSY").data().isEmpty()).isTrue();
        Answer summary = acme.get(cdrs + "/summary").is(200);
        assertThat(summary.at("count")).isEqualTo("2");
        assertThat(summary.at("hangup_cause", "NORMAL_CLEARING")).isEqualTo("2");
        assertThat(summary.at("billing_seconds")).isEqualTo("16");
    }
}
