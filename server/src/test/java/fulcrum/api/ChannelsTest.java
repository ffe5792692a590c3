package fulcrum.api;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.call.LegCard;
import fulcrum.call.LegState;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.List;
import java.util.Optional;

@ExtendWith(OneHouse.class)
class ChannelsTest {
    private final ApiHouse house;
    private final Client acme;
    private final String channels;

    ChannelsTest(ApiHouse house) {
        this.house = house;
        this.acme = house.below(house.top());
        this.channels = acme.account("channels");
    }

    @AfterEach
    void hangUp() {
        house.phones.cards.clear();
    }

    private void live(
            String legId, String account, String device, List<String> owners, String other) {
        house.phones.cards.add(
                new LegCard(
                        legId,
                        "call-" + legId,
                        account,
                        "inbound",
                        LegState.ANSWERED,
                        "Ann",
                        "1001",
                        "12345",
                        "63000000000-ab",
                        device,
                        device.isEmpty() ? "" : "device",
                        owners,
                        other,
                        house.clock.instant().minusSeconds(7),
                        Optional.of(house.clock.instant())));
    }

    @Test
    void live_legs_are_listed_for_the_account_the_user_and_the_device() {
        String user =
                acme.put(acme.account("users"), "{\"first_name\":\"A\",\"last_name\":\"B\"}")
                        .is(201)
                        .id();
        String phone =
                acme.put(acme.account("devices"), "{\"name\":\"p\",\"sip\":{\"username\":\"pp\"}}")
                        .is(201)
                        .id();
        live("a@x", acme.accountId(), phone, List.of(user), "");
        live("b@x", acme.accountId(), "", List.of(), "");
        live("c@x", house.master.id(), "", List.of(), "");
        Answer list = acme.get(channels).is(200);
        assertThat(list.column("uuid")).containsExactly("b@x", "a@x");
        var row = list.data().get(1);
        assertThat(row.path("answered").booleanValue()).isTrue();
        assertThat(row.path("destination").asString()).isEqualTo("12345");
        assertThat(row.path("elapsed_s").intValue()).isEqualTo(7);
        assertThat(row.path("username").asString()).isEqualTo("pp");
        assertThat(row.path("owner_id").asString()).isEqualTo(user);
        assertThat(row.has("account_id")).isFalse();
        assertThat(acme.get(acme.account("users/" + user + "/channels")).column("uuid"))
                .containsExactly("a@x");
        assertThat(acme.get(acme.account("devices/" + phone + "/channels")).column("uuid"))
                .containsExactly("a@x");
        assertThat(house.top().get("/v2/channels").is(200).column("uuid"))
                .contains("a@x", "b@x", "c@x");
        acme.get("/v2/channels").is(403);
        assertThat(
                        acme.send(acme.request(channels).header("Accept", "text/csv").GET())
                                .is(200)
                                .text())
                .startsWith("uuid,answered,");
    }

    @Test
    void one_leg_has_other_names_and_a_strange_one_is_not_found() {
        live("a@x", acme.accountId(), "", List.of(), "b@x");
        live("c@x", house.master.id(), "", List.of(), "");
        Answer one = acme.get(channels + "/a%40x").is(200);
        assertThat(one.at("call_id")).isEqualTo("a@x");
        assertThat(one.at("other_leg_call_id")).isEqualTo("b@x");
        assertThat(one.at("elapsed_seconds")).isEqualTo("7");
        acme.get(channels + "/c%40x").is(404);
        acme.get(channels + "/nobody").is(404);
        acme.post(channels + "/c%40x", "{\"action\":\"hangup\"}").is(404);
    }

    @Test
    void a_leg_can_be_hung_up_and_sent_elsewhere() {
        Answer flow =
                acme.put(
                                acme.account("callflows"),
                                "{\"numbers\":[\"77\"],\"flow\":{\"module\":\"sleep\",\"data\":{\"duration\":1}}}")
                        .is(201);
        live("a@x", acme.accountId(), "", List.of(), "");
        live("b@x", acme.accountId(), "", List.of(), "c@x");
        String a = channels + "/a%40x";
        String b = channels + "/b%40x";
        assertThat(acme.post(a, "{\"action\":\"hangup\"}").is(200).data().asString())
                .isEqualTo("hangup initiated");
        assertThat(house.phones.deeds).contains("hang up a@x");
        acme.post(a, "{\"action\":\"transfer\",\"target\":\"77\"}")
                .refuses("other_leg_call_id", "required");
        acme.post(b, "{\"action\":\"transfer\"}").refuses("target", "required");
        acme.post(b, "{\"action\":\"transfer\",\"target\":\"78\"}").is(404);
        assertThat(
                        acme.post(b, "{\"action\":\"transfer\",\"target\":\"77\"}")
                                .is(200)
                                .data()
                                .asString())
                .isEqualTo("transfer initiated");
        String followed =
                "follow b@x {\"module\":\"sleep\",\"data\":{\"duration\":1,\"unit\":\"s\"}}";
        assertThat(house.phones.deeds).contains(followed);
        acme.post(a, "{\"action\":\"callflow\"}").refuses("id", "required");
        acme.post(a, "{\"action\":\"callflow\",\"id\":\"nobody\"}").is(404);
        acme.post(a, "{\"action\":\"callflow\",\"id\":\"" + flow.id() + "\"}").is(200);
        assertThat(house.phones.deeds).contains(followed.replace("b@x", "a@x"));
        acme.post(a, "{\"action\":\"intercept\"}").refuses("target_type", "required");
        acme.post(a, "{\"action\":\"intercept\",\"target_type\":\"user\"}")
                .refuses("target_id", "required");
        assertThat(acme.post(a, "{\"action\":\"dance\"}").is(400).json().path("message").asString())
                .isEqualTo("invalid data");
        acme.post(a, "{\"action\":\"break\"}").is(501);
    }

    @Test
    void a_metaflow_is_put_on_a_leg() {
        live("a@x", acme.accountId(), "", List.of(), "");
        String a = channels + "/a%40x";
        acme.put(a, "{}").is(400);
        acme.put(a, "{\"action\":\"metaflow\"}").refuses("module", "required");
        acme.put(a, "{\"action\":\"metaflow\",\"module\":\"hangup\"}").is(201);
        acme.put(a, "{\"action\":\"metaflow\",\"module\":\"callflow\",\"data\":{}}")
                .refuses("data.id", "required");
        acme.put(a, "{\"action\":\"metaflow\",\"module\":\"hold\"}").is(501);
    }
}
